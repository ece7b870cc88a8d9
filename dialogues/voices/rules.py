"""Who may speak, for themselves or for somebody, and who may read all of it."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from dialogues.dialogue.models import Dialogue
from dialogues.dialogue.rules import facilitates, facilitating, going_on
from dialogues.readers.reading import reads
from dialogues.readers.rules import heard_by_program, reading, reading_program
from dialogues.voices.models import Contribution, Voice
from foundation.refusals import Refusal


def reads_words(member: Member, words: Contribution | Voice) -> bool:
    return reads(member, words.dialogue, by_nobody=isinstance(words, Voice))


def reading_words(words: Contribution | Voice, reader: Member) -> Refusal | None:
    """Reading all of what somebody said, wherever it was said; quotes are open to everybody."""
    if reads_words(reader, words):
        return None
    if words.dialogue is None:
        return reading_program(reader)
    return reading(words.dialogue, reader) or facilitating(words.dialogue, reader)


def speaking(dialogue: Dialogue | None, by: Member) -> Refusal | None:
    """Speaking: anyone in the program, in a dialogue they may know of."""
    return going_on(dialogue, by) if dialogue is not None else heard_by_program(by.agency)


def entering_for_someone(dialogue: Dialogue | None, by: Member) -> Refusal | None:
    if dialogue is not None and facilitates(dialogue, by):
        return going_on(dialogue, by)
    if by.may(Permission.FACILITATE):
        return None
    return Refusal(
        _("Only a facilitator can enter words for someone."), _("Ask a facilitator to do it.")
    )


def writing_down_for_someone(dialogue: Dialogue | None, by: Member) -> Refusal | None:
    """Speaking for somebody else: the same, if somebody reads it."""
    refusal = entering_for_someone(dialogue, by)
    if refusal is None and dialogue is None:
        return heard_by_program(by.agency)
    return refusal
