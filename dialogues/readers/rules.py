"""Who may read what people said, and who names readers for the whole program."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from dialogues.dialogue.models import Dialogue
from dialogues.readers import reading as readers
from dialogues.readers.models import ProgramReader
from foundation.models import Agency
from foundation.refusals import Refusal


def reading(dialogue: Dialogue, reader: Member) -> Refusal | None:
    """Reading what people said, word by word."""
    if readers.reads(reader, dialogue):
        return None
    return Refusal(
        _("Only the people in this dialogue can read what was said."),
        _("You can read the themes and the replies."),
    )


def reading_program(reader: Member) -> Refusal | None:
    """Reading what people say to the whole program."""
    if readers.reads_program(reader):
        return None
    return Refusal(
        _("Only people who were named for it read what is said to the whole program."),
        _("An administrator names them. You can read the themes and the replies."),
    )


def naming_readers(by: Member) -> Refusal | None:
    """Naming readers for the whole program: administrators."""
    if by.may(Permission.MANAGE_PEOPLE):
        return None
    return Refusal(
        _("Only administrators name who reads what is said to the whole program."),
        _("Ask an administrator to do it."),
    )


def ending_reader(named: ProgramReader, by: Member) -> Refusal | None:
    """Ending a reader's part: the reader, or an administrator."""
    return None if named.member_id == by.pk else naming_readers(by)


def showing_name(named: ProgramReader, by: Member) -> Refusal | None:
    if named.member_id == by.pk:
        return None
    return Refusal(
        _("Only this person decides whether their name is shown."), _("Ask them about it.")
    )


def heard_by_program(agency: Agency) -> Refusal | None:
    """Speaking to the whole program: only if somebody reads it."""
    if readers.somebody_reads_program(agency):
        return None
    return Refusal(
        _("Nobody has been named yet to read what people say to the whole program."),
        _("You can say it in a dialogue instead."),
    )
