"""Planted leaks: a fault in each channel through which a page, file or letter can leak."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail

from accounts.models import Member
from documents import finding as documents
from documents.models import Version
from foundation import tenancy
from foundation.addresses import at
from foundation.refusals import Refusal, Refused
from groups.models import Meeting
from groups.views import meetings
from notifications.actions import post, tell
from notifications.areas import Area
from notifications.tasks import empty_outbox
from notifications.waiting import Waiting
from oversight.models import Review
from tests.security.adversary import Adversary, Seen, on_day, taken_back
from tests.security.visiting import NOBODY, TODAY, Visit
from tests.security.worlds import DAY

Patch = pytest.MonkeyPatch


@dataclass(frozen=True)
class Channel:
    """A channel that leaks one bit of a secret, and where somebody would look for it."""

    plant: Callable[[Patch, Visit, bool], None]
    look: Callable[[Visit, Adversary], Seen]
    person: str = "Rosa"

    def tells(self, visit: Visit, bit: bool) -> Seen:
        """What this person reads if the fault leaks the bit; everything is rolled back."""
        sent = len(mail.outbox)
        with taken_back(), Patch.context() as patch:
            adversary = visit.enter(self.person)
            with inside(visit):
                self.plant(patch, visit, bit)
            seen = self.look(visit, adversary)
        del mail.outbox[sent:]
        return seen


@contextmanager
def inside(visit: Visit) -> Iterator[None]:
    with tenancy.entering(visit.world.agency):
        yield


def page(name: str, model: Any = None, query: str = "", **kwargs: Any) -> Any:
    """Open the page of this name; with a model, the one about its first row."""

    def look(visit: Visit, adversary: Adversary) -> Seen:
        with inside(visit):
            if model is not None:
                rows = model.objects.within(visit.world.agency)
                kwargs["pk"] = rows.order_by("pk").values_list("pk", flat=True)[0]
            url = at(visit.world.agency, name, **kwargs)
        return adversary.open(url + query)

    return look


def _name(patch: Patch, visit: Visit, bit: bool) -> None:
    mark = "*" if bit else ""
    patch.setattr(Member, "__str__", lambda member: member.display_name + mark)


def _order(patch: Patch, visit: Visit, bit: bool) -> None:
    real = meetings._attendances
    patch.setattr(meetings, "_attendances", lambda held: real(held)[:: 1 if bit else -1])


def _waiting(patch: Patch, when: Callable[[date], int]) -> None:
    item = Waiting(Area.PEOPLE, "Something", "/", 5, due=None, overdue=False)
    patch.setattr("cqi_portal.views.waiting", lambda member, on: [item] * when(on))


def _count(patch: Patch, visit: Visit, bit: bool) -> None:
    _waiting(patch, lambda on: 5 if bit else 4)


def _time(patch: Patch, visit: Visit, bit: bool) -> None:
    _waiting(patch, lambda on: on >= TODAY + (13 if bit else 15) * DAY)


def _as_time_goes_by(visit: Visit, adversary: Adversary) -> Seen:
    seen: Seen = {}
    for days in (8, 13, 15):
        with on_day(TODAY + timedelta(days=days)), taken_back():
            home = at(visit.world.agency, "home_of")
            (answer,) = visit.enter("Rosa").open(home).values()
            seen[f"{home} {days} days on"] = answer
    return seen


def _message(patch: Patch, visit: Visit, bit: bool) -> None:
    if bit:
        tell(visit.world["Rosa"], "call.made", subject=visit.world.council, title="")


def _letter(patch: Patch, visit: Visit, bit: bool) -> None:
    if bit:
        post(visit.world["Rosa"], reason="planted")
    empty_outbox(visit.world.agency.pk)


def _refusal(patch: Patch, visit: Visit, bit: bool) -> None:
    refusal = Refusal("You can't see this.", "Try later." if bit else "Ask somebody.")
    patch.setattr("compensation.ledger.rules.working_with_payments", lambda by: refusal)


def _refused_form(patch: Patch, visit: Visit, bit: bool) -> None:
    def ask(**kwargs: Any) -> None:
        if bit:
            raise Refused(Refusal("They can't be asked."))

    patch.setattr("safety.actions.ask_for_contact", ask)


def _status(patch: Patch, visit: Visit, bit: bool) -> None:
    patch.setattr("documents.rules.seeing", lambda version, reader: bit)


def _header(patch: Patch, visit: Visit, bit: bool) -> None:
    patch.setattr("foundation.headers.PERMISSIONS", "camera=()" if bit else "camera=(self)")


def _past(patch: Patch, visit: Visit, bit: bool) -> None:
    real = documents.newest_in_force
    found = lambda versions, on: None if bit and on < TODAY else real(versions, on)  # noqa: E731
    patch.setattr("documents.views.reading.newest_in_force", found)


def _numbers(patch: Patch, visit: Visit, bit: bool) -> None:
    refusal = None if bit else Refusal("Not for you.")
    hidden = lambda discreet, reader: refusal if discreet else None  # noqa: E731
    patch.setattr("indicators.rules.comparing_days", hidden)


def _frozen(patch: Patch, visit: Visit, bit: bool) -> None:
    patch.setattr("indicators.cards.counted_for", lambda frozen, reader: bit)


def _door(patch: Patch, visit: Visit, bit: bool) -> None:
    real = visit.world.open_door
    shown = {"agency_name": "Twin Rivers", "dialogue": real if bit else None}
    patch.setattr("dialogues.voices.views._about", lambda door: shown)


CHANNELS = {
    "words on a page": Channel(_name, page("groups:meeting", Meeting)),
    "a print": Channel(_name, page("groups:print_meeting", Meeting)),
    "the order of a list": Channel(_order, page("groups:meeting", Meeting)),
    "how much waits": Channel(_count, page("home_of")),
    "when something waits": Channel(_time, _as_time_goes_by),
    "a message": Channel(_message, page("notifications:inbox")),
    "an e-mail": Channel(_letter, lambda visit, adversary: visit.letters("Rosa")),
    "a refusal": Channel(_refusal, page("compensation:payments")),
    "the refusal of a form": Channel(
        _refused_form,
        lambda visit, adversary: adversary.send(at(visit.world.agency, "safety:contact_me")),
    ),
    "a page that is not there": Channel(_status, page("documents:version", Version)),
    "a header": Channel(_header, page("home_of")),
    "a past day": Channel(
        _past, page("documents:document", query=f"?on={TODAY - 2 * DAY}", kind="mission")
    ),
    "a file": Channel(_numbers, page("indicators:csv", code="satisfaction")),
    "a frozen review": Channel(_frozen, page("oversight:review", Review)),
    "a packet": Channel(_frozen, page("oversight:packet", Review)),
    "a page without an account": Channel(
        _door, lambda visit, adversary: adversary.open(visit.door), NOBODY
    ),
}
