"""Who may change the schedule, turn it on and undo what it did; and how short a time may be."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts import rules as account_rules
from accounts.models import Member
from foundation.out_of_use import taken_codes
from foundation.refusals import Refusal
from foundation.retention import KeptFor, RetentionClass, schedule
from foundation.wholes import RUN, turned_by
from privacy.retention.models import RetentionRun, RetentionTurn

# Any day: a longer span is longer from each day on.
ANY_DAY = date(2026, 1, 1)


def keeping_schedule(by: Member) -> Refusal | None:
    return account_rules.managing_settings(by)


def settable() -> tuple[RetentionClass, ...]:
    """The classes an agency sets a time for: not those without, nor the program's own."""
    return tuple(each for each in schedule() if each.usual is not None and each.held)


def changing(found: RetentionClass, by: Member) -> Refusal | None:
    if refusal := keeping_schedule(by):
        return refusal
    if found in settable():
        return None
    return Refusal(_("The portal sets this time itself."), _("It is the same for every agency."))


def shortening(found: RetentionClass, kept: KeptFor, cites: str) -> Refusal | None:
    """Keeping it for less than the law asks: only by the state's own rule."""
    if found.least is None or cites.strip():
        return None
    if kept.after(ANY_DAY) >= found.least.after(ANY_DAY):
        return None
    return Refusal(
        _("The law asks for at least %(least)s.") % {"least": found.least.words},
        _("Choose a longer time, or name your state’s rule that allows less."),
    )


def turning(on: bool, by: Member, now_on: bool) -> Refusal | None:
    """Turning the schedule on or off."""
    if refusal := keeping_schedule(by):
        return refusal
    if on and now_on:
        return Refusal(_("The schedule is on already."))
    if not on and not now_on:
        return Refusal(_("The schedule is off already."))
    return None


def resuming(found: RetentionClass, by: Member) -> Refusal | None:
    """Letting a class that was paused by an undo go on."""
    if refusal := keeping_schedule(by):
        return refusal
    code = turned_by(found)
    if (code == RUN or code in taken_codes()) and is_paused(code, by):
        return None
    return Refusal(_("This is not paused."))


def is_paused(code: str, by: Member) -> bool:
    turns = RetentionTurn.objects.within(by.agency).in_force(by.agency.today())
    return any(turn.code == code and not turn.on for turn in turns)


def undoing(run: RetentionRun, by: Member, on: date) -> Refusal | None:
    if refusal := keeping_schedule(by):
        return refusal
    if run.undone_on is not None:
        return Refusal(_("This was undone already."))
    if run.destroyed_on is not None or run.destroy_on <= on:
        return Refusal(
            _("It is too late: what was taken out of use then is destroyed."),
            _("A backup from before that day may still have it."),
        )
    return None
