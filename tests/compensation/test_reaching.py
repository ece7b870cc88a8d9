"""Earned money stays reachable: on paper, as a guest, after leaving."""

import re
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.actions import end_membership, enter_member, erase
from accounts.models import Member, StandingKind
from compensation.choosing import actions as choosing
from compensation.claims import actions as claiming
from compensation.claims.models import Claim, ClaimStatus
from compensation.offers import tasks
from compensation.offers.models import Election, Offer
from compensation.payments import actions as paying
from compensation.plan import actions as planning
from compensation.plan.models import PlanVersion
from devtools import ratified
from devtools.seating import seat
from foundation import tenancy
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups.models import Group, Meeting
from notifications.waiting import waiting
from tests.compensation.conftest import attend
from tests.conftest import Login
from tests.days import days_on

pytestmark = pytest.mark.usefixtures("established")


@pytest.fixture
def on_paper(administrator: Member, agency: Agency) -> Member:
    """A consumer who has no account."""
    return enter_member(
        by=administrator,
        name="Pat Example",
        display_name="Pat",
        since=agency.today() - timedelta(days=40),
        standings=(StandingKind.PRIMARY_CONSUMER,),
    )


def test_a_guest_can_choose_about_the_pay_for_one_evening(
    plan: PlanVersion,
    meeting: Meeting,
    administrator: Member,
    second_consumer: Member,
    agency: Agency,
    login: Login,
) -> None:
    attend(meeting, administrator, {second_consumer: "1.00"})
    assert Offer.objects.within(agency).filter(member=second_consumer).exists()
    url = at(agency, "compensation:choose")
    sent = {"submission": uuid4(), "choice": "accept"}
    assert login(second_consumer).post(url, sent).status_code == 302
    claim = Claim.objects.within(agency).get(member=second_consumer)
    assert claim.status == ClaimStatus.EARNED


def test_a_person_on_paper_is_asked_and_somebody_writes_it_down(
    plan: PlanVersion,
    meeting: Meeting,
    administrator: Member,
    facilitator: Member,
    on_paper: Member,
    agency: Agency,
    login: Login,
) -> None:
    attend(meeting, administrator, {on_paper: "1.00"})
    url = at(agency, "compensation:choose_for", pk=on_paper.pk)
    assert url in [each.url for each in waiting(facilitator, agency.today())]
    client = login(facilitator)
    assert client.post(url, {"submission": uuid4(), "choice": "accept"}).status_code == 422
    sent = {
        "submission": uuid4(),
        "choice": "accept",
        "agreed_how": "signed",
        "agreed_on": agency.today().isoformat(),
    }
    assert client.post(url, sent).status_code == 302
    election = Election.objects.within(agency).get(member=on_paper)
    assert (election.entered_by, election.agreed_how) == (facilitator, "signed")
    assert Claim.objects.within(agency).get(member=on_paper).status == ClaimStatus.EARNED
    assert url not in [each.url for each in waiting(facilitator, agency.today())]


def test_what_a_person_on_paper_chose_is_not_shown_to_who_writes_it_down(
    plan: PlanVersion,
    meeting: Meeting,
    administrator: Member,
    facilitator: Member,
    on_paper: Member,
    agency: Agency,
    login: Login,
) -> None:
    attend(meeting, administrator, {on_paper: "1.00"})
    url = at(agency, "compensation:choose_for", pk=on_paper.pk)
    before = login(facilitator).get(url).content.decode()
    choosing.elect(
        on_paper,
        choice="decline",
        on=agency.today(),
        by=administrator,
        agreed_how="spoken",
        agreed_on=agency.today(),
    )
    after = login(facilitator).get(url).content.decode()
    assert before.count("checked") == after.count("checked") == 0


def test_nobody_chooses_for_somebody_who_can_do_it(
    plan: PlanVersion,
    council: Group,
    consumer: Member,
    facilitator: Member,
    payer: Member,
    on_paper: Member,
    administrator: Member,
    agency: Agency,
    login: Login,
) -> None:

    def choose(member: Member, by: Member) -> None:
        today = agency.today()
        choosing.elect(
            member, choice="accept", on=today, by=by, agreed_how="signed", agreed_on=today
        )

    with pytest.raises(Refused):
        choose(consumer, facilitator)
    url = at(agency, "compensation:choose_for", pk=consumer.pk)
    assert login(facilitator).get(url).status_code == 403
    seat(council, on_paper, since=agency.today(), by=administrator)
    with pytest.raises(Refused):
        choose(on_paper, payer)


def test_a_choice_for_another_has_their_agreement_in_the_database_too(
    plan: PlanVersion,
    council: Group,
    on_paper: Member,
    administrator: Member,
    agency: Agency,
) -> None:
    seat(council, on_paper, since=agency.today(), by=administrator)
    with pytest.raises(IntegrityError, match="entered_with_agreement"), transaction.atomic():
        choosing.elect(on_paper, choice="accept", on=agency.today(), by=administrator)


def test_a_plan_that_starts_later_makes_its_offers_when_its_day_has_come(
    administrator: Member, council: Group, consumer: Member, agency: Agency
) -> None:
    version = planning.draft(
        text="Later.", hourly_rate=Decimal(20), daily_cap=None, due_days=14, by=administrator
    )
    ratified.adopt(version, on=agency.today() + timedelta(days=7), by=administrator)
    with tenancy.entering(None):
        assert tasks.due() == []
    with time_machine.travel(days_on(8)), tenancy.entering(None):
        assert tasks.due() == [agency.pk]
        tasks.offer(agency.pk)
        tasks.offer(agency.pk)
        assert tasks.due() == []
    assert [made.member for made in Offer.objects.within(agency)] == [consumer]


def test_who_leaves_is_still_paid_and_those_who_pay_see_that_they_left(
    earned: Claim,
    consumer: Member,
    administrator: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
    login: Login,
) -> None:
    url = at(agency, "accounts:end_membership", pk=consumer.pk)
    page = login(administrator).get(url).content.decode()
    assert "still paid to them" in page
    end_membership(consumer, on=agency.today(), by=administrator)
    page = login(approver).get(at(agency, "compensation:payments")).content.decode()
    assert "has left the program" in page
    claiming.approve([earned], by=approver, on=agency.today())
    earned.refresh_from_db()
    (payment,) = paying.pay([earned], by=payer, paid_on=agency.today(), method="check")
    assert payment.amount == Decimal("40.00")


def test_who_left_before_choosing_is_asked_and_it_is_written_down(
    plan: PlanVersion,
    meeting: Meeting,
    administrator: Member,
    facilitator: Member,
    consumer: Member,
    agency: Agency,
) -> None:
    attend(meeting, administrator, {consumer: "1.00"})
    end_membership(consumer, on=agency.today(), by=administrator)
    url = at(agency, "compensation:choose_for", pk=consumer.pk)
    assert url in [each.url for each in waiting(facilitator, agency.today())]
    gone = Member.objects.within(agency).get(pk=consumer.pk)
    gone.agency = agency
    choosing.elect(
        gone,
        choice="accept",
        on=agency.today(),
        by=facilitator,
        agreed_how="spoken",
        agreed_on=agency.today(),
    )
    assert Claim.objects.within(agency).get().status == ClaimStatus.EARNED


def test_nobody_is_erased_while_they_are_owed_money(
    earned: Claim,
    consumer: Member,
    administrator: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
) -> None:
    with pytest.raises(Refused, match="not settled"):
        erase(consumer, by=administrator)
    claiming.approve([earned], by=approver, on=agency.today())
    earned.refresh_from_db()
    with pytest.raises(Refused, match="not settled"):
        erase(consumer, by=administrator)
    paying.pay([earned], by=payer, paid_on=agency.today(), method="check")
    erase(consumer, by=administrator)


@pytest.mark.promise("declining")
def test_the_page_of_erasing_does_not_tell_who_declined_pay(
    earned: Claim,
    second_consumer: Member,
    consumer: Member,
    council: Group,
    administrator: Member,
    agency: Agency,
    login: Login,
) -> None:
    """Beforehand, the page is the same for somebody with and without open pay."""
    # How many seats somebody has is no secret.
    seat(council, second_consumer, since=agency.today(), by=administrator)
    pages = []
    for member in (consumer, second_consumer):
        url = at(agency, "accounts:erase", pk=member.pk)
        answer = login(administrator).get(url)
        page = answer.content.decode()
        main = page[page.index("<main") : page.index("</main")]
        words = re.sub(r'(value|href)="[^"]*"', "", main)
        pages.append((answer.status_code, words.replace(str(member), "")))
    assert pages[0] == pages[1]


def test_an_election_needs_an_offer(
    second_consumer: Member, plan: PlanVersion, agency: Agency
) -> None:
    with pytest.raises(ValidationError):
        choosing.elect(second_consumer, choice="accept", on=agency.today())
