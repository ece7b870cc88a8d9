"""A member's choice counts by the day of service; a wrong tap destroys nothing."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Member
from compensation.choosing import actions as choosing
from compensation.claims import actions as claiming
from compensation.claims import rules
from compensation.claims.models import Claim, ClaimStatus
from compensation.ledger.models import Entry
from compensation.offers.models import Election
from compensation.payments import actions as paying
from compensation.plan.models import PlanVersion
from compensation.policies import OFFERED_AGAIN, TAKE_BACK
from foundation.addresses import at
from foundation.models import Agency
from groups.actions import plan_meeting
from groups.models import Group, Meeting
from notifications import waiting as waiting_kinds
from notifications.waiting import waiting as what_waits
from tests.compensation.conftest import attend
from tests.conftest import Login
from tests.days import days_on


@pytest.fixture
def waiting(
    plan: PlanVersion, meeting: Meeting, administrator: Member, consumer: Member, agency: Agency
) -> Claim:
    """Two hours of a consumer who has not chosen yet."""
    attend(meeting, administrator, {consumer: "2.00"})
    return Claim.objects.within(agency).get(member=consumer)


def owed(agency: Agency) -> Decimal:
    entries = Entry.objects.within(agency).filter(account="payable")
    return sum((entry.credit - entry.debit for entry in entries), Decimal(0))


def test_no_says_on_its_page_what_it_will_do_before_it_does_it(
    waiting: Claim, consumer: Member, agency: Agency, login: Login
) -> None:
    client = login(consumer)
    sent = {"submission": uuid4(), "choice": "decline"}
    answer = client.post(at(agency, "compensation:choose"), sent)
    assert answer["Location"] == at(agency, "compensation:decline")
    assert not Election.objects.within(agency).exists()
    page = client.get(answer["Location"]).content.decode()
    assert "$40.00" in page
    client.post(answer["Location"], {"submission": uuid4(), "earned": "keep"})
    waiting.refresh_from_db()
    assert waiting.status == ClaimStatus.EARNED


def test_a_wrong_tap_on_no_destroys_nothing(
    waiting: Claim, consumer: Member, agency: Agency
) -> None:
    choosing.elect(consumer, choice="decline", on=agency.today())
    waiting.refresh_from_db()
    assert waiting.status == ClaimStatus.EARNED


@pytest.mark.parametrize("state", ["waiting", "earned", "approved"])
def test_what_was_given_up_comes_back_within_the_days_to_take_it_back(
    state: str, waiting: Claim, consumer: Member, approver: Member, agency: Agency
) -> None:
    today = agency.today()
    if state != "waiting":
        choosing.elect(consumer, choice="accept", on=today)
    if state == "approved":
        waiting.refresh_from_db()
        claiming.approve([waiting], by=approver, on=today)
    choosing.elect(consumer, choice="decline", on=today, gives_up_earned=True)
    waiting.refresh_from_db()
    assert waiting.status == ClaimStatus.WAIVED
    assert owed(agency) == 0
    last = today + TAKE_BACK.span(agency, today)
    choosing.elect(consumer, choice="accept", on=last)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.comes_back_until, waiting.clock_since) == (
        ClaimStatus.EARNED,
        None,
        last,
    )


def test_after_the_days_to_take_it_back_it_stays_given_up(
    waiting: Claim, consumer: Member, agency: Agency
) -> None:
    today = agency.today()
    choosing.elect(consumer, choice="decline", on=today, gives_up_earned=True)
    late = today + TAKE_BACK.span(agency, today) + timedelta(days=1)
    choosing.elect(consumer, choice="accept", on=late)
    waiting.refresh_from_db()
    assert waiting.status == ClaimStatus.WAIVED


def test_my_payments_never_says_paid_beside_no_payment_without_the_day(
    earned: Claim, consumer: Member, approver: Member, payer: Member, agency: Agency, login: Login
) -> None:
    today = agency.today()
    choosing.elect(consumer, choice="decline", on=today)
    claiming.approve([earned], by=approver, on=today)
    earned.refresh_from_db()
    paying.pay([earned], by=payer, paid_on=today, method="cash")
    page = login(consumer).get(at(agency, "compensation:my_payments")).content.decode()
    assert "What you earned before that day is yours" in page


def test_what_was_given_up_is_never_paid(
    earned: Claim, consumer: Member, approver: Member, payer: Member, agency: Agency
) -> None:
    today = agency.today()
    claiming.approve([earned], by=approver, on=today)
    choosing.elect(consumer, choice="decline", on=today, gives_up_earned=True)
    earned.refresh_from_db()
    with pytest.raises(Exception, match="does not wait"):
        paying.pay([earned], by=payer, paid_on=today, method="cash")


def test_an_election_works_by_the_day_of_service(
    plan: PlanVersion,
    council: Group,
    administrator: Member,
    consumer: Member,
    agency: Agency,
) -> None:
    """A meeting held before a decline and recorded after it is paid; one after it is not."""
    before, now = timezone.now(), timezone.now() + timedelta(days=3)
    choosing.elect(consumer, choice="accept", on=agency.today())
    early = plan_meeting(council, starts_at=before, by=administrator)
    with time_machine.travel(now):
        late = plan_meeting(council, starts_at=now, by=administrator)
        choosing.elect(consumer, choice="decline", on=agency.today())
        for meeting in (early, late):
            attend(meeting, administrator, {consumer: "1.00"})
    claims = Claim.objects.within(agency).filter(member=consumer).order_by("service_on")
    assert [claim.status for claim in claims] == [ClaimStatus.EARNED, ClaimStatus.WAIVED]


def test_giving_up_again_after_a_correction_keeps_the_line_in_the_members_hand(
    waiting: Claim, meeting: Meeting, administrator: Member, consumer: Member, agency: Agency
) -> None:
    choosing.elect(consumer, choice="decline", on=agency.today(), gives_up_earned=True)
    attend(meeting, administrator, {consumer: "1.00"})
    waiting.refresh_from_db()
    assert (waiting.status, waiting.amount) == (ClaimStatus.WAIVED, Decimal("20.00"))
    assert rules.given_up(consumer, agency.today()).get() == waiting


def test_a_page_about_no_is_not_for_somebody_without_an_offer(
    consumer: Member, agency: Agency, login: Login
) -> None:
    for name in ("decline", "donate"):
        assert login(consumer).get(at(agency, f"compensation:{name}")).status_code == 403


def titles(member: Member, code: str) -> list[str]:
    kinds = [kind for kind in waiting_kinds._kinds.values() if kind.code == code]
    return [each.title for each in what_waits(member, member.agency.today(), kinds)]


@pytest.mark.parametrize(("choice", "asked"), [("decline", True), ("accept", False)])
def test_whoever_said_no_is_asked_again_after_the_set_time(
    choice: str,
    asked: bool,
    plan: PlanVersion,
    council: Group,
    consumer: Member,
    administrator: Member,
    agency: Agency,
) -> None:
    choosing.elect(consumer, choice=choice, on=agency.today())
    days = OFFERED_AGAIN.value(agency, agency.today())
    with time_machine.travel(days_on(days - 1), tick=True):
        assert titles(consumer, "payment.choice_again") == []
    with time_machine.travel(days_on(days), tick=True):
        assert bool(titles(consumer, "payment.choice_again")) is asked
        assert titles(administrator, "payment.choice_again") == []
        choosing.elect(consumer, choice="decline", on=agency.today())
        assert titles(consumer, "payment.choice_again") == []


@pytest.mark.parametrize("choice", ["decline", "accept"])
def test_people_on_paper_are_all_asked_again_so_that_no_list_tells_who_said_no(
    choice: str,
    plan: PlanVersion,
    council: Group,
    consumer: Member,
    facilitator: Member,
    agency: Agency,
) -> None:
    today = agency.today()
    Member.objects.within(agency).filter(pk=consumer.pk).update(user=None)
    paper = Member.objects.within(agency).get(pk=consumer.pk)
    paper.agency = agency
    choosing.elect(
        paper, choice=choice, on=today, by=facilitator, agreed_how="signed", agreed_on=today
    )
    assert titles(facilitator, "payment.choice_for_again") == []
    days = OFFERED_AGAIN.value(agency, today)
    with time_machine.travel(days_on(days), tick=True):
        assert len(titles(facilitator, "payment.choice_for_again")) == 1
