"""Presenter of the page of a measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charts import Figure
from foundation.addresses import at
from foundation.presenting import EmptyShown, Fact, PageLink, written
from measures.definitions import periods
from measures.definitions.finding import Owned
from measures.definitions.models import Measure
from measures.numbers.models import LATEST, DataPoint
from measures.numbers.results import MeasureResult

# How many numbers, latest first, can be corrected from the page.
CORRECTABLE = 24
# If there are more annotations, they are folded away.
MOST_SHOWN = 5


@dataclass(frozen=True)
class MeasureRights:
    """What the reader may do with the measure, by the rules."""

    record: bool = False
    change: bool = False
    hand_over: bool = False
    retire: bool = False


@dataclass(frozen=True)
class ChartShown:
    """The chart; `note` says how to read it, `cut` what it leaves out; each may be empty."""

    figure: Figure
    note: str
    cut: str


@dataclass(frozen=True)
class CorrectingShown:
    """The numbers that can be corrected from the page; `older` if there are more."""

    summary: str
    links: Sequence[PageLink]
    older: bool


@dataclass(frozen=True)
class MeasurePage:
    """The page of a measure: a chart, or what replaces it; `record` is the link to add a number."""

    retired: str
    since: str
    chart: ChartShown | None
    empty: EmptyShown | None
    record: PageLink | None
    folded: bool
    noted: str
    correcting: CorrectingShown | None
    owners: Sequence[Fact]
    links: Sequence[PageLink]


@dataclass(frozen=True)
class MeasureParts:
    """What was read for a measure's page: its rows, and the results drawn from them.

    `marks`: how many annotations there are; `owner_page`: the owner's page.
    """

    measure: Measure
    points: Sequence[DataPoint]
    shown: Sequence[MeasureResult]
    figure: Figure
    marks: int
    owner_page: str
    owned: Sequence[Owned] = ()


def measure_page(parts: MeasureParts, may: MeasureRights, on: date) -> MeasurePage:
    """The page on that day, for a reader with these rights; no query."""
    measure, charted = parts.measure, bool(parts.points)
    record = PageLink(
        str(measure.shape.words.add), at(measure.agency, "measures:record", pk=measure.pk)
    )
    return MeasurePage(
        retired=_retired(measure),
        since=_since(parts, on),
        chart=_chart(parts) if charted else None,
        empty=None if charted else _empty(parts, record if may.record else None),
        record=record if may.record else None,
        folded=parts.marks > MOST_SHOWN,
        noted=str(measure.shape.words.noted),
        correcting=_correcting(parts) if charted and may.record else None,
        owners=_owners(parts.owned),
        links=_links(measure, may),
    )


def _retired(measure: Measure) -> str:
    if measure.retired_on is None:
        return ""
    return _("Not used since %(day)s") % {"day": written(measure.retired_on)}


def _since(parts: MeasureParts, on: date) -> str:
    """How long ago the last rare event was, in words; empty for other measures."""
    days = [point.period for point in parts.points if not point.missing]
    if parts.measure.shape.is_periodic or not days:
        return ""
    passed = (on - days[-1]).days
    if passed <= 0:
        return _("It last happened today.")
    said = ngettext(
        "It last happened %(day)s, %(n)d day ago.",
        "It last happened %(day)s, %(n)d days ago.",
        passed,
    ) % {"day": written(days[-1]), "n": passed}
    longest = max((row.numerator for row in parts.shown if row.numerator is not None), default=None)
    if longest is not None and passed > longest:
        said += " " + _("That is longer than ever before on this chart.")
    return said


def _chart(parts: MeasureParts) -> ChartShown:
    return ChartShown(parts.figure, str(parts.measure.shape.words.how_to_read), _cut(parts))


def _cut(parts: MeasureParts) -> str:
    n = len(parts.points)
    return parts.measure.shape.words.cut(n) if n == LATEST else ""


def _empty(parts: MeasureParts, record: PageLink | None) -> EmptyShown:
    if record is None:
        return EmptyShown(
            heading=_("There are no numbers yet"),
            text=_("From 10 numbers on, the chart can tell a real change from luck."),
            action=_("Go to %(name)s") % {"name": str(parts.measure.owner)},
            href=parts.owner_page,
            kind="secondary",
        )
    words = parts.measure.shape.words
    return EmptyShown(str(words.nothing_yet), str(words.begin), record.text, record.href, kind="")


def _correcting(parts: MeasureParts) -> CorrectingShown:
    measure = parts.measure
    return CorrectingShown(
        summary=str(measure.shape.words.correct),
        links=[
            PageLink(
                periods.named(measure.frequency, point.period),
                at(measure.agency, "measures:correct", pk=point.pk),
            )
            for point in reversed(parts.points[-CORRECTABLE:])
        ],
        older=len(parts.points) > CORRECTABLE,
    )


def _owners(owned: Sequence[Owned]) -> list[Fact]:
    """All owners, latest first, once there is more than one."""
    if len(owned) < 2:
        return []
    return [
        Fact(key=each.group or _("Another group"), value=_when(each)) for each in reversed(owned)
    ]


def _when(owned: Owned) -> str:
    since = written(owned.since)
    if owned.until is None:
        return _("Since %(day)s") % {"day": since}
    return _("From %(since)s until %(until)s") % {"since": since, "until": written(owned.until)}


def _links(measure: Measure, may: MeasureRights) -> list[PageLink]:
    href = partial(at, measure.agency, pk=measure.pk)
    offered = [
        (may.record, str(measure.shape.words.bring_in), "measures:upload"),
        (may.change, _("Change what is counted"), "measures:change_measure"),
        (may.hand_over, _("Hand it to another group"), "measures:new_owner"),
        (may.change and may.retire, _("Stop using this measure"), "measures:retire"),
    ]
    return [PageLink(words, href(name)) for is_offered, words, name in offered if is_offered]
