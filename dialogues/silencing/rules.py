"""Who may set words aside, agree, undo it, and decide an appeal; and when."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from dialogues.dialogue import rules as dialogue_rules
from dialogues.dialogue.models import Dialogue
from dialogues.readers import rules as reader_rules
from dialogues.silencing.models import Appeal, AppealOutcome, Ended, Silencing
from dialogues.silencing.reasons import TOGETHER, SilenceCode
from foundation.refusals import Refusal

OVER = Refusal(_("This has been decided."), _("Open the page again to see how it is now."))


def hearing(dialogue: Dialogue | None, by: Member) -> Refusal | None:
    """Reading this dialogue's words, or those to the whole program, as a facilitator."""
    if dialogue is not None:
        return dialogue_rules.facilitating(dialogue, by)
    return reader_rules.reading_program(by)


def setting_aside(
    dialogue: Dialogue | None, code: str, by: Member, *, side: str | None
) -> Refusal | None:
    """Setting words aside: facilitators alone, or for other reasons somebody of either side.

    `side`: the side the member decides for, if any.
    """
    if (refusal := hearing(dialogue, by)) is not None and side is None:
        return refusal
    if code in TOGETHER and side is None:
        return Refusal(
            _("For this reason, one person of each side decides."),
            _("Ask somebody who leads this dialogue for one of the sides."),
        )
    return refusal if code not in TOGETHER else None


def agreeing(silencing: Silencing, by: Member, *, side: str | None, on: date) -> Refusal | None:
    """Agreeing or declining: another person, of the other side, in time."""
    if silencing.asked_by_id == by.pk:
        return Refusal(
            _("You asked for this yourself."), _("Somebody from the other side has to agree.")
        )
    if side is None or side == silencing.asked_side:
        return Refusal(_("Somebody from the other side decides this."), _("Ask one of them."))
    if not _waits(silencing, on):
        return OVER
    return None


def withdrawing(silencing: Silencing, by: Member, *, on: date) -> Refusal | None:
    if silencing.asked_by_id != by.pk:
        return Refusal(_("Only the person who asked can take this back."))
    return None if _waits(silencing, on) else OVER


def undoing(silencing: Silencing, by: Member, *, dialogue: Dialogue | None) -> Refusal | None:
    """Undoing what one person did alone: any other facilitator."""
    if (refusal := hearing(dialogue, by)) is not None:
        return refusal
    if silencing.code not in {SilenceCode.SPAM, SilenceCode.IDENTIFIES}:
        return Refusal(
            _("Two people decided this together."), _("Whoever said the words can appeal.")
        )
    if silencing.ended_on is not None:
        return OVER
    if silencing.asked_by_id == by.pk:
        return Refusal(_("You set this aside yourself."), _("Ask another facilitator to undo it."))
    return None


def appealing(silencing: Silencing, *, hides: bool, appealed: bool) -> Refusal | None:
    """Appealing: the author, once, while the words are set aside."""
    if appealed:
        return Refusal(_("You have already appealed."), _("You can read here what comes of it."))
    if not hides:
        return Refusal(_("These words are not set aside."), _("People can read them."))
    return None


def deciding(appeal: Appeal, by: Member, *, decides: bool, on: date) -> Refusal | None:
    """Deciding an appeal: uninvolved consumer members of the committee."""
    if not decides:
        return Refusal(_("Others decide this."), _("Ask the chair of the committee."))
    if appeal.outcome != AppealOutcome.OPEN or appeal.until <= on:
        return OVER
    return None


def seeing_counts(by: Member, *, in_committee: bool) -> Refusal | None:
    if in_committee or by.may(Permission.OVERSEE) or by.may(Permission.FACILITATE):
        return None
    return Refusal(
        _("The oversight committee looks at these counts."),
        _("You can read who may set words aside under “Have your say”."),
    )


def _waits(silencing: Silencing, on: date) -> bool:
    return (
        silencing.code in TOGETHER
        and silencing.agreed_on is None
        and silencing.ended_how not in Ended.values
        and silencing.until is not None
        and on < silencing.until
    )
