"""How indicators are shown during an agency's founding, when some are not judged yet.

What is evaluated and stored stays the same. The state is one of display, derived from the agency's
first day: so it is right for any day, past or frozen, and needs no recomputation on its last one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.founding import Founding, FoundingDay
from indicators.history import HistoryPoint
from indicators.models import FOUNDING, IndicatorStatus
from indicators.registry import Indicator, Verdict
from indicators.results import JudgedCriterion, status_of


def day_of(indicator: Indicator, founding: Founding, on: date) -> FoundingDay | None:
    """The day of the founding, if the indicator is not judged then."""
    return founding.day(on) if indicator.after_founding else None


def shown(indicator: Indicator, founding: Founding, on: date, status: str) -> str:
    """The status as pages show it for that day."""
    return status if day_of(indicator, founding, on) is None else FOUNDING


def label(status: str, day: FoundingDay | None = None) -> str:
    """The words of a status as shown."""
    if status == FOUNDING:
        return str(day) if day is not None else _("Founding")
    return str(IndicatorStatus(status).label)


def points_shown(
    indicator: Indicator, founding: Founding, points: Iterable[HistoryPoint]
) -> list[HistoryPoint]:
    """The months with their statuses as shown."""
    return [
        replace(point, status=shown(indicator, founding, point.day, point.status))
        for point in points
    ]


def since(founding: Founding, indicator: Indicator, status_since: date, on: date) -> date | None:
    """Since when it is shown like this: no earlier than the founding was over."""
    if not indicator.after_founding or status_since > founding.last:
        return status_since
    return None if founding.day(on) is not None else founding.over


def told_ahead(founding: Founding, judged: Sequence[JudgedCriterion], *, told: bool) -> str:
    """What follows the founding if nothing changes.

    `told`: whether the reader may see which parts run out, since those can point at a person.
    """
    days = {
        "last": date_format(founding.last, "F j, Y"),
        "over": date_format(founding.over, "F j, Y"),
    }
    then = status_of(_then(each, founding.over) for each in judged)
    if not told and status_of(judged) is not IndicatorStatus.NOT_MET:
        return (
            _(
                "The founding ends on %(last)s. From %(over)s on, this indicator is judged "
                "like the others."
            )
            % days
        )
    return _(
        "The founding ends on %(last)s. If nothing changes, this indicator says “%(status)s” "
        "from %(over)s on."
    ) % {**days, "status": then.label}


def _then(judged: JudgedCriterion, on: date) -> JudgedCriterion:
    """The criterion on a later day, by what is known now."""
    outcome = judged.outcome
    if outcome.verdict is Verdict.PASS and outcome.lapses is not None and outcome.lapses <= on:
        return replace(judged, outcome=replace(outcome, verdict=Verdict.FAIL))
    return judged
