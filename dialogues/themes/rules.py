"""Who may record themes."""

from accounts.models import Member
from dialogues.dialogue.models import Dialogue
from dialogues.dialogue.rules import ended, facilitating
from dialogues.readers import reading as readers
from foundation.refusals import Refusal


def harvesting(dialogue: Dialogue, by: Member) -> Refusal | None:
    """Harvesting: facilitators; program readers may bring program words into any dialogue."""
    refusal = facilitating(dialogue, by)
    if refusal is not None and readers.reads_program(by):
        return ended(dialogue, by)
    return refusal
