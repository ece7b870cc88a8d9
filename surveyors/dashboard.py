"""The dashboard on paper: each indicator with its rule, its criteria and its chart."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from reportlab.platypus import Flowable, KeepTogether, Spacer

from accounts.models import Member
from cells.overview.packet import fonts
from cells.overview.packet.drawing import ChartFlowable
from cells.overview.packet.paper import listed, printed, text
from charts.figures import Figure
from foundation.founding import founding
from foundation.models import Agency
from foundation.spreadsheets import CsvRow
from indicators import founding as founded
from indicators.cards import Card, card, kept
from indicators.criteria import CriterionWords, criteria
from indicators.history import HistoryPoint, covered, ending_with, monthly, without_numbers
from indicators.models import IndicatorSnapshot
from indicators.pictures import run_chart
from indicators.registry import Indicator
from indicators.rules import comparing_days
from measures.local.presenting import LocalCard, local_cards

# As many months as an indicator's own page shows.
MONTHS = 24


@dataclass(frozen=True)
class IndicatorSheet:
    """An indicator as this reader may see it: its card, months, criteria, and chart if any."""

    indicator: Indicator
    card: Card
    points: Sequence[HistoryPoint]
    criteria: Sequence[CriterionWords]
    figure: Figure | None


def anybody(agency: Agency) -> Member:
    """A reader without a role or a seat: what they may read, anybody in the program may."""
    reader = Member(agency=agency, pk=0)
    reader.roles_now = []  # type: ignore[attr-defined]
    return reader


def sheets(reader: Member) -> list[IndicatorSheet]:
    """Each indicator as last worked out, in order; three queries."""
    agency = reader.agency
    seen = kept(IndicatorSnapshot.objects.within(agency).newest(), covered(agency))
    days, past = founding(agency), monthly(agency, agency.today(), months=MONTHS)
    found = []
    for each in seen:
        stored = past.get(each.indicator.code, [])
        shown = card(agency, each, stored, reader, days)
        points = ending_with(stored, each.day, each.status, each.value, each.goal)
        points = founded.points_shown(each.indicator, days, points)
        if not shown.counted:
            points = without_numbers(points)
        told = comparing_days(each.indicator.discreet, reader) is None
        found.append(
            IndicatorSheet(
                each.indicator,
                shown,
                points if told else (),
                criteria(agency, each, reader, days, evidence=False),
                run_chart(each.indicator, points) if told else None,
            )
        )
    return found


def own_sheets(reader: Member) -> list[LocalCard]:
    """The agency's own indicators of today that this reader may see."""
    return local_cards(reader.agency, reader, reader.agency.today())


def criteria_rows(
    found: Iterable[IndicatorSheet], own: Iterable[LocalCard] = ()
) -> Iterator[CsvRow]:
    """A row for each criterion, with how its indicator stands; the head first.

    The agency's own indicators follow, without a number: their goal is the criterion.
    """
    yield ["number", "indicator", "status", "criterion", "holds", "in words", "lapses on"]
    for each in found:
        stands = each.card.label or founded.label(each.card.status)
        for one in each.criteria:
            row = [each.indicator.number, str(each.card.title), str(stands), one.title]
            yield [*row, one.label, one.text, one.lapses]
    for ours in own:
        stands = founded.label(ours.status)
        said = " ".join(filter(None, (ours.value, ours.said_of_nobody)))
        yield [None, ours.name, str(stands), ours.goal, str(stands), said, None]


def months_rows(found: Iterable[IndicatorSheet]) -> Iterator[CsvRow]:
    """A row for each month of each indicator whose days the reader may compare; the head first."""
    yield ["number", "indicator", "month", "worked out for", "status", "value", "goal"]
    for each in found:
        for point in each.points:
            row = [each.indicator.number, str(each.card.title), point.month, point.day]
            yield [*row, point.status, point.value, point.goal]


def as_pdf(reader: Member, *, compress: bool = True) -> bytes:
    """The dashboard of today for this reader: tagged, with charts, in the active language."""
    agency = reader.agency
    day = date_format(agency.today(), "F j, Y")
    title = _("How the program is doing, %(day)s") % {"day": day}
    return printed(
        _story(sheets(reader), own_sheets(reader), title),
        title=title,
        foot=f"{agency.name}, {day}",
        author=agency.name,
        compress=compress,
    )


def _story(
    found: Sequence[IndicatorSheet], own: Sequence[LocalCard], title: str
) -> Iterator[Flowable]:
    yield text(title, fonts.TITLE)
    if not found:
        yield text(_("Nothing has been worked out yet."))
    for each in found:
        yield text(f"{each.card.number}. {each.card.title}", fonts.HEADING)
        yield text(_standing(each.card), fonts.LEAD)
        for line in (each.card.held_against, each.card.ahead):
            if line:
                yield text(line)
        yield from listed(_criterion(one) for one in each.criteria)
        if each.figure is not None:
            yield KeepTogether(
                [
                    text(each.figure.title, fonts.SUBHEADING),
                    text(" ".join(filter(None, (each.figure.finding, each.figure.goal)))),
                    ChartFlowable(each.figure.wide),
                    Spacer(0, 10),
                ]
            )
    if own:
        yield text(_("Our own indicators"), fonts.HEADING)
        yield from listed(_ours(each) for each in own)


def _ours(own: LocalCard) -> str:
    stands = f"{own.name}: {founded.label(own.status)}"
    return " · ".join(filter(None, (stands, own.value, own.goal, own.said_of_nobody)))


def _standing(shown: Card) -> str:
    said = [shown.label or founded.label(shown.status)]
    if shown.value:
        said.append(f"{shown.value} {shown.measure}".rstrip())
    if shown.since:
        said.append(_("since %(day)s") % {"day": date_format(shown.since, "F j, Y")})
    return " · ".join(said)


def _criterion(one: CriterionWords) -> str:
    said = f"{one.title}: {one.label}"
    return f"{said}. {one.text}" if one.text else said
