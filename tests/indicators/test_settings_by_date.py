from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Member
from accounts.permissions import Role
from foundation import policies
from foundation.models import Agency, Event, PolicyChange
from foundation.policies import PolicyValue
from foundation.refusals import Refused
from indicators import actions
from indicators.engine import evaluate
from indicators.models import IndicatorStatus
from tests.conftest import Enter
from tests.indicators.conftest import LEAST, Trial


def change(by: Member, since: date, value: PolicyValue = 30, code: str = "least") -> PolicyChange:
    return actions.change_policy(
        f"membership.{code}",
        value=value,
        since=since,
        reason="The committee asked for it.",
        by=by,
    )


def least(agency: Agency, on: date) -> int:
    return LEAST.value(agency, on)


def test_a_setting_counts_from_its_day_on_and_not_before(
    trial: Trial, agency: Agency, administrator: Member, today: date
) -> None:
    soon = today + timedelta(days=7)
    change(administrator, soon)
    assert least(agency, today) == 20
    assert least(agency, soon - timedelta(days=1)) == 20
    assert least(agency, soon) == 30


def test_history_is_never_rewritten_by_a_change(
    trial: Trial, agency: Agency, administrator: Member, today: date
) -> None:
    trial.share.shares = {today - timedelta(days=90): 25}
    change(administrator, today)
    yesterday = today - timedelta(days=1)
    assert evaluate([agency.pk], yesterday)[agency.pk]["membership"].status is IndicatorStatus.MET
    assert evaluate([agency.pk], today)[agency.pk]["membership"].status is IndicatorStatus.NOT_MET


def test_of_two_changes_for_one_day_the_later_one_counts(
    trial: Trial, agency: Agency, administrator: Member, today: date
) -> None:
    change(administrator, today, 40)
    change(administrator, today, 35)
    assert least(agency, today) == 35


def test_a_change_never_begins_in_the_past(
    trial: Trial, administrator: Member, today: date
) -> None:
    with pytest.raises(ValidationError) as refused:
        change(administrator, today - timedelta(days=1))
    assert "since" in refused.value.error_dict


def test_today_is_the_agencys_own_today(
    trial: Trial, agency: Agency, administrator: Member, today: date
) -> None:
    late = datetime.combine(today, time(23, 30), agency.zone)
    assert late.astimezone(UTC).date() > today
    with time_machine.travel(late, tick=False):
        change(administrator, today)
        with pytest.raises(ValidationError):
            change(administrator, today - timedelta(days=1))


def test_the_database_too_refuses_a_backdated_change(
    trial: Trial, agency: Agency, administrator: Member, today: date
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyChange.objects.within(agency).create(
            code="membership.least",
            value=1,
            since=today - timedelta(days=1),
            made_on=today,
            reason="Because.",
            by=administrator,
        )


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("least", 4),
        ("least", 91),
        ("least", -1),
        ("least", "20"),
        ("least", True),
        ("least", 2.5),
        ("least", None),
        ("basis", "sideways"),
        ("basis", 1),
        ("peers", 1),
        ("peers", "yes"),
    ],
)
def test_a_setting_takes_only_values_of_its_kind_and_size(
    trial: Trial, administrator: Member, today: date, code: str, value: PolicyValue
) -> None:
    with pytest.raises(ValidationError) as refused:
        change(administrator, today, value, code)
    assert "value" in refused.value.error_dict


def test_a_change_says_why(trial: Trial, administrator: Member, today: date) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.change_policy(
            "membership.least",
            value=30,
            since=today,
            reason="  ",
            by=administrator,
        )
    assert "reason" in refused.value.error_dict


def test_a_setting_that_does_not_exist_is_not_found(
    trial: Trial, administrator: Member, today: date
) -> None:
    with pytest.raises(LookupError):
        change(administrator, today, code="nonsense")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_change_settings(
    trial: Trial, enter: Enter, today: date, role: Role
) -> None:
    with pytest.raises(Refused):
        change(enter("Somebody", roles=(role,)), today)


def test_a_change_is_recorded_without_its_words(
    trial: Trial, agency: Agency, administrator: Member, today: date
) -> None:
    change(administrator, today)
    event = Event.objects.within(agency).filter(name="policy.changed").get()
    assert event.data == {"policy": "membership.least"}


def test_a_kept_value_that_is_no_longer_allowed_gives_way_to_the_default(
    trial: Trial, agency: Agency, administrator: Member, today: date
) -> None:
    PolicyChange.objects.within(agency).create(
        code="membership.least",
        value="many",
        since=today,
        made_on=today,
        reason="An earlier release took it.",
        by=administrator,
    )
    assert least(agency, today) == 20


def test_the_settings_of_one_agency_are_not_those_of_another(
    trial: Trial, agency: Agency, other_agency: Agency, administrator: Member, today: date
) -> None:
    change(administrator, today)
    found = policies.in_force([agency.pk, other_agency.pk], today)
    assert found[agency.pk].number(LEAST) == 30
    assert found[other_agency.pk].number(LEAST) == 20
