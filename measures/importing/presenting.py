"""Presenter of the page that checks an import."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.addresses import at
from foundation.presenting import PageLink
from measures.definitions import periods
from measures.definitions.models import Measure
from measures.importing.models import ImportDraft
from measures.importing.preview import ChangedRow, Parsed, Preview, Wrong
from measures.numbers import validation
from measures.numbers.models import DataPoint

# Rows shown per kind.
SHOWN = 20


@dataclass(frozen=True)
class RowsShown:
    """Rows that need a look, one sentence each, and how many more are left; `file` has all."""

    heading: str
    rows: Sequence[str]
    further: str
    file: PageLink | None = None


@dataclass(frozen=True)
class NewNumber:
    period: str
    now: str


@dataclass(frozen=True)
class ImportPage:
    """`counts` describe the file; `nothing` says why nothing is to be saved, or is empty."""

    counts: Sequence[str]
    listed: Sequence[RowsShown]
    new: Sequence[NewNumber]
    new_further: str
    nothing: str


def import_page(draft: ImportDraft, found: Preview) -> ImportPage:
    """The page of a draft that was compared with the existing numbers; no query."""
    measure = draft.measure
    listed = [_wrong(draft, found.wrong), _unlikely(measure, found), _changed(measure, found)]
    return ImportPage(
        counts=_counts(measure, found),
        listed=[each for each in listed if each.rows],
        new=[NewNumber(_period(measure, each), _said(measure, each)) for each in found.new[:SHOWN]],
        new_further=_further(len(found.new), _more),
        nothing="" if found.new or found.changed else _nothing(found),
    )


def _nothing(found: Preview) -> str:
    if found.wrong:
        return _(
            "Nothing in this file can be saved as it is. Mend the rows above in the file, and "
            "choose it again."
        )
    return _("There is nothing new in this file.")


def _counts(measure: Measure, found: Preview) -> list[str]:
    """One line per kind of row that occurs; always including the number of new ones."""

    def said(n: int, words: str) -> list[str]:
        return [words % {"n": n}] if n else []

    changed, same, nothing = len(found.changed), found.same, found.nothing
    others, wrong, unlikely = found.others, len(found.wrong), len(found.unlikely)
    return [
        _new(measure, found),
        *said(
            changed,
            ngettext(
                "%(n)d number is different from the one that is there",
                "%(n)d numbers are different from those that are there",
                changed,
            ),
        ),
        *said(
            same,
            ngettext("%(n)d number is there already", "%(n)d numbers are there already", same),
        ),
        *said(
            nothing,
            ngettext(
                "%(n)d row says that nothing happened, and is left out",
                "%(n)d rows say that nothing happened, and are left out",
                nothing,
            ),
        ),
        *said(
            others,
            ngettext(
                "%(n)d row is about something else and is left out",
                "%(n)d rows are about something else and are left out",
                others,
            ),
        ),
        *said(wrong, ngettext("%(n)d row can’t be saved", "%(n)d rows can’t be saved", wrong)),
        *said(
            unlikely,
            ngettext(
                "%(n)d number is not what is expected",
                "%(n)d numbers are not what is expected",
                unlikely,
            ),
        ),
    ]


def _new(measure: Measure, found: Preview) -> str:
    """How many numbers are new, for which time, and how many are marked as missing."""
    n = len(found.new)
    said = ngettext("%(n)d new number", "%(n)d new numbers", n) % {"n": n}
    if span := _span(measure.frequency, [each.period for each in found.new]):
        said = f"{said}, {span}"
    if found.missing:
        missing = ngettext(
            "(%(n)d of them says: no number)", "(%(n)d of them say: no number)", found.missing
        )
        said = f"{said} {missing % {'n': found.missing}}"
    return said


def _span(frequency: str, days: Sequence[date]) -> str:
    """The time span of the new numbers."""
    if not days:
        return ""
    first, last = (periods.named(frequency, each) for each in (min(days), max(days)))
    if first == last:
        return first
    return _("from %(first)s to %(last)s") % {"first": first, "last": last}


def _wrong(draft: ImportDraft, rows: Sequence[Wrong]) -> RowsShown:
    said = _("Row %(row)d: %(why)s")
    return RowsShown(
        _("Rows that can’t be saved"),
        [said % {"row": each.row, "why": each.why} for each in rows[:SHOWN]],
        _further(len(rows), _more_rows),
        PageLink(
            _("Get these rows with what is wrong (CSV)"),
            at(draft.agency, "measures:left_out", pk=draft.pk),
        ),
    )


def _unlikely(measure: Measure, found: Preview) -> RowsShown:
    said = _("Row %(row)d, %(period)s: %(now)s. %(why)s")
    return RowsShown(
        _("Numbers that are not what is expected"),
        [
            said
            % {
                "row": each.row,
                "period": _period(measure, each),
                "now": _said(measure, each),
                "why": each.unlikely,
            }
            for each in found.unlikely[:SHOWN]
        ],
        _further(len(found.unlikely), _more_numbers),
    )


def _changed(measure: Measure, found: Preview) -> RowsShown:
    def said(change: ChangedRow) -> str:
        return _("Row %(row)d, %(period)s: %(was)s is there, the file says %(now)s") % {
            "row": change.parsed.row,
            "period": _period(measure, change.parsed),
            "was": _said(measure, change.point),
            "now": _said(measure, change.parsed),
        }

    return RowsShown(
        _("Numbers that are different"),
        [said(each) for each in found.changed[:SHOWN]],
        _further(len(found.changed), _more_numbers),
    )


def _further(count: int, words: Callable[[int], str]) -> str:
    more = count - SHOWN
    return words(more) if more > 0 else ""


def _more(n: int) -> str:
    return _("and %(n)d more") % {"n": n}


def _more_rows(n: int) -> str:
    return ngettext("and %(n)d more row", "and %(n)d more rows", n) % {"n": n}


def _more_numbers(n: int) -> str:
    return ngettext("and %(n)d more number", "and %(n)d more numbers", n) % {"n": n}


def _period(measure: Measure, row: Parsed) -> str:
    return periods.named(measure.frequency, row.period)


def _said(measure: Measure, row: Parsed | DataPoint) -> str:
    return validation.said(measure, row.numerator, row.denominator, row.values or ())
