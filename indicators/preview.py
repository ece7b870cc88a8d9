"""How past months would have been judged under another value of a setting."""

from dataclasses import dataclass
from datetime import date, timedelta

from foundation.models import Agency
from foundation.policies import AnyPolicy, PolicyValue
from indicators.engine import evaluate
from indicators.history import month_start
from indicators.registry import Indicator
from indicators.results import IndicatorResult

PERIODS = 8


@dataclass(frozen=True)
class Period:
    """The end of a month (today for the current one): as judged then, and as it would have been."""

    on: date
    then: IndicatorResult
    tried: IndicatorResult

    @property
    def changes(self) -> bool:
        return self.then.status is not self.tried.status


def preview(
    agency: Agency, indicator: Indicator, policy: AnyPolicy, value: PolicyValue, today: date
) -> list[Period]:
    """The last periods, newest first, judged by the facts known now; writes nothing."""
    instead = {policy.code: value}
    periods = []
    for on in period_ends(today):
        then = evaluate([agency.pk], on, indicators=[indicator])
        tried = evaluate([agency.pk], on, indicators=[indicator], instead=instead)
        periods.append(
            Period(on, then[agency.pk][indicator.code], tried[agency.pk][indicator.code])
        )
    return periods


def period_ends(today: date) -> list[date]:
    """Today and the last days of the months before, newest first."""
    ends = [month_start(today, back) - timedelta(days=1) for back in range(PERIODS - 1)]
    return [today, *ends]
