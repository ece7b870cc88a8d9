"""What an agency's own indicators say on a day: worked out when read, from dated facts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from accounts.models import Member
from foundation import prepared
from foundation.models import Agency
from foundation.months import months_later
from indicators.models import IndicatorStatus
from measures.definitions.models import Measure
from measures.definitions.periods import named
from measures.definitions.wording import amount
from measures.local.counting import CountedRecord, countable, records_of
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

    `value` is in the units of its measure, or a number of records. `said` tells which record it
    rests on; `unnamed` the same without a name, if `said` has one.
    """

    version: LocalVersion
    status: IndicatorStatus
    said: str
    value: Decimal | None = None
    unnamed: str = ""

    @property
    def said_of_nobody(self) -> str:
        """What it rests on, naming nobody: for what leaves the program or stays for good."""
        return self.unnamed or self.said

    @property
    def shown(self) -> str:
        """The value in words; empty without one."""
        version = self.version
        if version.measure is not None:
            return amount(version.measure, self.value)
        return whole(self.value) if version.counted and self.value is not None else ""

    @property
    def goal(self) -> str:
        """The goal in words: at least 70%."""
        return goal_in_words(self.version)


def whole(number: Decimal) -> str:
    """A number of records."""
    return f"{number:,.0f}"


def goal_in_words(version: LocalVersion) -> str:
    """What has to be the case, in a few words."""
    if version.measure is not None:
        goal = {"goal": amount(version.measure, version.goal)}
        if version.direction == LocalGoal.AT_MOST:
            return _t("Goal: at most %(goal)s") % goal
        return _t("Goal: at least %(goal)s") % goal
    if version.source == LocalSource.RECORDS and version.goal is not None:
        months = version.months or 0
        about = {"goal": whole(version.goal), "months": months}
        if version.direction == LocalGoal.AT_MOST:
            words = ngettext(
                "Goal: at most %(goal)s in a month",
                "Goal: at most %(goal)s in %(months)s months",
                months,
            )
        else:
            words = ngettext(
                "Goal: at least %(goal)s in a month",
                "Goal: at least %(goal)s in %(months)s months",
                months,
            )
        return words % about
    return _t("Goal: attested in the last %(months)s months") % {"months": version.months}


def evaluate(
    agency: Agency, versions: Collection[LocalVersion], on: date
) -> dict[int, LocalResult]:
    """By key of the version, how it stands on that day; at most three queries."""
    found = evaluate_days(agency, versions, [on])
    return {version.pk: found[version.pk, on] for version in versions}


def evaluate_days(
    agency: Agency, versions: Collection[LocalVersion], days: Collection[date]
) -> dict[tuple[int, date], LocalResult]:
    """By key of the version and day, how it stands then; at most three queries.

    Only what was recorded by a day counts: a number that came later changes no earlier answer.
    """
    if not versions or not days:
        return {}
    facts = _facts(agency, versions, days)
    return {(version.pk, on): _of(version, facts, on) for version in versions for on in days}


def _of(version: LocalVersion, facts: "_Facts", on: date) -> LocalResult:
    if version.measure is not None:
        return _of_measure(version, version.measure, facts, on)
    if version.source == LocalSource.RECORDS:
        return _of_records(version, facts, on)
    return _of_word(version, facts, on)


@dataclass(frozen=True)
class _Facts:
    """What the answers rest on, the newest first."""

    agency: Agency
    points: dict[int, list[DataPoint]]
    words: dict[int, list[LocalAttestation]]
    counted: dict[str, list[CountedRecord]]


def _facts(agency: Agency, versions: Collection[LocalVersion], days: Collection[date]) -> _Facts:
    measures = {each.measure_id for each in versions if each.measure_id is not None}
    indicators = {each.indicator_id for each in versions if each.source == LocalSource.ATTESTED}
    first, last = min(days), max(days)
    points: dict[int, list[DataPoint]] = {}
    words: dict[int, list[LocalAttestation]] = {}
    about = {"agency": agency.pk, "day": last}
    if measures:
        oldest = first - timedelta(days=OWN_FRESH.bounds[1])
        numbers = about | {"keys": [*measures], "since": oldest}
        for point in prepared.of_agency(_points).models(numbers):
            points.setdefault(point.measure_id, []).append(point)
    if indicators:
        for word in prepared.of_agency(_words).models(about | {"keys": [*indicators]}):
            words.setdefault(word.indicator_id, []).append(word)
    months = {each.counted: each.months or 0 for each in versions if each.counted}
    since = min((months_later(first, -many) for many in months.values()), default=first)
    return _Facts(agency, points, words, records_of(agency, months, since, last))


def _points(agency: Agency) -> QuerySet[DataPoint]:
    rows = DataPoint.objects.within(agency).filter(
        prepared.one_of_keys("measure_id"),
        period__range=(prepared.SINCE, prepared.DAY),
        came_on__lte=prepared.DAY,
        numerator__isnull=False,
    )
    return rows.order_by("-period")


def _words(agency: Agency) -> QuerySet[LocalAttestation]:
    said = LocalAttestation.objects.within(agency).filter(
        prepared.one_of_keys("indicator_id"), on__lte=prepared.DAY
    )
    return said.select_related("by").order_by("-on", "-pk")


def _of_measure(version: LocalVersion, measure: Measure, facts: _Facts, on: date) -> LocalResult:
    there = (
        each
        for each in facts.points.get(measure.pk, [])
        if each.period <= on and each.came_on <= on
    )
    point = next(there, None)
    if point is None:
        words = _t("“%(measure)s” has no number yet that counts.") % {"measure": measure.name}
        return LocalResult(version, IndicatorStatus.NO_DATA, words)
    (row,) = of_points(measure, [point])
    found = result(measure, row)
    about = {"measure": measure.name, "period": named(measure.frequency, point.period)}
    if found is None:
        words = _t("“%(measure)s” has nothing to divide by for %(period)s.") % about
        return LocalResult(version, IndicatorStatus.NO_DATA, words)
    if (on - point.period).days > OWN_FRESH.value(facts.agency, on):
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


def _of_records(version: LocalVersion, facts: _Facts, on: date) -> LocalResult:
    assert version.months is not None
    assert version.goal is not None
    came, since = facts.counted[version.counted], months_later(on, -version.months)
    count = sum(each.counts(since, on) for each in came)
    said = _t("%(what)s from %(first)s to %(last)s") % {
        "what": countable(version.counted).title,
        "first": date_format(since + timedelta(days=1), "F j, Y"),
        "last": date_format(on, "F j, Y"),
    }
    if version.direction == LocalGoal.AT_MOST:
        met = count <= version.goal
        return LocalResult(version, _met(met), said, Decimal(count))
    # Without a new one: how many are still recent enough then.
    ahead = on + timedelta(days=OWN_WARNING.value(facts.agency, on))
    later = sum(each.counts(months_later(ahead, -version.months), on) for each in came)
    if later < version.goal <= count:
        return LocalResult(version, IndicatorStatus.AT_RISK, said, Decimal(count))
    return LocalResult(version, _met(count >= version.goal), said, Decimal(count))


def _met(met: bool) -> IndicatorStatus:
    return IndicatorStatus.MET if met else IndicatorStatus.NOT_MET


def _of_word(version: LocalVersion, facts: _Facts, on: date) -> LocalResult:
    word = next((each for each in facts.words.get(version.indicator_id, []) if each.on <= on), None)
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
        return LocalResult(
            version,
            IndicatorStatus.NOT_MET,
            _t("%(who)s wrote down on %(day)s that it does not hold.") % about,
            unnamed=_t("On %(day)s it was written down that it does not hold.") % about,
        )
    if ends <= on:
        return LocalResult(
            version,
            IndicatorStatus.NOT_MET,
            _t("%(who)s attested it on %(day)s. That ran out on %(ends)s.") % about,
            unnamed=_t("It was attested on %(day)s. That ran out on %(ends)s.") % about,
        )
    soon = ends - timedelta(days=OWN_WARNING.value(facts.agency, on)) <= on
    return LocalResult(
        version,
        IndicatorStatus.AT_RISK if soon else IndicatorStatus.MET,
        _t("%(who)s attested it on %(day)s. That counts until %(ends)s.") % about,
        unnamed=_t("It was attested on %(day)s. That counts until %(ends)s.") % about,
    )


def standing(agency: Agency, on: date) -> list[LocalResult]:
    """The agency's own indicators that count on a day, by name; whoever may see them."""
    versions: list[LocalVersion] = prepared.of_agency(_in_force).models(
        {"agency": agency.pk, "day": on}
    )
    found = evaluate(agency, versions, on).values()
    return sorted(found, key=lambda each: each.version.name.lower())


def seen_by(agency: Agency, reader: Member, on: date) -> list[LocalResult]:
    """Those that this reader may see."""
    return [each for each in standing(agency, on) if reading(each.version, reader)]


def _in_force(agency: Agency) -> QuerySet[LocalVersion]:
    rows = LocalVersion.objects.within(agency).in_force(prepared.DAY)
    return rows.select_related("measure", "indicator")


def readers_in_words(version: LocalVersion) -> str:
    return str(LocalReaders(version.readers).label)
