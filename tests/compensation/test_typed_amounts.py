"""Typed amounts: asked back if ambiguous or far from usual."""

from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import Member
from compensation.claims.models import Claim
from compensation.plan.models import PlanVersion
from foundation.addresses import at
from foundation.models import Agency
from tests.conftest import Login
from tests.groups.conftest import send


def claim(client: Client, agency: Agency, **more: str) -> Any:
    url = at(agency, "compensation:claim_cost")
    given = {"what_for": "Bus", "no_receipt": "Lost", "on": agency.today().isoformat()}
    return send(client, url, **given | more)


def test_a_cost_with_a_comma_is_asked_back_and_one_tap_sends_it(
    plan: PlanVersion, agency: Agency, consumer: Member, login: Login
) -> None:
    client, claims = login(consumer), Claim.objects.within(agency)
    asked: HttpResponse = claim(client, agency, amount="12,50")
    assert asked.status_code == 422
    page = asked.content.decode()
    assert "Did you mean $12.50 or $1,250.00?" in page
    assert 'value="Bus"' in page
    assert not claims.exists()
    assert claim(client, agency, amount="12,50", **{"amount-meant": "12.50"}).status_code == 302
    assert claims.get().amount == Decimal("12.50")


def test_the_larger_reading_of_a_cost_is_checked_as_well(
    plan: PlanVersion, agency: Agency, consumer: Member, login: Login
) -> None:
    client = login(consumer)
    asked = claim(client, agency, amount="12,50", **{"amount-meant": "1250.00"})
    assert asked.status_code == 422
    form = asked.context["form"]
    assert form["amount"].value() == "1250.00"
    sure = {form["amount"].check.name: form["amount"].check.value}
    assert claim(client, agency, amount="1250.00", **sure).status_code == 302


@pytest.mark.parametrize("rate", ["5700", "57", "9.50"])
def test_a_rate_far_from_the_plan_in_force_is_checked(
    rate: str, plan: PlanVersion, agency: Agency, administrator: Member, login: Login
) -> None:
    client, url = login(administrator), at(agency, "compensation:draft")
    answer = {"text": "Two.", "hourly_rate": rate, "due_days": "14", "version": "1"}
    asked = send(client, url, **answer)
    assert asked.status_code == 422
    check = asked.context["form"]["hourly_rate"].check
    assert send(client, url, **answer, **{check.name: check.value}).status_code == 302
    near = answer | {"hourly_rate": "30"}
    assert send(client, url, **near).status_code == 302


def test_a_rate_with_a_comma_is_never_five_thousand(
    plan: PlanVersion, agency: Agency, administrator: Member, login: Login
) -> None:
    url = at(agency, "compensation:draft")
    answer = {"text": "Two.", "hourly_rate": "57,00", "due_days": "14", "version": "1"}
    asked = send(login(administrator), url, **answer)
    readings = asked.context["form"]["hourly_rate"].readings
    assert [value for value, _words in readings] == ["57.00", "5700.00"]
    assert PlanVersion.objects.within(agency).count() == 1
