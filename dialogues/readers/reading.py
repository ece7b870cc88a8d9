"""Who reads which words: one answer for the rules and for what pages promise."""

from collections.abc import Iterator
from datetime import date
from enum import Enum, auto

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from accounts.permissions import Permission
from dialogues.dialogue import rules as dialogue_rules
from dialogues.dialogue.models import Dialogue
from dialogues.readers.models import ProgramReader, ProgramReaderQuerySet
from foundation import prepared
from foundation.models import Agency
from groups import rules as group_rules


class Reader(Enum):
    """The capacity in which somebody reads words."""

    TAKES_PART = auto()
    LEADS = auto()
    FACILITATES = auto()
    NAMED = auto()


def readers(dialogue: Dialogue | None, *, by_nobody: bool) -> frozenset[Reader]:
    """Who reads what is said there (no dialogue: to the whole program); nobody else does.

    `by_nobody`: said on the open page, without an account.
    """
    if dialogue is None:
        return frozenset({Reader.NAMED})
    leading = frozenset({Reader.LEADS, Reader.FACILITATES})
    return leading if by_nobody else leading | {Reader.TAKES_PART}


def reads(member: Member, dialogue: Dialogue | None, *, by_nobody: bool = False) -> bool:
    """Whether the member is one of them today."""
    return any(_is(member, part, dialogue) for part in readers(dialogue, by_nobody=by_nobody))


def reads_program(member: Member) -> bool:
    return reads(member, None)


def named(agency: Agency, on: date) -> ProgramReaderQuerySet:
    """Readers of words to the whole program on that day."""
    return ProgramReader.objects.within(agency).reading(on)


def somebody_reads_program(agency: Agency) -> bool:
    return named(agency, agency.today()).exists()


def promise(
    agency: Agency, dialogue: Dialogue | None, *, by_nobody: bool = False, names: bool = True
) -> list[str]:
    """The lines of "Who reads this"; empty if nobody does.

    `names`: include the names of readers who allow it.
    """
    parts = readers(dialogue, by_nobody=by_nobody)
    if Reader.NAMED in parts:
        lines = list(_named_lines(agency, names=names))
    else:
        lines = [words for part, words in _of_a_dialogue().items() if part in parts]
    if not lines:
        return []
    decided = _("If somebody asks to set your words aside: the few people who decide about that.")
    return [*lines, decided, _("Nobody else, unless a court or law requires it.")]


def _of_a_dialogue() -> dict[Reader, str]:
    return {
        Reader.TAKES_PART: _("The people in this dialogue."),
        Reader.LEADS: _("The people who lead this dialogue."),
        Reader.FACILITATES: _("The agency’s facilitators."),
    }


def _named_lines(agency: Agency, *, names: bool) -> Iterator[str]:
    found = list(named(agency, agency.today()).select_related("member").order_by("member"))
    if not found:
        return
    yield ngettext(
        "%(count)d person who was named to read what people say to the whole program.",
        "%(count)d people who were named to read what people say to the whole program.",
        len(found),
    ) % {"count": len(found)}
    shown = sorted(str(each.member) for each in found if names and each.shows_name)
    if shown and len(shown) == len(found):
        yield _("Their names: %(names)s") % {"names": ", ".join(shown)}
    elif shown:
        yield _("Among them: %(names)s") % {"names": ", ".join(shown)}


def _is(member: Member, part: Reader, dialogue: Dialogue | None) -> bool:
    if part is Reader.FACILITATES:
        return member.may(Permission.FACILITATE)
    if part is Reader.NAMED:
        values = {"agency": member.agency_id, "row": member.pk, "day": member.agency.today()}
        return bool(prepared.of_agency(_naming).tuples(values))
    assert dialogue is not None
    if part is Reader.LEADS:
        return dialogue_rules.leads(dialogue, member)
    return group_rules.place(dialogue.group, member).seated


def _naming(agency: Agency) -> QuerySet[ProgramReader, tuple[int]]:
    """The key of each time in which somebody (`row`) reads on a day."""
    return named(agency, prepared.DAY).filter(member=prepared.ROW).values_list("pk")
