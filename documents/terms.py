"""A charter's terms as data: their sections, on the form and on the page, and in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from documents.models import CharterTerms, DecidesBy, DocumentKind, Version

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class TermsFields(TypedDict):
    """All terms of a charter; their meaning is that of `CharterTerms`."""

    seats_consumers: int
    seats_family: int
    seats_staff: int
    seats_others: int
    term_months: int
    terms_in_a_row: int | None
    quorum_percent: int
    quorum_consumers: int
    decides_by: str
    chair: bool
    co_chair: bool
    note_taker: bool
    grounds: str
    powers: str
    budget: str
    disputes: str
    minutes_to_board: bool
    minutes_to_program: bool
    minutes_to_public: bool


@dataclass(frozen=True)
class TermsSection:
    """A part of the terms: its heading, and its fields in order."""

    heading: "str | StrPromise"
    names: tuple[str, ...]
    hint: "str | StrPromise" = ""


SEATS = ("seats_consumers", "seats_family", "seats_staff", "seats_others")
OFFICES = ("chair", "co_chair", "note_taker")
WORDS = ("grounds", "powers", "budget", "disputes")
MINUTES = ("minutes_to_board", "minutes_to_program", "minutes_to_public")
SECTIONS = (
    TermsSection(
        _("Seats with a vote"),
        SEATS,
        _("Consumers have more than half. Peer workers whom the agency employs count as staff."),
    ),
    TermsSection(_("Terms"), ("term_months", "terms_in_a_row")),
    TermsSection(_("Deciding"), ("quorum_percent", "quorum_consumers", "decides_by")),
    TermsSection(_("Offices"), OFFICES),
    TermsSection(_("Losing a seat"), ("grounds",)),
    TermsSection(_("Powers and budget"), ("powers", "budget")),
    TermsSection(_("Disputes"), ("disputes",)),
    TermsSection(
        _("Who reads the minutes"), MINUTES, _("The members of the committee always can.")
    ),
)
FIELDS = tuple(name for section in SECTIONS for name in section.names)
LABELS: Mapping[str, "str | StrPromise"] = {
    "seats_consumers": _("For consumers"),
    "seats_family": _("For family members"),
    "seats_staff": _("For staff"),
    "seats_others": _("For others"),
    "term_months": _("Length of a term"),
    "terms_in_a_row": _("Terms in a row"),
    "quorum_percent": _("Quorum"),
    "quorum_consumers": _("Consumers among them"),
    "decides_by": _("How it decides"),
    "chair": _("Chair"),
    "co_chair": _("Co-chair"),
    "note_taker": _("Note taker"),
    "grounds": _("Grounds"),
    "powers": _("Powers"),
    "budget": _("Budget"),
    "disputes": _("How disputes end"),
    "minutes_to_board": _("The governing body"),
    "minutes_to_program": _("Everybody in the program"),
    "minutes_to_public": _("The public"),
}


@dataclass(frozen=True)
class TermsLine:
    """One of the terms, in words; `before`: what the version before said, where it differs.

    What there is or is not (an office, a reader) has no label: its words name it.
    """

    label: str
    words: str
    before: str = ""

    @property
    def text(self) -> str:
        """Label and words."""
        if not self.label:
            return self.words
        return _t("%(label)s: %(words)s") % {"label": self.label, "words": self.words}


@dataclass(frozen=True)
class ToldSection:
    """A section as pages show it."""

    heading: str
    lines: tuple[TermsLine, ...]


def _months(count: int) -> str:
    return ngettext("%(count)d month", "%(count)d months", count) % {"count": count}


def _said(terms: CharterTerms, name: str) -> str:
    """What the terms say in this field; empty for what is not there."""
    value = getattr(terms, name)
    match name:
        case "term_months":
            return _months(value)
        case "terms_in_a_row":
            if value is None:
                return _t("As many as the committee decides")
            return ngettext("At most %(count)d", "At most %(count)d", value) % {"count": value}
        case "quorum_percent":
            return _t("%(percent)s of those with a vote") % {"percent": f"{value}%"}
        case "quorum_consumers":
            return ngettext(
                "At least %(count)d, or all if there are fewer",
                "At least %(count)d, or all if there are fewer",
                value,
            ) % {"count": value}
        case "decides_by":
            return str(DecidesBy(value).label)
    if isinstance(value, bool):
        return str(LABELS[name]) if value else ""
    if name in SEATS:
        return str(value) if value else ""
    return str(value)


def _line(terms: CharterTerms, before: CharterTerms | None, name: str) -> TermsLine:
    words = _said(terms, name)
    was = words if before is None else _said(before, name)
    label = "" if isinstance(getattr(terms, name), bool) else str(LABELS[name])
    nothing = _t("nothing")
    if words == was:
        return TermsLine(label, words)
    return TermsLine(label, words or nothing, was or nothing)


def told_terms(
    terms: CharterTerms | None, before: CharterTerms | None = None
) -> tuple[ToldSection, ...]:
    """All sections in words, without what the terms leave out; empty without terms.

    `before`: the terms of the version before, to tell what changed.
    """
    if terms is None:
        return ()
    sections = []
    for section in SECTIONS:
        lines = [_line(terms, before, name) for name in section.names]
        said = tuple(line for line in lines if line.words)
        if said:
            sections.append(ToldSection(str(section.heading), said))
    return tuple(sections)


def lacks_terms(version: Version) -> bool:
    """Whether it is a charter whose terms were not entered, so that nothing is compared with it."""
    return version.document.kind == DocumentKind.CHARTER and version.charter_terms is None


def in_words(terms: CharterTerms | None) -> str:
    """The terms as text, a line each, as the bodies decide on them and versions are compared."""
    return "\n\n".join(
        "\n".join(
            [
                section.heading,
                *(line.text for line in section.lines),
            ]
        )
        for section in told_terms(terms)
    )
