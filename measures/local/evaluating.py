"""What an agency's own indicators say on a day: worked out when read, from dated facts."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _t

from accounts.models import Member
from foundation.models import Agency
from indicators.models import IndicatorStatus
from measures.definitions.models import Measure
from measures.definitions.periods import named
from measures.definitions.wording import amount
from measures.local.models import (
    LocalAttestation,
    LocalGoal,
    LocalReaders,
    LocalSource,
    LocalVersion,
)
from measures.local.rules import reading
from measures.numbers.models import DataPoint
from measures.numbers.results import of_points, result
from measures.policies import OWN_FRESH, OWN_WARNING


@dataclass(frozen=True)
class LocalResult:
    """How an indicator stands on a day.

    `value` is in the units of its measure; `said` tells which record it rests on.
    """

    version: LocalVersion
    status: IndicatorStatus
    said: str
    value: Decimal | None = None

    @property
    def shown(self) -> str:
        """The value in words; empty without one."""
        measure = self.version.measure
        return amount(measure, self.value) if measure is not None else ""

    @property
    def goal(self) -> str:
        """The goal in words: at least 70%."""
        return goal_in_words(self.version)


def goal_in_words(version: LocalVersion) -> str:
    """What has to be the case, in a few words."""
    if version.measure is not None:
        goal = {"goal": amount(version.measure, version.goal)}
        if version.direction == LocalGoal.AT_MOST:
            return _t("Goal: at most %(goal)s") % goal
        return _t("Goal: at least %(goal)s") % goal
    return _t("Goal: attested in the last %(months)s months") % {"months": version.months}


def evaluate(
    agency: Agency, versions: Collection[LocalVersion], on: date
) -> dict[int, LocalResult]:
    """By key of the version, how it stands on that day; at most four queries.

    Only what was recorded by that day counts: a number that came later changes no earlier answer.
    """
    points = _points(agency, {v.measure_id for v in versions if v.measure_id is not None}, on)
    attested = _attested(
        agency, {v.indicator_id for v in versions if v.source == LocalSource.ATTESTED}, on
    )
    found = {}
    for version in versions:
        if version.measure is not None:
            point = points.get(version.measure.pk)
            found[version.pk] = _of_measure(agency, version, version.measure, point, on)
        else:
            found[version.pk] = _of_word(agency, version, attested.get(version.indicator_id), on)
    return found


def _points(agency: Agency, measures: Collection[int], on: date) -> dict[int, DataPoint]:
    if not measures:
        return {}
    rows = DataPoint.objects.within(agency).filter(
        measure__in=measures, period__lte=on, came_on__lte=on, numerator__isnull=False
    )
    newest = rows.order_by("measure", "-period").distinct("measure")
    return {point.measure_id: point for point in newest}


def _attested(agency: Agency, indicators: Collection[int], on: date) -> dict[int, LocalAttestation]:
    if not indicators:
        return {}
    rows = LocalAttestation.objects.within(agency).filter(indicator__in=indicators, on__lte=on)
    newest = rows.select_related("by").order_by("indicator", "-on", "-pk").distinct("indicator")
    return {row.indicator_id: row for row in newest}


def _of_measure(
    agency: Agency, version: LocalVersion, measure: Measure, point: DataPoint | None, on: date
) -> LocalResult:
    if point is None:
        words = _t("“%(measure)s” has no number yet.") % {"measure": measure.name}
        return LocalResult(version, IndicatorStatus.NO_DATA, words)
    (row,) = of_points(measure, [point])
    found = result(measure, row)
    about = {"measure": measure.name, "period": named(measure.frequency, point.period)}
    if found is None:
        words = _t("“%(measure)s” has nothing to divide by for %(period)s.") % about
        return LocalResult(version, IndicatorStatus.NO_DATA, words)
    if (on - point.period).days > OWN_FRESH.value(agency, on):
        words = _t("The newest number of “%(measure)s” is for %(period)s. That is too old.") % about
        return LocalResult(version, IndicatorStatus.NO_DATA, words)
    value = Decimal(str(round(found, 4)))
    assert version.goal is not None
    met = value <= version.goal if version.direction == LocalGoal.AT_MOST else value >= version.goal
    return LocalResult(
        version,
        IndicatorStatus.MET if met else IndicatorStatus.NOT_MET,
        _t("“%(measure)s”, %(period)s") % about,
        value,
    )


def _of_word(
    agency: Agency, version: LocalVersion, word: LocalAttestation | None, on: date
) -> LocalResult:
    if word is None:
        return LocalResult(version, IndicatorStatus.NO_DATA, _t("Nobody has attested it yet."))
    assert version.months is not None
    ends = months_later(word.on, version.months)
    about = {
        "who": word.by.shown_name,
        "day": date_format(word.on, "F j, Y"),
        "ends": date_format(ends, "F j, Y"),
    }
    if not word.holds:
        words = _t("%(who)s wrote down on %(day)s that it does not hold.") % about
        return LocalResult(version, IndicatorStatus.NOT_MET, words)
    if ends <= on:
        words = _t("%(who)s attested it on %(day)s. That ran out on %(ends)s.") % about
        return LocalResult(version, IndicatorStatus.NOT_MET, words)
    soon = ends - timedelta(days=OWN_WARNING.value(agency, on)) <= on
    return LocalResult(
        version,
        IndicatorStatus.AT_RISK if soon else IndicatorStatus.MET,
        _t("%(who)s attested it on %(day)s. That counts until %(ends)s.") % about,
    )


def months_later(day: date, months: int) -> date:
    """The same day this many months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def seen_by(agency: Agency, reader: Member, on: date) -> list[LocalResult]:
    """The agency's own indicators that count on a day and that this reader may see, by name."""
    rows = LocalVersion.objects.within(agency).in_force(on).select_related("measure", "indicator")
    versions = [version for version in rows if reading(version, reader)]
    found = evaluate(agency, versions, on)
    return sorted(
        (found[version.pk] for version in versions), key=lambda each: each.version.name.lower()
    )


def readers_in_words(version: LocalVersion) -> str:
    return str(LocalReaders(version.readers).label)
