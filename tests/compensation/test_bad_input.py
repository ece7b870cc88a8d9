"""Bad input in forms about one line, payment or version is explained and writes nothing."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import Member
from compensation.claims import actions as claiming
from compensation.claims.models import Claim
from compensation.ledger.models import Posting
from compensation.payments import actions as paying
from compensation.payments.models import Payment
from compensation.plan import actions as planning
from compensation.plan.models import PlanVersion
from compensation.same_day import actions as same_day
from devtools import ratified
from foundation.addresses import at
from foundation.models import Agency, Event
from groups.actions import plan_meeting
from groups.models import Group
from tests.conftest import Login

pytestmark = pytest.mark.usefixtures("established")

FILLINGS: list[dict[str, str]] = [
    {},
    {"reason": " ", "amount": "", "what_for": "", "on": "", "text": "", "version": ""},
    {
        "reason": "x" * 100_000,
        "amount": "-1",
        "what_for": "x" * 5000,
        "on": "2026-02-31",
        "text": "\x00",
        "hourly_rate": "NaN",
        "daily_cap": "1e99",
        "due_days": "0",
        "version": "one",
    },
]


@pytest.fixture
def cost(consumer: Member, agency: Agency, plan: PlanVersion) -> Claim:
    return claiming.claim_cost(
        member=consumer,
        amount=Decimal("3.50"),
        on=agency.today(),
        what_for="Bus",
        no_receipt="Lost",
        by=consumer,
    )


@pytest.fixture
def forms(
    earned: Claim,
    cost: Claim,
    council: Group,
    agency: Agency,
    administrator: Member,
    approver: Member,
    payer: Member,
) -> list[tuple[str, Member, int]]:
    claiming.approve([earned], by=approver, on=agency.today())
    (payment,) = paying.pay([earned], by=payer, paid_on=agency.today(), method="cash")
    version = planning.draft(
        text="Two.", hourly_rate=Decimal(25), daily_cap=None, due_days=14, by=administrator
    )
    agreed = planning.draft(
        text="Three.", hourly_rate=Decimal(25), daily_cap=None, due_days=14, by=administrator
    )
    ratified.ratify(agreed, by=administrator)
    to_come = plan_meeting(council, starts_at=timezone.now(), by=administrator)
    fund = same_day.pre_approve(
        to_come,
        people_most=2,
        each_most=Decimal(5),
        total=Decimal(10),
        reason="Far.",
        by=approver,
    )
    return [
        ("fund_take_out", payer, fund.pk),
        ("send_back", approver, cost.pk),
        ("reverse", payer, payment.pk),
        ("edit", administrator, version.pk),
        ("adopt", administrator, agreed.pk),
    ]


def written(agency: Agency) -> list[int]:
    return [
        model.objects.within(agency).count()
        for model in (Claim, Payment, PlanVersion, Posting, Event)
    ]


@pytest.mark.parametrize("filling", FILLINGS)
def test_bad_input_is_told_and_writes_nothing(
    filling: dict[str, str],
    forms: list[tuple[str, Member, int]],
    agency: Agency,
    login: Login,
) -> None:
    before = written(agency)
    for name, member, pk in forms:
        sent = {"submission": str(uuid4()), **filling}
        answer = login(member).post(at(agency, f"compensation:{name}", pk=pk), sent)
        assert answer.status_code == 422, name
        assert "Error:" in answer.content.decode(), name
    assert written(agency) == before


@pytest.mark.parametrize("filling", FILLINGS)
def test_a_question_about_a_cost_is_answered_properly_or_not_at_all(
    filling: dict[str, str],
    cost: Claim,
    approver: Member,
    consumer: Member,
    agency: Agency,
    login: Login,
) -> None:
    claiming.send_back(cost, reason="Which bus?", by=approver)
    before = written(agency)
    url = at(agency, "compensation:claim_again", pk=cost.pk)
    answer = login(consumer).post(url, {"submission": str(uuid4()), **filling})
    assert answer.status_code == 422
    assert written(agency) == before


@pytest.mark.parametrize(
    "name",
    [
        *("send_back", "undo_approval", "reverse", "edit", "adopt", "claim_again"),
        *("fund_take_out", "fund_count_back", "fund_confirm", "fund_withdraw", "fund_tick_off"),
    ],
)
@pytest.mark.parametrize("person", ["consumer", "approver", "payer", "administrator"])
def test_what_is_not_there_is_not_found_or_refused(
    name: str, person: str, agency: Agency, login: Login, request: pytest.FixtureRequest
) -> None:
    client = login(request.getfixturevalue(person))
    url = at(agency, f"compensation:{name}", pk=10**9)
    for answer in (client.get(url), client.post(url, {"submission": str(uuid4())})):
        assert answer.status_code in {403, 404}
    assert client.get(at(agency, "compensation:plan")).status_code == 200


def test_a_plan_is_not_adopted_for_a_day_that_is_past(
    administrator: Member, agency: Agency, long_ago: object, login: Login
) -> None:
    version = planning.draft(
        text="One.", hourly_rate=Decimal(20), daily_cap=None, due_days=14, by=administrator
    )
    ratified.ratify(version, by=administrator)
    answer = login(administrator).post(
        at(agency, "compensation:adopt", pk=version.pk),
        {"submission": str(uuid4()), "on": str(long_ago)},
    )
    assert answer.status_code == 422
    assert "today or a later day" in answer.content.decode()
