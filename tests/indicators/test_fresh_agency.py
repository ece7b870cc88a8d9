"""An agency in which nobody could have done anything yet is told no reproach."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from accounts.models import Member, StandingKind
from foundation.models import Agency
from groups.actions import open_group
from groups.models import GroupKind
from indicators.engine import evaluate
from indicators.models import Status
from indicators.registry import registered

DAY = timedelta(days=1)


def statuses(agency: Agency, *, days_ago: int = 0) -> dict[str, Status]:
    found = evaluate([agency.pk], agency.today() - days_ago * DAY)[agency.pk]
    return {code: result.status for code, result in found.items()}


def test_without_anybody_nothing_is_to_be_acted_on(agency: Agency) -> None:
    assert set(statuses(agency).values()) <= {Status.NO_DATA, Status.MET}


def test_with_a_consumer_a_plan_and_a_dialogue_are_missed(
    agency: Agency, enter: Callable[..., Member]
) -> None:
    enter("Rosa", StandingKind.PRIMARY_CONSUMER)
    found = statuses(agency)
    assert (found["compensation"], found["dialogues"]) == (Status.NOT_MET, Status.NOT_MET)


def test_a_dialogue_that_was_begun_is_missed_without_a_session(
    agency: Agency, administrator: Member
) -> None:
    on = agency.today()
    open_group(agency, kind=GroupKind.DIALOGUE, name="Evenings", by=administrator, on=on)
    assert statuses(agency)["dialogues"] == Status.NOT_MET


def test_days_before_the_agency_began_are_no_data(
    agency: Agency, enter: Callable[..., Member]
) -> None:
    enter("Rosa", StandingKind.PRIMARY_CONSUMER)
    assert statuses(agency, days_ago=200)["compensation"] == Status.NOT_MET
    Agency.objects.filter(pk=agency.pk).update(opened=timezone.now() - 100 * DAY)
    before = statuses(agency, days_ago=200)
    assert before == dict.fromkeys((each.code for each in registered()), Status.NO_DATA)
