from datetime import date, timedelta
from itertools import product

import pytest

from foundation.models import Agency
from foundation.policies import Policy, Unit
from indicators import registry
from indicators.engine import evaluate
from indicators.models import IndicatorStatus
from indicators.registry import Indicator, Outcome, Settings, Verdict, passed
from indicators.results import JudgedCriterion, judge, packed, status_of, unpacked
from tests.indicators.conftest import Held, Trial

HOLDS = JudgedCriterion("a", Outcome(Verdict.PASS, "m"))
LAPSES = JudgedCriterion("b", Outcome(Verdict.PASS, "m"), at_risk=True)
FAILS = JudgedCriterion("c", Outcome(Verdict.FAIL, "m"))
NOTHING = JudgedCriterion("d", Outcome(Verdict.NO_DATA, "m"))


@pytest.mark.parametrize(
    ("judged", "status"),
    [
        ((), IndicatorStatus.NO_DATA),
        ((HOLDS,), IndicatorStatus.MET),
        ((LAPSES,), IndicatorStatus.AT_RISK),
        ((NOTHING,), IndicatorStatus.NO_DATA),
        ((FAILS,), IndicatorStatus.NOT_MET),
        ((HOLDS, LAPSES), IndicatorStatus.AT_RISK),
        ((HOLDS, NOTHING), IndicatorStatus.NO_DATA),
        ((LAPSES, NOTHING), IndicatorStatus.NO_DATA),
        ((HOLDS, FAILS), IndicatorStatus.NOT_MET),
        ((LAPSES, FAILS), IndicatorStatus.NOT_MET),
        ((NOTHING, FAILS), IndicatorStatus.NOT_MET),
        ((HOLDS, LAPSES, NOTHING, FAILS), IndicatorStatus.NOT_MET),
    ],
)
def test_a_failure_outweighs_missing_data_which_outweighs_a_risk(
    judged: tuple[JudgedCriterion, ...], status: IndicatorStatus
) -> None:
    assert status_of(judged) is status


def test_the_order_of_the_criteria_never_matters() -> None:
    kinds = (HOLDS, LAPSES, NOTHING, FAILS)
    for three in product(kinds, repeat=3):
        assert (
            len({status_of(three), status_of(three[::-1]), status_of(sorted(three, key=str))}) == 1
        )


@pytest.mark.parametrize(
    ("age", "status"),
    [
        (0, IndicatorStatus.MET),
        (30, IndicatorStatus.MET),
        (31, IndicatorStatus.AT_RISK),
        (45, IndicatorStatus.AT_RISK),
        (46, IndicatorStatus.NOT_MET),
        (400, IndicatorStatus.NOT_MET),
    ],
)
def test_what_is_held_every_45_days_is_at_risk_from_day_31_and_not_met_from_46(
    trial: Trial, agency: Agency, today: date, age: int, status: IndicatorStatus
) -> None:
    trial.held.days = [today - timedelta(days=age)]
    assert evaluate([agency.pk], today)[agency.pk]["dialogues"].status is status


def test_what_happened_after_the_day_looked_at_does_not_change_it(
    trial: Trial, agency: Agency, today: date
) -> None:
    then = today - timedelta(days=100)
    trial.held.days = [then - timedelta(days=40)]
    before = evaluate([agency.pk], then)[agency.pk]["dialogues"]
    trial.held.days.append(then + timedelta(days=2))
    assert before.status is IndicatorStatus.AT_RISK
    assert evaluate([agency.pk], then)[agency.pk]["dialogues"] == before


def test_the_window_may_come_from_a_setting() -> None:
    WARNED = Policy("dialogues.warned", "Days of warning", Unit.DAYS, 15)  # noqa: N806

    class Warned(Held):
        def warning(self, settings: Settings) -> int:
            return settings.number(WARNED)

    on = date(2026, 5, 1)
    soon = passed("lately", lapses=on + timedelta(days=10))
    assert judge(Warned(), soon, on, Settings({WARNED.code: 10})).at_risk
    assert not judge(Warned(), soon, on, Settings({WARNED.code: 9})).at_risk


def test_an_agency_that_a_criterion_leaves_out_has_no_data(
    trial: Trial, agency: Agency, today: date
) -> None:
    result = evaluate([agency.pk], today)[agency.pk]["dialogues"]
    assert result.status is IndicatorStatus.NO_DATA
    assert result.judged[0].outcome.verdict is Verdict.NO_DATA


def test_every_outcome_survives_the_way_into_json_and_back(
    trial: Trial, agency: Agency, today: date
) -> None:
    trial.held.days = [today - timedelta(days=40)]
    trial.share.shares = {today: 19}
    for result in evaluate([agency.pk], today)[agency.pk].values():
        for judged in result.judged:
            assert packed(unpacked(packed(judged), today)) == packed(judged)


def test_a_number_or_code_is_taken_only_once(trial: Trial) -> None:
    for number, code in ((3, "new"), (9, "membership")):
        with pytest.raises(ValueError, match="is taken by"):
            registry.register(Indicator(number, code, "Title", "Why", (trial.held,)))


def test_the_headline_must_be_one_of_its_criteria(trial: Trial) -> None:
    with pytest.raises(LookupError):
        registry.register(Indicator(9, "new", "Title", "Why", (trial.held,), headline="other"))
