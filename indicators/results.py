"""Results: from verdicts to statuses, and to JSON and back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from indicators.models import IndicatorStatus
from indicators.registry import (
    Criterion,
    DaysSince,
    Evidence,
    Indicator,
    Number,
    Outcome,
    Param,
    Settings,
    Verdict,
)


@dataclass(frozen=True)
class JudgedCriterion:
    """A criterion's outcome, and whether it is at risk."""

    code: str
    outcome: Outcome
    at_risk: bool = False


def judge(criterion: Criterion, outcome: Outcome, on: date, settings: Settings) -> JudgedCriterion:
    """At risk: the outcome lapses within the criterion's window from that day, or is watched."""
    lapses = outcome.lapses
    soon = lapses is not None and lapses <= on + timedelta(days=criterion.warning(settings))
    at_risk = outcome.verdict is Verdict.PASS and (outcome.watched or soon)
    return JudgedCriterion(criterion.code, outcome, at_risk)


def status_of(judged: Iterable[JudgedCriterion]) -> IndicatorStatus:
    """Not met if any fails; else no data if any has none; else at risk if any is; else met."""
    verdicts = [(each.outcome.verdict, each.at_risk) for each in judged]
    if any(verdict is Verdict.FAIL for verdict, _ in verdicts):
        return IndicatorStatus.NOT_MET
    if not verdicts or any(verdict is Verdict.NO_DATA for verdict, _ in verdicts):
        return IndicatorStatus.NO_DATA
    if any(at_risk for _, at_risk in verdicts):
        return IndicatorStatus.AT_RISK
    return IndicatorStatus.MET


@dataclass(frozen=True)
class IndicatorResult:
    """One indicator of one agency on one day."""

    indicator: Indicator
    on: date
    judged: tuple[JudgedCriterion, ...]
    settings: Settings

    @property
    def status(self) -> IndicatorStatus:
        return status_of(self.judged)

    @property
    def value(self) -> Number | None:
        """The headline criterion's value; without a headline, how many criteria hold."""
        if self.indicator.headline:
            return self._headline.value
        return sum(each.outcome.verdict is Verdict.PASS for each in self.judged)

    @property
    def goal(self) -> Number | None:
        return self._headline.goal if self.indicator.headline else len(self.judged)

    @property
    def _headline(self) -> Outcome:
        return next(e.outcome for e in self.judged if e.code == self.indicator.headline)

    def stored(self) -> dict[str, Any]:
        """The fields of a snapshot."""
        return {
            "status": self.status.value,
            "value": _two_places(self.value),
            "goal": _two_places(self.goal),
            "criteria": [lasting(each) for each in self.judged],
            "settings": dict(self.settings),
        }


def _two_places(number: Number | None) -> Decimal | None:
    return None if number is None else Decimal(number).quantize(Decimal("0.01"))


def packed(judged: JudgedCriterion) -> dict[str, Any]:
    """A judged criterion as JSON: codes, numbers, dates and ids."""
    outcome = judged.outcome
    return {
        "code": judged.code,
        "verdict": outcome.verdict.value,
        "at_risk": judged.at_risk,
        "message": outcome.message,
        "params": {name: _packed_param(value) for name, value in outcome.params.items()},
        "value": None if outcome.value is None else str(outcome.value),
        "goal": None if outcome.goal is None else str(outcome.goal),
        "evidence": [
            [each.subject_type, each.subject_id, *([True] if each.small else [])]
            for each in outcome.evidence
        ],
        "lapses": outcome.lapses.isoformat() if outcome.lapses else None,
    }


def lasting(judged: JudgedCriterion) -> dict[str, Any]:
    """As `packed`, but days that only pass are kept as the day they count from."""
    outcome, found = judged.outcome, packed(judged)
    found["params"] |= {
        name: _from_day(value)
        for name, value in outcome.params.items()
        if isinstance(value, DaysSince)
    }
    if isinstance(outcome.value, DaysSince):
        found["value"] = _from_day(outcome.value)
    return found


def _from_day(days: DaysSince) -> dict[str, str]:
    return {"since": days.since.isoformat()}


def unpacked(stored: Mapping[str, Any], on: date) -> JudgedCriterion:
    """Read the judged criterion that `packed` or `lasting` wrote; `on`: until when days count."""
    return JudgedCriterion(
        stored["code"],
        Outcome(
            verdict=Verdict(stored["verdict"]),
            message=stored["message"],
            params={name: _unpacked_param(value, on) for name, value in stored["params"].items()},
            value=_unpacked_value(stored["value"], on),
            goal=None if stored["goal"] is None else Decimal(stored["goal"]),
            evidence=tuple(Evidence(*each) for each in stored["evidence"]),
            lapses=date.fromisoformat(stored["lapses"]) if stored["lapses"] else None,
        ),
        stored["at_risk"],
    )


def _packed_param(value: Param) -> Any:
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Decimal):
        return {"number": str(value)}
    return int(value) if isinstance(value, DaysSince) else value


def _unpacked_value(value: Any, on: date) -> Number | None:
    if value is None:
        return None
    if isinstance(value, dict):
        return DaysSince(date.fromisoformat(value["since"]), on)
    return Decimal(value)


def _unpacked_param(value: Any, on: date) -> Param:
    if isinstance(value, dict):
        if "since" in value:
            return DaysSince(date.fromisoformat(value["since"]), on)
        if "date" in value:
            return date.fromisoformat(value["date"])
        return Decimal(value["number"])
    return value  # type: ignore[no-any-return]
