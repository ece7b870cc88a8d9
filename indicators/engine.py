"""Judge agencies on a day, in a number of queries that does not grow with the agencies."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation import once, policies
from foundation.models import Agency
from foundation.policies import PolicyValue
from indicators import registry
from indicators.registry import Criterion, Indicator, Outcome, Settings, Verdict, no_data
from indicators.results import IndicatorResult, JudgedCriterion, judge

# Increase it when the same facts are judged or stored differently, so that all are judged again.
ENGINE = 5

NOTHING = "nothing"
NOTHING_WORDS = _("There is nothing to go by yet.")

type Results = dict[int, dict[str, IndicatorResult]]
type Instead = Mapping[str, PolicyValue]


def evaluate(
    agencies: Sequence[int],
    on: date,
    *,
    indicators: Sequence[Indicator] | None = None,
    instead: Instead | None = None,
) -> Results:
    """Each indicator's result as of `on`, by agency key and indicator code.

    Only facts effective by `on` count, under the settings then in force; `instead` replaces policy
    values (by code), to try them out.
    """
    asked = registry.registered() if indicators is None else tuple(indicators)
    in_force = policies.in_force(agencies, on)
    results: Results = {agency: {} for agency in agencies}
    began = _began(agencies, on)
    with once.together():
        for indicator in asked:
            settings = {
                agency: indicator.judged_by(in_force[agency].instead(instead or {}))
                for agency in agencies
            }
            for agency, judged in _judged(indicator, agencies, on, settings, began).items():
                results[agency][indicator.code] = IndicatorResult(
                    indicator, on, tuple(judged), settings[agency]
                )
    return results


# The first day of each agency, which never changes.
_opened: dict[int, date] = {}


def _began(agencies: Sequence[int], on: date) -> set[int]:
    """Agencies that existed on a day; one query, once for each agency."""
    if on >= timezone.now().date() - timedelta(days=1):
        return set(agencies)
    if unknown := [agency for agency in agencies if agency not in _opened]:
        for each in Agency.objects.filter(pk__in=unknown):
            _opened[each.pk] = each.date_of(each.opened)
    return {agency for agency in agencies if agency in _opened and _opened[agency] <= on}


def _judged(
    indicator: Indicator,
    agencies: Sequence[int],
    on: date,
    settings: Mapping[int, Settings],
    began: Collection[int],
) -> dict[int, list[JudgedCriterion]]:
    judged: dict[int, list[JudgedCriterion]] = {agency: [] for agency in agencies}
    for criterion in indicator.criteria:
        outcomes = criterion.evaluate(agencies, on, settings)
        for agency in agencies:
            outcome = _known(criterion, outcomes.get(agency))
            # Before the agency existed, nobody could have done what is missing.
            if outcome.verdict is Verdict.FAIL and agency not in began:
                outcome = no_data(NOTHING)
            judged[agency].append(judge(criterion, outcome, on, settings[agency]))
    return judged


def _known(criterion: Criterion, outcome: Outcome | None) -> Outcome:
    if outcome is None:
        return no_data(NOTHING)
    if outcome.message not in criterion.messages:
        raise LookupError(f"{criterion.code} has no words for {outcome.message}")
    return outcome
