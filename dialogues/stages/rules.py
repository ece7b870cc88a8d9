"""When a dialogue may advance to its next stage, and when it may end."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from dialogues.dialogue.models import Dialogue, DialogueKind, Stage
from dialogues.dialogue.rules import changing, going_on
from foundation.refusals import Refusal


def advancing(dialogue: Dialogue, by: Member, *, themes: int, taken_up: int) -> Refusal | None:
    """Advancing to the next stage. `taken_up`: how many of its themes a cell has taken up."""
    if (refusal := going_on(dialogue, by) or changing(dialogue, by)) is not None:
        return refusal
    if dialogue.kind == DialogueKind.OPEN:
        return Refusal(
            _("An open dialogue has one stage."), _("Let a focused dialogue grow out of it.")
        )
    match dialogue.next_stage:
        case None:
            return Refusal(_("This dialogue is at its last stage."))
        case Stage.METHODS if not themes:
            return Refusal(
                _("Nothing to make better has been found yet."),
                _("Write down at least one theme first."),
            )
        case Stage.INTEGRATED if not taken_up:
            return Refusal(
                _("No cell has taken up a theme of this dialogue yet."),
                _("Take a theme to a cell first."),
            )
    return None


def closing(dialogue: Dialogue, by: Member, *, undisposed: int) -> Refusal | None:
    if (refusal := going_on(dialogue, by) or changing(dialogue, by)) is not None:
        return refusal
    if undisposed:
        return Refusal(
            _("For some themes nobody has decided what happens next."), _("Do that first.")
        )
    return None
