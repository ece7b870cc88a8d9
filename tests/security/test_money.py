"""Money under pressure: simultaneous acts, corrections in between, acts by its owners."""

import csv
import io
import threading
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from time import sleep

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import AccessLog, Member, StandingKind
from accounts.permissions import Role
from compensation.choosing import actions as choosing
from compensation.claims import actions as claiming
from compensation.claims.models import Claim, ClaimStatus
from compensation.payments import actions as paying
from compensation.payments.models import Payment
from compensation.plan.models import PlanVersion
from foundation import tenancy
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from foundation.refusals import Refused
from groups.actions import plan_meeting
from groups.models import Group, Meeting
from tests.accounts.answers import send
from tests.compensation.conftest import attend, council, earned, meeting, plan
from tests.conftest import Enter, Login

__all__ = ["council", "earned", "meeting", "plan"]

CAP = Decimal("50.00")


@pytest.fixture
def second_meeting(council: Group, administrator: Member, meeting: Meeting) -> Meeting:
    return plan_meeting(council, starts_at=meeting.starts_at, by=administrator)


def together(agency: Agency, *doing: Callable[[], object]) -> list[object]:
    """Do these at the same moment; what each returned or raised."""
    barrier = threading.Barrier(len(doing))
    outcomes: list[object] = []

    def run(do: Callable[[], object]) -> None:
        try:
            with tenancy.entering(agency):
                barrier.wait(10)
                outcomes.append(do())
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(do,)) for do in doing]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_two_meetings_of_a_day_written_down_at_once_stay_under_its_cap(
    plan: PlanVersion,
    meeting: Meeting,
    second_meeting: Meeting,
    administrator: Member,
    consumer: Member,
    agency: Agency,
) -> None:
    written = threading.Event()

    def first() -> None:
        with transaction.atomic():
            attend(meeting, administrator, {consumer: "2.00"})
            written.set()
            sleep(1)

    def second() -> None:
        written.wait(10)
        attend(second_meeting, administrator, {consumer: "2.00"})

    assert together(agency, first, second) == [None, None]
    amounts = Claim.objects.within(agency).values_list("amount", flat=True)
    assert sum(amounts) == CAP


@pytest.mark.django_db(transaction=True)
def test_a_choice_made_while_the_attendance_is_written_down_is_not_lost(
    plan: PlanVersion, meeting: Meeting, administrator: Member, consumer: Member, agency: Agency
) -> None:
    written = threading.Event()

    def write() -> None:
        with transaction.atomic():
            attend(meeting, administrator, {consumer: "2.00"})
            written.set()
            sleep(1)

    def choose() -> None:
        written.wait(10)
        choosing.elect(consumer, choice="accept", on=agency.today())

    assert together(agency, write, choose) == [None, None]
    assert Claim.objects.within(agency).get().status == ClaimStatus.EARNED


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_or_pay_at_once_do_it_once(
    earned: Claim, approver: Member, payer: Member, enter: Enter, agency: Agency
) -> None:
    today = agency.today()
    other_approver = enter("Abe", roles=(Role.APPROVER,))
    other_payer = enter("Pat", roles=(Role.PAYER,))
    outcomes = together(
        agency,
        *(
            lambda by=by: claiming.approve([earned], by=by, on=today)
            for by in (approver, other_approver)
        ),
    )
    assert sum(isinstance(each, Refused) for each in outcomes) == 1
    outcomes = together(
        agency,
        *(
            lambda by=by: paying.pay([earned], by=by, paid_on=today, method="check")
            for by in (payer, other_payer)
        ),
    )
    assert sum(isinstance(each, Refused) for each in outcomes) == 1
    assert Payment.objects.within(agency).count() == 1


def test_what_a_correction_frees_of_the_cap_goes_to_the_days_other_line(
    plan: PlanVersion,
    meeting: Meeting,
    second_meeting: Meeting,
    administrator: Member,
    consumer: Member,
    agency: Agency,
) -> None:
    attend(meeting, administrator, {consumer: "2.50"})
    attend(second_meeting, administrator, {consumer: "2.00"})
    attend(meeting, administrator, {consumer: "1.00"})
    amounts = Claim.objects.within(agency).order_by("amount").values_list("amount", flat=True)
    assert list(amounts) == [Decimal("20.00"), Decimal("30.00")]


def test_a_correction_after_the_approval_counts_once_the_approval_is_taken_back(
    earned: Claim,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    approver: Member,
    agency: Agency,
) -> None:
    today = agency.today()
    claiming.approve([earned], by=approver, on=today)
    attend(meeting, administrator, {consumer: "1.00"})
    assert Claim.objects.within(agency).get(kind="pay").amount == Decimal("40.00")
    claiming.undo_approval(earned, by=approver, on=today)
    assert Claim.objects.within(agency).get(kind="pay").amount == Decimal("20.00")


@pytest.fixture
def both(enter: Enter) -> Member:
    """Somebody who takes part, and both approves and pays for others."""
    return enter("Bo", StandingKind.OTHER, roles=(Role.APPROVER, Role.PAYER))


@pytest.fixture
def owed_to_both(both: Member, approver: Member, agency: Agency) -> Claim:
    claim = claiming.claim_cost(
        member=both,
        amount=Decimal(9),
        on=agency.today(),
        what_for="A bus ticket",
        no_receipt="Lost",
        by=both,
    )
    return claiming.approve([claim], by=approver, on=agency.today())[0]


@pytest.mark.promise("three")
def test_nobody_takes_back_the_approval_of_their_own_line(
    owed_to_both: Claim, both: Member, agency: Agency, login: Login
) -> None:
    with pytest.raises(Refused):
        claiming.undo_approval(owed_to_both, by=both, on=agency.today())
    url = at(agency, "compensation:undo_approval", pk=owed_to_both.pk)
    assert send(login(both), url).status_code == 403


@pytest.mark.promise("three")
def test_nobody_undoes_a_payment_to_themselves(
    owed_to_both: Claim, both: Member, payer: Member, agency: Agency, login: Login
) -> None:
    (payment,) = paying.pay([owed_to_both], by=payer, paid_on=agency.today(), method="cash")
    with pytest.raises(Refused):
        paying.reverse(payment, reason="Again, please", by=both, on=agency.today())
    client = login(both)
    assert "Undo" not in client.get(at(agency, "compensation:paid")).content.decode()
    url = at(agency, "compensation:reverse", pk=payment.pk)
    assert send(client, url, reason="Again, please").status_code == 403


@pytest.mark.parametrize("year", ["²", "0", "99999999", "-1", "x", "\x00", "10000"])
def test_a_year_that_is_none_gives_an_empty_ledger(
    year: str, earned: Claim, approver: Member, agency: Agency, login: Login
) -> None:
    claiming.approve([earned], by=approver, on=agency.today())
    answer = login(approver).get(at(agency, "compensation:ledger_csv"), {"year": year})
    assert answer.status_code == 200
    assert answer.getvalue().decode().count("\n") == 1


def test_whoever_downloads_the_ledger_has_looked_at_everybody_in_it(
    earned: Claim, approver: Member, consumer: Member, agency: Agency, login: Login
) -> None:
    claiming.approve([earned], by=approver, on=agency.today())
    answer = login(approver).get(at(agency, "compensation:ledger_csv"))
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))
    assert {row["member"] for row in rows} == {code_of(consumer)}
    assert AccessLog.objects.within(agency).filter(about=consumer, reader=approver).exists()


def test_a_line_that_changed_since_it_was_shown_is_not_approved_unseen(
    earned: Claim,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    approver: Member,
    agency: Agency,
    login: Login,
) -> None:
    client, url = login(approver), at(agency, "compensation:payments")
    page = client.get(url).content.decode()
    assert f'name="lines_{code_of(consumer)}" value="{code_of(earned)}=*40.00"' in page
    attend(meeting, administrator, {consumer: "2.50"})
    for step in ("review", "confirm"):
        sent = {f"lines_{code_of(consumer)}": f"{code_of(earned)}=*40.00", "step": step}
        answer = send(client, url, people=[code_of(consumer)], **sent)
        assert answer.status_code == 422
        assert "it is $50.00 now" in answer.content.decode()
    assert Claim.objects.within(agency).get().status == ClaimStatus.EARNED


def test_a_day_far_away_is_no_day_of_payment(
    earned: Claim, approver: Member, payer: Member, agency: Agency
) -> None:
    today = agency.today()
    claiming.approve([earned], by=approver, on=today)
    for day in (today - timedelta(days=1), timezone.now().date() + timedelta(days=400)):
        with pytest.raises(Exception, match="day"):
            paying.pay([earned], by=payer, paid_on=day, method="check")
