"""Who may open and lead a dialogue, and when; what is still missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, StandingKind
from accounts.permissions import Permission
from dialogues.dialogue.models import FACILITATING_OFFICES, Dialogue
from foundation.refusals import Refusal
from groups import rules as group_rules
from groups.models import GroupKind, Seat


@dataclass(frozen=True)
class CoFacilitators:
    """Which of the two sides has a facilitator on a day; counted, not named."""

    consumer: bool
    provider: bool

    @property
    def both(self) -> bool:
        return self.consumer and self.provider


def co_facilitators(seats: Iterable[Seat]) -> CoFacilitators:
    """From the seats of one dialogue held on the day."""
    running = [seat for seat in seats if seat.office in FACILITATING_OFFICES]
    return CoFacilitators(
        consumer=any(seat.is_consumer for seat in running),
        provider=any(seat.standing == StandingKind.PROVIDER for seat in running),
    )


def ended(dialogue: Dialogue, by: Member) -> Refusal | None:
    if dialogue.group.is_over(by.agency.today()):
        return Refusal(_("This dialogue has ended."), _("You can still read what came of it."))
    return None


def going_on(dialogue: Dialogue, by: Member) -> Refusal | None:
    if (first := dialogue.group.opened) > by.agency.today():
        day = date_format(first, "F j, Y")
        return Refusal(_("This dialogue starts on %(day)s.") % {"day": day}, _("Come back then."))
    return ended(dialogue, by)


def facilitates(dialogue: Dialogue, by: Member) -> bool:
    """Whether the member facilitates by role in the agency or by office here, on either side."""
    return by.may(Permission.FACILITATE) or leads(dialogue, by)


def leads(dialogue: Dialogue, by: Member) -> bool:
    """Whether the member facilitates by office in this dialogue."""
    return group_rules.place(dialogue.group, by).office in FACILITATING_OFFICES


def opening(by: Member) -> Refusal | None:
    return group_rules.opening(GroupKind.DIALOGUE, by)


def facilitating(dialogue: Dialogue, by: Member) -> Refusal | None:
    """Reading anonymous words, harvesting themes, replying; also after the end."""
    if facilitates(dialogue, by):
        return None
    return Refusal(
        _("Only those who facilitate this dialogue can do this."),
        _("Ask one of them, or say what you think in the dialogue."),
    )


def changing(dialogue: Dialogue, by: Member) -> Refusal | None:
    """Changing its ground rules and co-facilitators: until it ends, and even before it starts."""
    return ended(dialogue, by) or facilitating(dialogue, by)


def naming_co_facilitator(dialogue: Dialogue, by: Member) -> Refusal | None:
    return changing(dialogue, by) or group_rules.naming_standing(by)


def growing(dialogue: Dialogue, by: Member) -> Refusal | None:
    """Letting a focused dialogue grow out of it."""
    return facilitating(dialogue, by) or opening(by)


def missing_side(found: CoFacilitators, reader: Member) -> str | Promise:
    """The side without a co-facilitator, for readers who may see standings.

    To others it would reveal in what standing the other one was named. Sessions are recorded
    regardless.
    """
    if found.both or group_rules.naming_standing(reader) is not None:
        return ""
    if found.provider:
        return _("A co-facilitator who uses services is missing.")
    if found.consumer:
        return _("A co-facilitator from the front-line staff is missing.")
    return _("Two co-facilitators are missing: one who uses services, one from the staff.")


def acknowledging(dialogue: Dialogue, by: Member) -> Refusal | None:
    if (refusal := ended(dialogue, by)) is not None:
        return refusal
    if not group_rules.place(dialogue.group, by).seated:
        return Refusal(
            _("The ground rules are for the people in this dialogue."),
            _("Ask a facilitator if you would like to take part."),
        )
    return None


def opening_door(dialogue: Dialogue | None, by: Member) -> Refusal | None:
    """Creating or closing an address for anonymous words."""
    if dialogue is not None and facilitates(dialogue, by):
        return ended(dialogue, by)
    if by.may(Permission.FACILITATE):
        return None
    return Refusal(
        _("Only a facilitator can make an address for anonymous words."),
        _("Ask a facilitator to do it."),
    )
