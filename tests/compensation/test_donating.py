"""Donating is off by default, goes to the agency's list, and is clearly labeled."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Member
from compensation.choosing import actions as choosing
from compensation.claims import actions as claiming
from compensation.claims.models import Claim, ClaimStatus
from compensation.offers import actions as offering
from compensation.offers.models import Organization
from compensation.payments import actions as paying
from compensation.payments.counsel import counsel
from compensation.plan.models import PlanVersion
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups.models import Meeting
from notifications.models import Message
from tests.compensation.conftest import attend
from tests.conftest import Login


@pytest.fixture
def pantry(administrator: Member, agency: Agency) -> Organization:
    return offering.list_organization(
        name="Harbor Food Pantry", by=administrator, on=agency.today()
    )


@pytest.fixture
def donated(
    pantry: Organization,
    plan: PlanVersion,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    approver: Member,
    agency: Agency,
) -> Claim:
    """Two hours that go to the pantry, approved."""
    choosing.elect(consumer, choice="donate", organization=pantry, on=agency.today())
    attend(meeting, administrator, {consumer: "2.00"})
    claim = Claim.objects.within(agency).get(member=consumer)
    claiming.approve([claim], by=approver, on=agency.today())
    claim.refresh_from_db()
    return claim


def test_donating_is_off_while_the_list_is_empty(
    plan: PlanVersion, meeting: Meeting, consumer: Member, agency: Agency, login: Login
) -> None:
    client = login(consumer)
    page = client.get(at(agency, "compensation:choose")).content.decode()
    assert 'value="donate"' not in page
    sent = {"submission": uuid4(), "choice": "donate"}
    assert client.post(at(agency, "compensation:choose"), sent).status_code == 422
    with pytest.raises(ValidationError):
        choosing.elect(consumer, choice="donate", on=agency.today())


def test_only_administrators_keep_the_list(
    consumer: Member, payer: Member, administrator: Member, agency: Agency, login: Login
) -> None:
    url = at(agency, "compensation:organizations")
    for person in (consumer, payer):
        assert login(person).get(url).status_code == 403
        with pytest.raises(Refused):
            offering.list_organization(name="Mine", by=person, on=agency.today())
    answer = login(administrator).post(url, {"submission": uuid4(), "name": "Harbor Food Pantry"})
    assert answer.status_code == 302
    assert Organization.objects.within(agency).count() == 1


@pytest.mark.parametrize("name", ["Riverside Behavioral Health", "riverside behavioral health inc"])
def test_the_agency_is_not_on_its_own_list(
    name: str, administrator: Member, agency: Agency
) -> None:
    with pytest.raises(ValidationError, match="agency itself"):
        offering.list_organization(name=name, by=administrator, on=agency.today())


def test_the_payer_sees_where_it_goes_before_paying_and_the_donor_that_they_donated(
    donated: Claim, consumer: Member, payer: Member, agency: Agency, login: Login
) -> None:
    page = login(payer).get(at(agency, "compensation:to_pay")).content.decode()
    assert "pay it to Harbor Food Pantry" in page
    (payment,) = paying.pay([donated], by=payer, paid_on=agency.today(), method="check")
    assert payment.donated_to == donated.donate_to
    told = Message.objects.within(agency).filter(member=consumer).values_list("code", flat=True)
    assert "payment.donated" in told
    assert "payment.paid" not in told
    for name in ("compensation:my_payments", "home_of"):
        page = login(consumer).get(at(agency, name)).content.decode()
        assert "Harbor Food Pantry" in page
        assert "You were paid" not in page


def test_the_page_where_it_is_chosen_says_that_it_counts_for_tax_and_benefits(
    pantry: Organization,
    plan: PlanVersion,
    meeting: Meeting,
    consumer: Member,
    agency: Agency,
    login: Login,
) -> None:
    page = login(consumer).get(at(agency, "compensation:donate")).content.decode()
    assert "It counts for taxes and for benefits" in page


def test_what_is_donated_counts_for_tax_and_benefits(
    donated: Claim, consumer: Member, payer: Member, agency: Agency
) -> None:
    paying.pay([donated], by=payer, paid_on=agency.today(), method="check")
    found = counsel(consumer, agency.today())
    this = found.this
    assert (this.worth, this.donated, this.received) == (Decimal(40), Decimal(40), Decimal(0))


def test_what_was_earned_before_stays_the_members_own(
    earned: Claim, pantry: Organization, consumer: Member, agency: Agency
) -> None:
    choosing.elect(consumer, choice="donate", organization=pantry, on=agency.today())
    earned.refresh_from_db()
    assert earned.donate_to is None


def test_what_has_not_left_comes_to_the_member_who_wants_to_be_paid(
    donated: Claim, consumer: Member, payer: Member, agency: Agency
) -> None:
    stale = Claim.objects.within(agency).get(pk=donated.pk)
    choosing.elect(consumer, choice="accept", on=agency.today())
    with pytest.raises(ValidationError, match="has changed"):
        paying.pay([stale], by=payer, paid_on=agency.today(), method="check")
    donated.refresh_from_db()
    (payment,) = paying.pay([donated], by=payer, paid_on=agency.today(), method="check")
    assert payment.donated_to is None


def test_own_pay_and_donations_of_one_member_are_two_payments(
    donated: Claim,
    consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
) -> None:
    cost = claiming.claim_cost(
        member=consumer,
        amount=Decimal(5),
        on=agency.today(),
        what_for="Bus",
        no_receipt="Lost",
        by=consumer,
    )
    claiming.approve([cost], by=approver, on=agency.today())
    lines = Claim.objects.within(agency).filter(member=consumer)
    paid = paying.pay(lines, by=payer, paid_on=agency.today(), method="check")
    assert {(row.donated_to_id, row.amount) for row in paid} == {
        (donated.donate_to_id, Decimal(40)),
        (None, Decimal(5)),
    }


def test_an_organization_that_is_taken_off_is_chosen_anew(
    donated: Claim, pantry: Organization, administrator: Member, consumer: Member, agency: Agency
) -> None:
    offering.take_off_organization(pantry, by=administrator, on=agency.today())
    told = Message.objects.within(agency).filter(member=consumer, code="payment.choose_again")
    assert told.count() == 1
    donated.refresh_from_db()
    assert (donated.status, donated.donate_to) == (ClaimStatus.APPROVED, pantry)


def test_the_page_knows_to_whom_one_donates_already(
    donated: Claim, consumer: Member, agency: Agency, login: Login
) -> None:
    page = login(consumer).get(at(agency, "compensation:donate")).content.decode()
    assert page.count('type="radio"') == page.count(" checked") == 1
