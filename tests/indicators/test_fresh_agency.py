"""An agency where nobody could have done anything yet is not reproached."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.models import Member, Standing, StandingKind
from foundation.models import Agency
from groups.actions import open_group
from groups.models import GroupKind
from indicators.engine import evaluate
from indicators.models import IndicatorStatus
from indicators.registry import registered

pytestmark = pytest.mark.usefixtures("established")

DAY = timedelta(days=1)


def statuses(agency: Agency, *, days_ago: int = 0) -> dict[str, IndicatorStatus]:
    found = evaluate([agency.pk], agency.today() - days_ago * DAY)[agency.pk]
    return {code: result.status for code, result in found.items()}


def test_without_anybody_nothing_is_to_be_acted_on(agency: Agency) -> None:
    assert set(statuses(agency).values()) <= {IndicatorStatus.NO_DATA, IndicatorStatus.MET}


def test_with_a_consumer_a_plan_and_a_dialogue_are_missed(
    agency: Agency, enter: Callable[..., Member]
) -> None:
    enter("Rosa", StandingKind.PRIMARY_CONSUMER)
    found = statuses(agency)
    assert (found["compensation"], found["dialogues"]) == (
        IndicatorStatus.NOT_MET,
        IndicatorStatus.NOT_MET,
    )


def test_a_dialogue_that_was_begun_is_missed_without_a_session(
    agency: Agency, administrator: Member
) -> None:
    on = agency.today()
    open_group(agency, kind=GroupKind.DIALOGUE, name="Evenings", by=administrator, on=on)
    assert statuses(agency)["dialogues"] == IndicatorStatus.NOT_MET


def test_days_before_the_agency_began_are_no_data(
    agency: Agency, enter: Callable[..., Member]
) -> None:
    rosa = enter("Rosa", StandingKind.PRIMARY_CONSUMER)
    # She used services long before there was anything to take part in.
    Standing.objects.within(agency).filter(member=rosa).update(since=agency.today() - 2000 * DAY)
    assert statuses(agency, days_ago=200)["compensation"] == IndicatorStatus.NOT_MET
    assert statuses(agency, days_ago=999)["compensation"] == IndicatorStatus.NOT_MET
    before = statuses(agency, days_ago=1001)
    assert before == dict.fromkeys((each.code for each in registered()), IndicatorStatus.NO_DATA)
