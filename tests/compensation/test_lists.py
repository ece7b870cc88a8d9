"""The lists of money state their true totals, and ticks survive paging."""

import re
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from accounts.actions import grant_role
from accounts.models import Member
from accounts.permissions import Role
from compensation.claims import actions
from compensation.claims.models import Claim, ClaimStatus
from compensation.claims.ticking import PER_PAGE
from compensation.payments.models import Payment
from compensation.plan.models import PlanVersion
from foundation import keys
from foundation.addresses import at
from foundation.models import Agency
from tests.conftest import Enter, Login, assert_budget

PAGES = 2 * PER_PAGE + 20


def copies(claim: Claim, count: int) -> None:
    """This many more lines like this one, without history rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO compensation_claim (agency_id, member_id, kind, status, service_on,"
            " amount, what_for, clock_since, due_on, returned_reason)"
            " SELECT agency_id, member_id, kind, status, service_on, amount,"
            " what_for || ' ' || n, clock_since, due_on, '' FROM compensation_claim,"
            " generate_series(1, %s) AS n WHERE id = %s",
            [count, claim.pk],
        )


@pytest.fixture
def many(plan: PlanVersion, consumer: Member, agency: Agency) -> list[Claim]:
    """Two full pages of costs, and a third."""
    one = actions.claim_cost(
        member=consumer, amount=Decimal("12.50"), on=agency.today(), what_for="Bus", by=consumer
    )
    copies(one, PAGES - 1)
    return list(Claim.objects.within(agency).order_by("due_on", "pk"))


def boxes(page: str) -> set[int | None]:
    found = re.findall(r'name="claims" value="([\w-]+)"', page)
    return {keys.key("claim", each) for each in found}


def fields(page: str) -> dict[str, object]:
    """What this page's form would send, with its ticks as drawn."""
    stamps = re.findall(r'name="(amount_[\w-]+)" value="([^"]*)"', page)
    ticked = re.findall(r'name="claims" value="([\w-]+)" id="[^"]*" checked', page)
    hidden = re.findall(r'<input type="hidden" name="(kept|page|step)" value="([^"]*)"', page)
    return {**dict(stamps), **dict(hidden), "claims": ticked, "submission": uuid4()}


def opened(client: Client, url: str, **sent: object) -> str:
    answer = client.post(url, sent) if sent else client.get(url)
    assert answer.status_code == 200, answer.context["form"].errors
    return answer.content.decode()


def test_the_totals_are_of_the_whole_list(
    many: list[Claim], approver: Member, agency: Agency, login: Login
) -> None:
    page = opened(login(approver), at(agency, "compensation:payments"))
    assert f"{PAGES} lines, $1,500.00 in all" in page
    assert len(boxes(page)) == PER_PAGE


def test_ticks_travel_over_the_pages_and_are_reviewed_before_anything_is_done(
    many: list[Claim], approver: Member, agency: Agency, login: Login
) -> None:
    client, url = login(approver), at(agency, "compensation:payments")
    first = fields(opened(client, url))
    assert isinstance(first["claims"], list)
    left_out = first["claims"].pop(0)
    second = fields(opened(client, url, **first, go="2"))
    assert len(second["claims"]) == PER_PAGE  # type: ignore[arg-type]
    again = opened(client, url, **second, go="1")
    assert f'value="{left_out}" id' in again
    back = fields(again)
    assert left_out not in back["claims"]  # type: ignore[operator]
    review = opened(client, url, **back, step="review")
    assert f"{2 * PER_PAGE - 1} lines" in review
    assert not Claim.objects.within(agency).filter(status=ClaimStatus.APPROVED).exists()
    sent = fields(review)
    assert client.post(url, sent).status_code == 302
    assert client.post(url, sent).status_code != 500
    approved = Claim.objects.within(agency).filter(status=ClaimStatus.APPROVED)
    assert approved.count() == 2 * PER_PAGE - 1
    assert left_out not in map(keys.code_of, approved)


def test_all_lines_are_reviewed_at_once(
    many: list[Claim], approver: Member, agency: Agency, login: Login
) -> None:
    client, url = login(approver), at(agency, "compensation:payments")
    review = opened(client, url, **fields(opened(client, url)), step="all")
    assert f"{PAGES} lines, $1,500.00 in all" in review


def test_a_line_that_changed_on_another_page_is_not_approved_unseen(
    many: list[Claim], approver: Member, consumer: Member, agency: Agency, login: Login
) -> None:
    client, url = login(approver), at(agency, "compensation:payments")
    second = fields(opened(client, url, **fields(opened(client, url)), go="2"))
    line = many[0]
    actions.send_back(line, reason="Which bus?", by=approver)
    actions.claim_cost_again(line, amount=Decimal(99), what_for="Bus", by=consumer)
    answer = client.post(url, {**second, "step": "review"})
    assert answer.status_code == 422
    assert not Claim.objects.within(agency).filter(status=ClaimStatus.APPROVED).exists()


def test_a_payer_who_approved_the_oldest_lines_still_pays_the_others(
    many: list[Claim],
    approver: Member,
    payer: Member,
    administrator: Member,
    agency: Agency,
    login: Login,
) -> None:
    grant_role(payer, role=Role.APPROVER, since=agency.today(), by=administrator)
    both = Member.objects.within(agency).get(pk=payer.pk)
    both.agency = agency
    actions.approve(many[:60], by=both, on=agency.today())
    actions.approve(many[60:70], by=approver, on=agency.today())
    page = opened(login(both), at(agency, "compensation:to_pay"))
    assert boxes(page) == {claim.pk for claim in many[60:70]}
    assert "You can pay 10 of them, $125.00" in page


def test_payments_over_several_pages_are_recorded_after_a_review(
    many: list[Claim], approver: Member, payer: Member, agency: Agency, login: Login
) -> None:
    actions.approve(many, by=approver, on=agency.today())
    client, url = login(payer), at(agency, "compensation:to_pay")
    review = opened(client, url, **fields(opened(client, url)), step="all")
    sent = fields(review)
    assert client.post(url, sent).status_code == 422
    sent |= {"submission": uuid4(), "paid_on": agency.today().isoformat(), "method": "cash"}
    assert client.post(url, {**sent, "reference": ""}).status_code == 302
    payment = Payment.objects.within(agency).get()
    assert payment.amount == Decimal("1500.00")


def test_a_list_of_many_pages_asks_as_much_as_a_short_one(
    many: list[Claim], approver: Member, payer: Member, agency: Agency, login: Login, enter: Enter
) -> None:
    url = at(agency, "compensation:payments")
    few = assert_budget(login(approver), url, 12)
    copies(many[0], 500)
    assert assert_budget(login(approver), url, 12) == few


@pytest.mark.parametrize(
    "kept", ["x", "1=", "=5", "1=1=1", "99999999999999999999=1", "CODE=-,CODE", "CODE="]
)
def test_ticks_that_are_none_are_told(
    kept: str, many: list[Claim], approver: Member, agency: Agency, login: Login
) -> None:
    url = at(agency, "compensation:payments")
    sent = {
        "submission": uuid4(),
        "kept": kept.replace("CODE", keys.code_of(many[0])),
        "step": "review",
    }
    assert login(approver).post(url, sent).status_code == 422
