"""What upper apps foresee of meetings that somebody is about to plan, such as their cost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.models import Agency
from foundation.refusals import Refusal
from groups.models import Group


class Beyond(TextChoices):
    """Why meetings are planned that the budget is not enough for.

    The last one is nobody's choice: the next date on the page after a meeting is always planned.
    """

    MORE_COMES = "more_comes", _("More money was decided")
    LESS_ELSEWHERE = "less_elsewhere", _("Other work will cost less")
    REQUIRED = "required", _("A charter, a law or a funder asks for it")
    URGENT = "urgent", _("It can’t wait")
    OTHER = "other", _("Another reason")
    NEXT_DATE = "next_date", _("The next date, planned after a meeting")


# What somebody who plans can choose.
CHOSEN = [each for each in Beyond.choices if each[0] != Beyond.NEXT_DATE]


@dataclass(frozen=True)
class Foresight:
    """A sentence about these meetings; `over`: it has to be agreed with `whom` before.

    `blocks`: the agency plans nothing that is over.
    """

    words: str
    whom: str
    over: bool = False
    blocks: bool = False


@dataclass(frozen=True)
class PlannedBeyond:
    """Meetings that somebody planned although something foreseen was over, and why."""

    group: Group
    meetings: int
    first_on: date
    why: Beyond
    by: Member


# The group, its agency, the days of the meetings, and the minutes of each.
Foresees = Callable[[Group, Agency, Sequence[date], int], list[Foresight]]
# What was foreseen and over; within the transaction that plans the meetings.
Keeps = Callable[[Sequence[Foresight], PlannedBeyond], None]
_registered: list[Foresees] = []
_keepers: list[Keeps] = []


def register(foresight: Foresees, keep: Keeps) -> None:
    _registered.append(foresight)
    _keepers.append(keep)


def foreseen(group: Group, agency: Agency, days: Sequence[date], minutes: int) -> list[Foresight]:
    """What is foreseen of meetings on these days; nothing of days that are over."""
    to_come = [day for day in days if day >= agency.today()]
    if not to_come:
        return []
    return [said for ask in _registered for said in ask(group, agency, to_come, minutes)]


def needs_reason(found: Sequence[Foresight]) -> bool:
    """Whether somebody has to say why these meetings are planned all the same."""
    return any(each.over for each in found) and not any(each.blocks for each in found)


def planning_within(found: Sequence[Foresight], why: str) -> Refusal | None:
    """Planning what was foreseen so; beyond the budget only with a reason, or not at all."""
    for each in found:
        if each.over and each.blocks:
            return Refusal(each.words, _("Plan fewer or shorter meetings, or ask for more."))
    if needs_reason(found) and why not in {value for value, _words in CHOSEN}:
        words = next(each.words for each in found if each.over)
        return Refusal(words, _("Say why it is planned all the same."))
    return None


def keep_beyond(found: Sequence[Foresight], planned: PlannedBeyond) -> None:
    """Keep that these meetings were planned beyond what is left, and why."""
    over = [each for each in found if each.over]
    for keep in _keepers if over else ():
        keep(over, planned)
