"""The lists of money state their true totals, and ticks survive paging."""

import re
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions import grant_role
from accounts.models import Member
from accounts.permissions import Role
from compensation.claims import actions
from compensation.claims.models import Claim, ClaimStatus
from compensation.payments.actions import pay
from compensation.plan.models import PlanVersion
from foundation import keys
from foundation.addresses import at
from foundation.models import Agency
from foundation.paging import PER_PAGE
from foundation.presenting import written
from tests.conftest import Login, assert_budget

# Two full pages of people, and a third.
PEOPLE = 2 * PER_PAGE + 10


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


def crowd(one: Claim, count: int) -> list[Claim]:
    """This many further people with a line like this one each; all lines, by name."""
    begin = Member.objects.within(one.agency).count()
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH people AS (INSERT INTO accounts_member"
            " (agency_id, name, display_name, language, email_level, contact, since)"
            " SELECT agency_id, 'Person ' || lpad(n::text, 4, '0'), 'Person ' || n, language,"
            " email_level, '', since FROM accounts_member, generate_series(%s, %s) AS n"
            " WHERE id = %s RETURNING id)"
            " INSERT INTO compensation_claim (agency_id, member_id, kind, status, service_on,"
            " amount, what_for, clock_since, due_on, returned_reason)"
            " SELECT agency_id, people.id, kind, status, service_on, amount, what_for, clock_since,"
            " due_on, '' FROM compensation_claim, people WHERE compensation_claim.id = %s",
            [begin, begin + count - 1, one.member_id, one.pk],
        )
    return list(Claim.objects.within(one.agency).order_by("member__full_name", "pk"))


def cost(member: Member, amount: str | int) -> Claim:
    return actions.claim_cost(
        member=member,
        amount=Decimal(amount),
        on=member.agency.today(),
        what_for="Bus",
        no_receipt="Lost",
        by=member,
    )


@pytest.fixture
def one(plan: PlanVersion, consumer: Member, agency: Agency) -> Claim:
    return cost(consumer, "12.50")


@pytest.fixture
def many(one: Claim) -> list[Claim]:
    """One line each of two full pages of people, and a third."""
    return crowd(one, PEOPLE - 1)


def people(page: str) -> list[str]:
    return re.findall(r'name="people" value="([\w.-]+)"', page)


def lines(page: str) -> set[int | None]:
    """The lines that can be ticked on this page."""
    stamps = ",".join(re.findall(r'name="lines_[\w.-]+" value="([^"]*)"', page))
    return {keys.key("claim", part.partition("=")[0]) for part in stamps.split(",")}


def fields(page: str) -> dict[str, object]:
    """What this page's form would send, as it is drawn."""
    stamps = re.findall(r'name="(lines_[\w.-]+)" value="([^"]*)"', page)
    hidden = re.findall(r'<input type="hidden" name="(kept|page|rest)" value="([^"]*)"', page)
    typed = re.findall(r'name="(reference_[\w.-]+)"(?: value="([^"]*)")?', page)
    ticked = {
        name: re.findall(rf'name="{name}" value="([\w.-]+)" id="[^"]*" checked', page)
        for name in ("people", "claims")
    }
    return {**dict(stamps), **dict(hidden), **dict(typed), **ticked, "submission": uuid4()}


def opened(client: Client, url: str, **sent: object) -> str:
    answer = client.post(url, sent) if sent else client.get(url)
    assert answer.status_code == 200, answer.context["form"].errors
    return answer.content.decode()


def confirmed(client: Client, url: str, **typed: object) -> None:
    """Review what the first page ticks, and confirm it with this."""
    review = opened(client, url, **fields(opened(client, url)), step="review")
    answer = client.post(url, {**fields(review), **typed, "step": "confirm"})
    assert answer.status_code == 302, answer.content.decode()


def test_the_totals_are_of_the_whole_list(
    many: list[Claim], approver: Member, agency: Agency, login: Login
) -> None:
    page = opened(login(approver), at(agency, "compensation:payments"))
    assert f"{PEOPLE} people" in page
    assert f"{PEOPLE} lines, $750.00 in all" in page
    assert len(people(page)) == PER_PAGE


def test_ticks_travel_over_the_pages_and_are_reviewed_before_anything_is_done(
    many: list[Claim], approver: Member, agency: Agency, login: Login
) -> None:
    client, url = login(approver), at(agency, "compensation:payments")
    first = fields(opened(client, url))
    assert isinstance(first["people"], list)
    left_out = first["people"].pop(0)
    second = fields(opened(client, url, **first, go="2"))
    assert len(second["people"]) == PER_PAGE  # type: ignore[arg-type]
    again = opened(client, url, **second, go="1")
    assert left_out in people(again)
    back = fields(again)
    assert left_out not in back["people"]  # type: ignore[operator]
    review = opened(client, url, **back, step="review")
    assert f"{2 * PER_PAGE - 1} lines, $612.50 in all" in review
    # Going back from the review keeps what was ticked.
    listed = opened(client, url, **fields(review), step="back")
    assert left_out not in fields(listed)["people"]  # type: ignore[operator]
    assert f"{PER_PAGE} lines are ticked on other pages" in listed
    assert not Claim.objects.within(agency).filter(status=ClaimStatus.APPROVED).exists()
    sent = {**fields(review), "step": "confirm"}
    assert client.post(url, sent).status_code == 302
    assert client.post(url, sent).status_code == 302
    approved = Claim.objects.within(agency).filter(status=ClaimStatus.APPROVED)
    assert approved.count() == 2 * PER_PAGE - 1
    assert left_out not in {keys.code("member", each.member_id) for each in approved}


@pytest.mark.parametrize(
    ("choose", "then", "count"),
    [
        ("page", "", PER_PAGE),
        ("all", "", PEOPLE),
        ("none", "page", PER_PAGE),
        ("none", "all", PEOPLE),
    ],
)
def test_a_page_or_the_whole_list_is_ticked_without_scripts(
    choose: str,
    then: str,
    count: int,
    many: list[Claim],
    approver: Member,
    agency: Agency,
    login: Login,
) -> None:
    client, url = login(approver), at(agency, "compensation:payments")
    page = opened(client, url, **{**fields(opened(client, url)), "people": []}, choose=choose)
    if choose == "none":
        assert fields(page)["people"] == []
        # What was not seen yet stays unticked, too.
        assert fields(opened(client, url, **fields(page), go="2"))["people"] == []
        assert client.post(url, {**fields(page), "step": "review"}).status_code == 422
        page = opened(client, url, **fields(page), choose=then)
    assert f"{count} lines," in opened(client, url, **fields(page), step="review")


def test_all_lines_are_reviewed_at_once(
    many: list[Claim], approver: Member, agency: Agency, login: Login
) -> None:
    client, url = login(approver), at(agency, "compensation:payments")
    review = opened(client, url, **fields(opened(client, url)), step="all")
    assert f"{PEOPLE} lines, $750.00 in all" in review


def test_a_person_with_several_lines_has_one_row_and_each_line_can_be_left_out(
    one: Claim, approver: Member, agency: Agency, login: Login
) -> None:
    copies(one, 2)
    client, url = login(approver), at(agency, "compensation:payments")
    page = opened(client, url)
    assert people(page) == [keys.code("member", one.member_id)]
    assert "$37.50" in page
    sent = fields(page)
    assert isinstance(sent["claims"], list)
    assert len(sent["claims"]) == 3
    left_out = sent["claims"].pop()
    # Shown again, the row is open: not all of it is ticked.
    again = opened(client, url, **sent, go="1")
    assert '<details class="govuk-details app-payee__lines" open>' in again
    assert left_out not in fields(again)["claims"]  # type: ignore[operator]
    assert "2 lines, $25.00 in all" in opened(client, url, **fields(again), step="review")


def test_of_very_many_lines_of_one_person_some_are_drawn_and_all_go_with_the_person(
    one: Claim, second_consumer: Member, approver: Member, agency: Agency, login: Login
) -> None:
    copies(one, 99)
    copies(cost(second_consumer, 1), 1)
    client, url = login(approver), at(agency, "compensation:payments")
    page = opened(client, url)
    assert "80 more lines are not shown here" in page
    assert "102 lines, $1,252.00 in all" in opened(client, url, **fields(page), step="review")
    alone = opened(client, f"{url}?name=Rosa")
    assert "not shown here" not in alone
    assert len(fields(alone)["claims"]) == 100  # type: ignore[arg-type]


def test_a_queue_is_narrowed_to_names_kinds_groups_and_what_is_late(
    earned: Claim,
    one: Claim,
    second_consumer: Member,
    approver: Member,
    agency: Agency,
    login: Login,
) -> None:
    late = actions.claim_cost(
        member=second_consumer,
        amount=Decimal(7),
        on=agency.today(),
        what_for="Bus",
        no_receipt="Lost",
        by=second_consumer,
    )
    due = agency.today() - timedelta(days=3)
    Claim.objects.within(agency).filter(pk=late.pk).update(due_on=due)
    client, url = login(approver), at(agency, "compensation:payments")
    assert earned.attendance is not None
    group = keys.code("group", earned.attendance.meeting.group_id)
    for asked, found in {
        "": {earned.pk, one.pk, late.pk},
        "name=sam": {late.pk},
        "kind=pay": {earned.pk},
        "kind=reimbursement": {one.pk, late.pk},
        f"group={group}": {earned.pk},
        "late=on": {late.pk},
        "kind=pay&late=on": set(),
        "kind=nothing&group=1": {earned.pk, one.pk, late.pk},
    }.items():
        page = client.get(f"{url}?{asked}").content.decode()
        assert lines(page) - {None} == found, asked
        if found:
            step = opened(client, f"{url}?{asked}", **fields(page), step="all")
            assert f"{len(found)} line" in step
    assert f"Late since {due:%B} {due.day}, {due.year}" in client.get(url).content.decode()


def test_a_line_that_changed_on_another_page_is_not_approved_unseen(
    many: list[Claim], approver: Member, agency: Agency, login: Login
) -> None:
    client, url = login(approver), at(agency, "compensation:payments")
    second = fields(opened(client, url, **fields(opened(client, url)), go="2"))
    changed, gone = many[0], many[1]
    Claim.objects.within(agency).filter(pk=changed.pk).update(amount=99)
    actions.refuse(gone, reason="Twice", by=approver)
    answer = client.post(url, {**second, "step": "review"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f"{changed.member.full_name}, " in page
    assert "it is $99.00 now" in page
    assert "left out, since it no longer waits" in page
    assert not Claim.objects.within(agency).filter(status=ClaimStatus.APPROVED).exists()
    # What is below is how it is now, and can be confirmed.
    assert client.post(url, {**fields(page), "step": "confirm"}).status_code == 302
    approved = Claim.objects.within(agency).filter(status=ClaimStatus.APPROVED)
    assert approved.count() == 2 * PER_PAGE - 1


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
    actions.approve(many[:40], by=both, on=agency.today())
    actions.approve(many[40:50], by=approver, on=agency.today())
    page = opened(login(both), at(agency, "compensation:to_pay"))
    assert lines(page) == {claim.pk for claim in many[40:50]}
    assert "You can pay 10 of them, $125.00" in page


def test_a_list_of_many_pages_asks_as_much_as_a_short_one(
    one: Claim, approver: Member, payer: Member, agency: Agency, login: Login
) -> None:
    urls = {at(agency, "compensation:payments"): approver, at(agency, "compensation:to_pay"): payer}

    def asked() -> list[int]:
        listed = [assert_budget(login(member), url, 15) for url, member in urls.items()]
        return [*listed, *(reviewed(login(member), url) for url, member in urls.items())]

    def reviewed(client: Client, url: str) -> int:
        sent = fields(opened(client, url))
        with CaptureQueriesContext(connection) as queries:
            opened(client, url, **sent, step="all")
        assert len(queries) <= 15, [query["sql"][:90] for query in queries]
        return len(queries)

    def grow(count: int) -> None:
        new = [each for each in crowd(one, count) if each.status == ClaimStatus.EARNED]
        actions.approve(new[: count // 2], by=approver, on=agency.today())

    grow(4)
    few = asked()
    grow(300)
    assert asked() == few


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
    answer = login(approver).post(url, sent)
    assert answer.status_code == 422
    assert 'href="#id_claims_0"' in answer.content.decode()


def test_a_persons_row_says_how_they_were_paid_last_and_how_old_the_oldest_line_is(
    consumer: Member, approver: Member, payer: Member, agency: Agency, login: Login
) -> None:
    def approved(amount: int) -> list[Claim]:
        return actions.approve([cost(consumer, amount)], by=approver, on=agency.today())

    client, url = login(payer), at(agency, "compensation:to_pay")
    pay(approved(1), by=payer, paid_on=agency.today(), method="gift_card")
    waiting = [*approved(2), *approved(3)]
    oldest = min(each.service_on for each in waiting)
    page = client.get(url).text
    assert f"2 lines, the oldest of {written(oldest)}" in page
    assert "last paid by gift card" in page
    assert "$5.00" in page
