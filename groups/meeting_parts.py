"""What upper apps add to the record of a meeting: parts to fill in, and what follows from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from accounts.models import Member
from foundation.forms import PlainForm
from foundation.models import TenantModel
from foundation.presenting import PageLink
from foundation.refusals import Refusal
from groups.models import Meeting

Words = str | Promise


@dataclass(frozen=True)
class RecordedPart:
    """What was recorded in a part, and where it can be changed."""

    words: str
    link: PageLink | None = None


@dataclass(frozen=True)
class MeetingPart:
    """A part of the page after a meeting, such as a number that is due.

    `build` gives the form for this member, bound to what was sent (None: fresh), or None if there
    is nothing for them to fill in; `about` is a line under the heading. `words` say what a valid
    form holds, empty if it was left blank; `save` records it by the app's own action, None if
    blank. By the key of what was saved, `shown` says it in words to a reader, `kept` why it can't
    be taken back by this member, and `take_back` takes it back.
    """

    code: str
    title: Words
    build: Callable[[Meeting, Member, Any], PlainForm | None]
    about: Callable[[PlainForm], str]
    words: Callable[[PlainForm], str]
    save: Callable[[PlainForm, Member], TenantModel | None]
    shown: Callable[[int, Member], RecordedPart | None]
    kept: Callable[[int, Member], Refusal | None]
    take_back: Callable[[int, Member], None]


@dataclass(frozen=True)
class Consequence:
    """What follows from attendance in an upper app, in words that this reader may read.

    `foreseen`: before it is saved; `followed`: afterwards; `built`: why the record can't be undone
    as a whole any more.
    """

    foreseen: Callable[[Meeting, Member], Sequence[str]]
    followed: Callable[[Meeting, Member], Sequence[str]]
    built: Callable[[Meeting], Refusal | None] = lambda meeting: None


@dataclass(frozen=True)
class PartFilled:
    """A part and its form for one meeting and member."""

    part: MeetingPart
    form: PlainForm

    @property
    def title(self) -> str:
        return str(self.part.title)

    @property
    def about(self) -> str:
        return self.part.about(self.form)

    @property
    def words(self) -> str:
        return self.part.words(self.form)

    def save(self, by: Member) -> TenantModel | None:
        return self.part.save(self.form, by)


_parts: dict[str, MeetingPart] = {}
_consequences: list[Consequence] = []


def register(part: MeetingPart) -> None:
    _parts[part.code] = part


def register_consequence(consequence: Consequence) -> None:
    _consequences.append(consequence)


def of(code: str) -> MeetingPart:
    return _parts[code]


def filled(meeting: Meeting, by: Member, sent: Any = None) -> list[PartFilled]:
    """The parts that this member may fill in now."""
    found = ((part, part.build(meeting, by, sent)) for part in _parts.values())
    return [PartFilled(part, form) for part, form in found if form is not None]


def foreseen(meeting: Meeting, reader: Member) -> list[str]:
    return [words for each in _consequences for words in each.foreseen(meeting, reader)]


def followed(meeting: Meeting, reader: Member) -> list[str]:
    return [words for each in _consequences for words in each.followed(meeting, reader)]


def built(meeting: Meeting) -> Refusal | None:
    """What has been built on the attendance of this meeting."""
    refusals = (each.built(meeting) for each in _consequences)
    return next((refusal for refusal in refusals if refusal is not None), None)
