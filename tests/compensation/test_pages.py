"""The pages about money: their readers, their query costs, and bad input."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from accounts.models import AccessLog, Member, StandingKind
from compensation.choosing import actions as choosing
from compensation.claims import actions as claiming
from compensation.claims.models import Claim, ClaimStatus
from compensation.offers.models import Election
from compensation.payments import actions as paying
from compensation.payments.models import Payment
from compensation.plan import actions as planning
from compensation.plan.models import PlanVersion
from devtools.seating import seat
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from groups.actions import open_group, plan_meeting
from groups.models import Group, GroupKind, Meeting
from tests.compensation.conftest import attend
from tests.compensation.test_lists import confirmed, fields, opened
from tests.conftest import Enter, Login, assert_budget


def test_the_whole_way_of_a_stipend_takes_a_list_and_a_review_each(
    plan: PlanVersion,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
    login: Login,
) -> None:
    chose = login(consumer).post(
        at(agency, "compensation:choose"), {"submission": uuid4(), "choice": "accept"}
    )
    assert chose.status_code == 302
    attend(meeting, administrator, {consumer: "2.00"})
    confirmed(login(approver), at(agency, "compensation:payments"))
    day = agency.today().isoformat()
    number = {f"reference_{code_of(consumer)}": "1041"}
    to_pay = at(agency, "compensation:to_pay")
    confirmed(login(payer), to_pay, paid_on=day, method="check", **number)
    claim = Claim.objects.within(agency).get()
    assert claim.status == ClaimStatus.PAID
    assert claim.payment is not None
    assert claim.payment.reference == "1041"
    page = login(consumer).get(at(agency, "compensation:my_payments")).content.decode()
    assert "$40.00" in page
    assert "Paid" in page


def test_what_is_ticked_and_typed_stays_when_something_else_is_missing(
    earned: Claim,
    second_consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
    login: Login,
) -> None:
    second = claiming.claim_cost(
        member=second_consumer,
        amount=Decimal(5),
        on=agency.today(),
        what_for="Bus",
        no_receipt="Lost",
        by=second_consumer,
    )
    claiming.approve([earned, second], by=approver, on=agency.today())
    client, url = login(payer), at(agency, "compensation:to_pay")
    code = code_of(second_consumer)
    sent = {**fields(opened(client, url)), "people": [code]}
    sent = fields(opened(client, url, **sent, step="review"))
    sent |= {f"reference_{code}": "77", "step": "confirm"}
    answer = client.post(url, sent)
    assert answer.status_code == 422
    again = fields(answer.text)
    assert again["kept"] == sent["kept"]
    assert again[f"reference_{code}"] == "77"
    assert not Payment.objects.within(agency).exists()


def test_a_second_click_pays_nothing_twice(
    earned: Claim, approver: Member, payer: Member, agency: Agency, login: Login
) -> None:
    claiming.approve([earned], by=approver, on=agency.today())
    client, url = login(payer), at(agency, "compensation:to_pay")
    sent = fields(opened(client, url, **fields(opened(client, url)), step="review"))
    sent |= {"paid_on": agency.today().isoformat(), "method": "cash", "step": "confirm"}
    done = [client.post(url, sent) for _click in range(2)]
    assert [each.status_code for each in done] == [302, 302]
    assert done[0]["Location"] == done[1]["Location"]
    assert Payment.objects.within(agency).count() == 1


@pytest.mark.parametrize(
    "name", ["payments", "to_pay", "to_pay_csv", "paid", "ledger", "ledger_csv"]
)
@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("consumer", 403),
        ("provider", 403),
        ("facilitator", 403),
        ("committee_chair", 403),
        ("administrator", 403),
        ("approver", 200),
        ("payer", 200),
    ],
)
def test_payments_of_others_are_for_those_who_approve_and_pay(
    name: str,
    person: str,
    status: int,
    agency: Agency,
    login: Login,
    request: pytest.FixtureRequest,
) -> None:
    member = request.getfixturevalue(person)
    assert login(member).get(at(agency, f"compensation:{name}")).status_code == status


@pytest.mark.promise("looks")
def test_who_looked_at_somebodys_payments_is_written_down(
    earned: Claim, approver: Member, consumer: Member, agency: Agency, login: Login
) -> None:
    login(approver).get(at(agency, "compensation:payments"))
    logged = AccessLog.objects.within(agency).filter(about=consumer, what="payments")
    assert [row.reader for row in logged] == [approver]


FORMS: list[tuple[str, str, dict[str, int]]] = [
    ("choose", "consumer", {}),
    ("claim_cost", "consumer", {}),
    ("payments", "approver", {}),
    ("to_pay", "payer", {}),
    ("draft", "administrator", {}),
]


@pytest.mark.parametrize(("name", "person", "kwargs"), FORMS)
@pytest.mark.parametrize(
    "filling",
    [
        {},
        {"choice": "everything", "recipient": "x" * 500, "claims": ["999999"], "amount": "lots"},
        {
            "what_for": "x" * 100_000,
            "amount": "1e400",
            "on": "yesterday",
            "claims": ["one"],
            "hourly_rate": "-3",
            "due_days": "9" * 30,
            "paid_on": "9999-99-99",
            "method": "gold",
            "text": "\x00",
        },
    ],
)
def test_bad_input_gets_a_clear_error_and_writes_nothing(
    name: str,
    person: str,
    kwargs: dict[str, int],
    filling: dict[str, object],
    plan: PlanVersion,
    agency: Agency,
    login: Login,
    request: pytest.FixtureRequest,
) -> None:
    member = request.getfixturevalue(person)
    answer = login(member).post(
        at(agency, f"compensation:{name}", **kwargs), {"submission": uuid4(), **filling}
    )
    assert answer.status_code == 422
    assert "Error:" in answer.content.decode()
    assert not Claim.objects.within(agency).exists()
    assert not Election.objects.within(agency).exists()
    assert PlanVersion.objects.within(agency).count() == 1


def test_a_line_of_another_agency_can_not_be_approved(
    earned: Claim, outsider: Member, approver: Member, agency: Agency, login: Login
) -> None:
    answer = login(approver).post(
        at(agency, "compensation:payments"), {"submission": uuid4(), "claims": [10**9]}
    )
    assert answer.status_code == 422


def test_a_plan_that_was_changed_meanwhile_is_not_overwritten(
    administrator: Member, agency: Agency, login: Login
) -> None:
    version = planning.draft(
        text="One.", hourly_rate=Decimal(20), daily_cap=None, due_days=14, by=administrator
    )
    client = login(administrator)
    url = at(agency, "compensation:edit", pk=version.pk)
    sent = {"text": "Two.", "hourly_rate": "21", "due_days": "14", "version": "1"}
    assert client.post(url, {"submission": uuid4(), **sent}).status_code == 302
    answer = client.post(url, {"submission": uuid4(), **sent, "text": "Three."})
    assert answer.status_code == 422
    version.refresh_from_db()
    assert version.text == "Two."


def many(count: int, enter: Enter, council: Group, administrator: Member, agency: Agency) -> None:
    """This many people with a line each."""
    people = [
        enter(f"Person {council.pk} {n} {uuid4().hex[:6]}", StandingKind.PRIMARY_CONSUMER)
        for n in range(count)
    ]
    for member in people:
        seat(council, member, since=agency.today(), by=administrator)
        choosing.elect(member, choice="accept", on=agency.today())
    meeting = plan_meeting(council, starts_at=timezone.now(), by=administrator)
    attend(meeting, administrator, dict.fromkeys(people, "1.00"))


def test_the_pages_of_money_stay_in_their_budget_whatever_the_rows(
    plan: PlanVersion,
    council: Group,
    administrator: Member,
    consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
    enter: Enter,
    login: Login,
) -> None:
    pages = [
        ("payments", login(approver)),
        ("to_pay", login(payer)),
        ("paid", login(payer)),
        ("my_payments", login(consumer)),
        ("plan", login(consumer)),
    ]

    def grow() -> list[int]:
        many(4, enter, council, administrator, agency)
        claims = list(Claim.objects.within(agency).to_approve())
        claiming.approve(claims[:3], by=approver, on=agency.today())
        paying.pay(claims[:2], by=payer, paid_on=agency.today(), method="cash")
        return [assert_budget(client, at(agency, f"compensation:{name}")) for name, client in pages]

    assert grow() == grow()


def test_an_administrator_asks_the_committee_to_ratify_a_draft(
    plan: PlanVersion, administrator: Member, provider: Member, agency: Agency, login: Login
) -> None:
    draft = planning.draft(
        text="More for each hour.",
        hourly_rate=Decimal("25.00"),
        daily_cap=None,
        due_days=14,
        by=administrator,
    )
    client, page = login(administrator), at(agency, "compensation:plan_version", pk=draft.pk)
    asking = at(agency, "compensation:seek_ratification", pk=draft.pk)
    # Without a committee, nobody is offered to ask one.
    assert asking not in client.get(page).content.decode()
    assert client.post(asking, {"submission": uuid4()}).status_code == 422
    committee = open_group(
        agency,
        kind=GroupKind.COMMITTEE,
        name="Oversight",
        by=administrator,
        on=agency.today(),
    )
    seat(committee, provider, since=agency.today(), by=administrator)
    assert asking in client.get(page).content.decode()
    assert login(provider).get(page).status_code == 404
    assert login(provider).post(asking, {"submission": uuid4()}).status_code == 403
    assert client.post(asking, {"submission": uuid4()})["Location"] == page
    draft.refresh_from_db()
    assert draft.ratification is not None
    assert draft.ratification.group_id == committee.pk
    assert asking not in client.get(page).content.decode()
    # It can't change while they decide; from now on everybody can read it.
    edit = at(agency, "compensation:edit", pk=draft.pk)
    assert client.get(edit).status_code == 403
    assert login(provider).get(page).status_code == 200


def test_on_new_years_day_last_years_sum_is_still_there(
    earned: Claim, consumer: Member, approver: Member, payer: Member, agency: Agency, login: Login
) -> None:
    today, url = agency.today(), at(agency, "compensation:my_payments")
    claiming.approve([earned], by=approver, on=today)
    paying.pay([earned], by=payer, paid_on=today, method="cash")
    assert_budget(login(consumer), url)

    def shown(year: int) -> list[tuple[int, Decimal]]:
        new_year = datetime(year, 1, 1, 12, tzinfo=UTC)
        with time_machine.travel(new_year, tick=False):
            years = login(consumer).get(url).context["counsel"].years
        return [(each.year, each.worth) for each in years]

    assert shown(today.year + 1) == [(today.year + 1, Decimal(0)), (today.year, Decimal(40))]
    assert shown(today.year + 2) == [(today.year + 2, Decimal(0))]


def test_home_tells_who_approves_or_pays_how_much_it_is(
    earned: Claim,
    consumer: Member,
    provider: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
    login: Login,
) -> None:
    """What the reader could do now, and nothing to anybody else."""
    home = at(agency, "home_of")
    whole = f"1 line, ${earned.amount:.2f} in all"
    assert whole in login(approver).get(home).text
    assert whole not in login(payer).get(home).text
    claiming.approve([earned], by=approver, on=agency.today())
    assert whole not in login(approver).get(home).text
    assert whole in login(payer).get(home).text
    for other in (consumer, provider):
        assert "in all" not in login(other).get(home).text
