"""An indicator as pages show it: words and addresses made from a snapshot or a result."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation.addresses import at
from foundation.founding import Founding
from foundation.models import Agency
from indicators import founding as founded
from indicators import registry, words
from indicators.frozen import FrozenIndicator
from indicators.history import HistoryPoint, ending_with, month_start, without_numbers
from indicators.models import FOUNDING, IndicatorSnapshot, IndicatorStatus
from indicators.registry import DaysSince, Indicator, Number, Verdict
from indicators.results import IndicatorResult, JudgedCriterion, unpacked
from indicators.rules import comparing_days, reading_counts
from indicators.trail import Trail, shape, trail

BACK = 3
MOST_STEPS = 2


@dataclass(frozen=True)
class Seen:
    """An indicator's result, whether stored or just computed."""

    indicator: Indicator
    day: date
    status: IndicatorStatus
    value: Number | None
    goal: Number | None
    judged: tuple[JudgedCriterion, ...]
    since: date | None = None


def seen_in(result: IndicatorResult) -> Seen:
    return Seen(
        result.indicator, result.on, result.status, result.value, result.goal, result.judged
    )


def kept(rows: Iterable[IndicatorSnapshot], on: date | None) -> list[Seen]:
    """Snapshots whose indicators are still registered, in the indicators' order.

    `on`: the day for which they were last found to hold, however long ago they were stored.
    """
    by_code = {row.indicator: row for row in rows}
    found = []
    for indicator in registry.registered():
        row = by_code.get(indicator.code)
        if row is not None:
            known = {criterion.code for criterion in indicator.criteria}
            day = row.day if on is None else max(on, row.day)
            judged = tuple(unpacked(each, day) for each in row.criteria if each["code"] in known)
            found.append(
                Seen(
                    indicator,
                    day,
                    IndicatorStatus(row.status),
                    _value(indicator, row, judged),
                    row.goal,
                    judged,
                    row.status_since,
                )
            )
    return found


def _value(
    indicator: Indicator, row: IndicatorSnapshot, judged: Iterable[JudgedCriterion]
) -> Number | None:
    """The number of the whole; days go on counting."""
    for each in judged:
        if each.code == indicator.headline and isinstance(each.outcome.value, DaysSince):
            return each.outcome.value
    return row.value


@dataclass(frozen=True)
class CardStep:
    """A next step, and where to do it."""

    text: str
    url: str


@dataclass(frozen=True)
class Card:
    """One indicator on the dashboard."""

    number: int
    code: str
    title: str
    url: str
    status: str
    value: str
    measure: str
    goal: str
    since: date | None
    before: str
    steps: tuple[CardStep, ...]
    further: int  # steps shown only on the indicator's own page
    trail: Trail | None
    trail_words: str
    trail_span: str
    label: str = ""  # other words than the usual ones for its status
    ahead: str = ""  # what follows the founding
    told: bool = True  # whether this reader may see its numbers and its past
    counted: bool = True  # whether this reader may see its headline number

    @property
    def held_against(self) -> str:
        """The goal and the earlier value, for comparison."""
        return " · ".join(each for each in (self.goal, self.before) if each)


def card(
    agency: Agency,
    seen: Seen,
    points: Sequence[HistoryPoint],
    reader: Member,
    founding: Founding,
    *,
    query: str = "",
) -> Card:
    """The card in this reader's words; `query` is appended to its links."""
    indicator = seen.indicator
    founding_day = founded.day_of(indicator, founding, seen.day)
    counted = comparing_days(indicator.hides_number, reader) is None
    if not counted:
        seen, points = replace(seen, value=None), without_numbers(points)
    points = ending_with(points, seen.day, seen.status, seen.value, seen.goal)
    points = founded.points_shown(indicator, founding, points)
    told = comparing_days(indicator.discreet, reader) is None
    todo = steps(agency, seen)
    full = Card(
        number=indicator.number,
        code=indicator.code,
        title=str(indicator.title),
        url=at(agency, "indicators:indicator", code=indicator.code) + query,
        status=founded.shown(indicator, founding, seen.day, seen.status.value),
        label=str(founding_day or ""),
        ahead=founded.told_ahead(founding, seen.judged, told=told) if founding_day else "",
        value=words.value(indicator, seen.value, seen.goal),
        measure=words.measure(indicator, seen.judged) if seen.value is not None else "",
        goal=words.goal(indicator, seen.goal),
        since=founded.since(founding, indicator, seen.since, seen.day) if seen.since else None,
        before=_before(seen, points),
        steps=todo[:MOST_STEPS],
        further=len(todo[MOST_STEPS:]),
        trail=trail(points) if len(points) > 1 else None,
        trail_words=_trail_words(points, [words.value(indicator, p.value, p.goal) for p in points]),
        trail_span=_span(points),
        counted=counted,
    )
    return full if told else _today_only(full)


def _today_only(full: Card) -> Card:
    return replace(full, value="", measure="", since=None, before="", trail=None, told=False)


def frozen_card(frozen: FrozenIndicator, url: str, reader: Member) -> Card:
    """The card of a frozen snapshot, in the words of that day."""
    counted = counted_for(frozen, reader)
    points = frozen.points if counted else without_numbers(frozen.points)
    months = frozen.months if counted else [""] * len(points)
    full = Card(
        number=frozen.number,
        code=frozen.code,
        title=frozen.title,
        url=url,
        status=frozen.shown,
        label=frozen.founding,
        value=frozen.value if counted else "",
        measure=frozen.measure if counted else "",
        goal=frozen.goal,
        since=None,
        before="",
        steps=(),
        further=0,
        trail=trail(points) if len(points) > 1 else None,
        trail_words=_trail_words(points, months),
        trail_span=_span(points),
        counted=counted,
    )
    if comparing_days(frozen.discreet, reader) is None:
        return full
    if reading_counts(frozen.discreet, reader) is None:
        return (
            replace(_today_only(full), status=full.status, goal=full.goal) if frozen.small else full
        )
    return replace(_today_only(full), status="", label="", goal="")


def counted_for(frozen: FrozenIndicator, reader: Member) -> bool:
    """Whether this reader may see the frozen headline number."""
    small = comparing_days(frozen.hides_number and frozen.small, reader)
    return small is None and reading_counts(frozen.hides_number, reader) is None


def _span(points: Sequence[HistoryPoint]) -> str:
    if not points:
        return ""
    return _("%(first)s to %(last)s") % {
        "first": date_format(points[0].month, "M Y"),
        "last": date_format(points[-1].month, "M Y"),
    }


def steps(agency: Agency, seen: Seen) -> tuple[CardStep, ...]:
    """Next steps for each criterion that does not hold, or soon won't."""
    found = []
    for judged in seen.judged:
        if judged.outcome.verdict is not Verdict.PASS or judged.at_risk:
            criterion = seen.indicator.criterion(judged.code)
            url = at(agency, criterion.where) if criterion.where else ""
            found.append(CardStep(str(criterion.todo), url))
    return tuple(dict.fromkeys(found))


def _before(seen: Seen, points: Sequence[HistoryPoint]) -> str:
    """Its value some months ago: two numbers, not called a trend."""
    then = month_start(seen.day, BACK)
    earlier = [point for point in points if point.month <= then and point.value is not None]
    if not earlier or seen.value is None:
        return ""
    last = earlier[-1]
    month = {"month": date_format(last.month, "F Y")}
    if Decimal(seen.value) == last.value:
        return _("The same as in %(month)s") % month
    shown = {"value": words.value(seen.indicator, last.value, last.goal), **month}
    return _("%(value)s in %(month)s") % shown


def _trail_words(points: Sequence[HistoryPoint], values: Sequence[str]) -> str:
    """A text alternative for the small chart."""
    said = []
    for point, value in zip(points, values, strict=True):
        month, status = date_format(point.month, "F Y"), founded.label(point.status)
        said.append(f"{month}: {value}, {status}" if value else f"{month}: {status}")
    return "; ".join(said)


def tally(cards: Iterable[Card]) -> list[Mapping[str, object]]:
    """The number of indicators per status as shown, in order, leaving out empty ones."""
    counts = dict.fromkeys(_statuses(founding=True), 0)
    for each in cards:
        counts[each.status] += 1
    return [
        {"status": status, "label": f"{count} {founded.label(status)}", "count": count}
        for status, count in counts.items()
        if count
    ]


def _statuses(*, founding: bool) -> list[str]:
    return [*(status.value for status in IndicatorStatus), *([FOUNDING] * founding)]


def legend(cards: Iterable[Card]) -> list[Mapping[str, str]]:
    """The shape used for each status; that of the founding only where one of the cards has it."""
    trails = [each.trail for each in cards if each.trail is not None]
    founding = any(mark.status == FOUNDING for trail in trails for mark in trail.marks)
    return [
        {"status": status, "path": shape(status, 8, 8, 5.5), "label": founded.label(status)}
        for status in _statuses(founding=founding)
    ]
