"""Past days keep their answer, whatever happens to a line later."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from accounts.models import Member
from compensation.choosing import actions as choosing
from compensation.claims import actions as claiming
from compensation.claims.models import Claim, ClaimStatus, Owed
from compensation.payments import actions as paying
from compensation.plan import actions as planning
from devtools import ratified
from foundation.models import Agency
from foundation.refusals import Refused
from groups.models import Meeting
from indicators.corrections import Corrected, corrections
from indicators.engine import evaluate
from indicators.registry import Verdict, find
from indicators.results import JudgedCriterion
from tests.compensation.conftest import attend

pytestmark = pytest.mark.usefixtures("established")

DAY = timedelta(days=1)


@pytest.fixture
def clock(agency: Agency) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def judged(agency: Agency, on: date) -> JudgedCriterion:
    indicator = find("compensation")
    assert indicator is not None
    found = evaluate([agency.pk], on, indicators=[indicator])[agency.pk]["compensation"]
    return next(each for each in found.judged if each.code == "paid")


def later(clock: time_machine.Traveller, days: int) -> None:
    clock.shift(timedelta(days=days))


def test_a_cost_that_is_sent_back_was_late_before(
    clock: time_machine.Traveller, agency: Agency, consumer: Member, approver: Member
) -> None:
    claim = claiming.claim_cost(
        member=consumer,
        amount=Decimal(12),
        on=agency.today(),
        what_for="Bus",
        no_receipt="Lost",
        by=consumer,
    )
    later(clock, 40)
    late_on = agency.today()
    assert judged(agency, late_on).outcome.verdict == Verdict.FAIL
    later(clock, 1)
    claiming.send_back(claim, reason="Which bus?", by=approver)
    assert judged(agency, late_on).outcome.verdict == Verdict.FAIL
    assert judged(agency, agency.today()).outcome.verdict == Verdict.PASS


def test_a_payment_that_is_reversed_had_been_made(
    clock: time_machine.Traveller,
    agency: Agency,
    earned: Claim,
    approver: Member,
    payer: Member,
) -> None:
    claiming.approve([earned], by=approver, on=agency.today())
    later(clock, 5)
    (payment,) = paying.pay(
        Claim.objects.within(agency), by=payer, paid_on=agency.today(), method="check"
    )
    later(clock, 40)
    yesterday = agency.today()
    later(clock, 1)
    paying.reverse(payment, reason="It came back.", by=payer, on=agency.today())
    assert judged(agency, yesterday).outcome.verdict == Verdict.PASS
    assert judged(agency, agency.today()).outcome.verdict == Verdict.FAIL


def test_a_payment_counts_from_the_day_on_which_it_was_made(
    clock: time_machine.Traveller, agency: Agency, earned: Claim, approver: Member, payer: Member
) -> None:
    claiming.approve([earned], by=approver, on=agency.today())
    paid_on = agency.today() + 3 * DAY
    later(clock, 35)
    paying.pay(Claim.objects.within(agency), by=payer, paid_on=paid_on, method="cash")
    assert judged(agency, agency.today() - DAY).outcome.verdict == Verdict.PASS


def test_the_days_on_which_it_was_owed_do_not_change(agency: Agency, earned: Claim) -> None:
    for sql in (
        "UPDATE compensation_owed SET since = since + 1",
        "UPDATE compensation_owed SET due_on = due_on + 1",
        "DELETE FROM compensation_owed",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


@pytest.mark.parametrize(("promised", "late"), [(7, 7), (14, 14), (60, 14)])
def test_late_is_what_the_plan_promised(
    clock: time_machine.Traveller,
    agency: Agency,
    administrator: Member,
    consumer: Member,
    meeting: Meeting,
    promised: int,
    late: int,
) -> None:
    """The plan's deadline counts if it is sooner than the setting, but not if it is later."""
    draft = planning.draft(
        text="We pay.",
        hourly_rate=Decimal(20),
        daily_cap=None,
        due_days=promised,
        by=administrator,
    )
    ratified.adopt(draft, on=agency.today(), by=administrator)
    choosing.elect(consumer, choice="accept", on=agency.today())
    attend(meeting, administrator, {consumer: "2.00"})
    later(clock, late - 1)
    assert not judged(agency, agency.today()).at_risk
    later(clock, 1)
    assert judged(agency, agency.today()).at_risk
    assert judged(agency, agency.today()).outcome.verdict == Verdict.PASS


@settings(max_examples=6)
@example(steps=[(3, "approve"), (4, "pay"), (30, "reverse"), (2, "pay")])
@example(steps=[(20, "decline"), (9, "accept"), (1, "approve"), (2, "undo")])
@given(
    steps=st.lists(
        st.tuples(
            st.integers(0, 6),
            st.sampled_from(["approve", "undo", "pay", "pay_late", "reverse", "decline", "accept"]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_what_happens_later_changes_no_day_before(
    agency: Agency,
    earned: Claim,
    consumer: Member,
    approver: Member,
    payer: Member,
    steps: list[tuple[int, str]],
) -> None:
    answers: dict[date, JudgedCriterion] = {}
    with transaction.atomic(), time_machine.travel(timezone.now(), tick=False) as clock:
        for days, step in steps:
            for _ in range(days):
                answers[agency.today()] = judged(agency, agency.today())
                clock.shift(DAY)
            late = DAY if step == "pay_late" else timedelta(0)
            # A payment recorded late counts for the day it was made.
            answers.pop(agency.today() - late, None)
            _do(step, agency, consumer, approver, payer, agency.today() - late)
        changed = {
            day: (then, now)
            for day, then in answers.items()
            if (now := judged(agency, day)) != then
        }
        assert changed == {}
        transaction.set_rollback(True)


def _do(
    step: str, agency: Agency, consumer: Member, approver: Member, payer: Member, paid_on: date
) -> None:
    today, lines = agency.today(), Claim.objects.within(agency)
    try:
        with transaction.atomic():
            match step:
                case "approve":
                    claiming.approve(lines.filter(status=ClaimStatus.EARNED), by=approver, on=today)
                case "undo":
                    for claim in lines.filter(status=ClaimStatus.APPROVED)[:1]:
                        claiming.undo_approval(claim, by=approver, on=today)
                case "pay" | "pay_late":
                    paying.pay(
                        lines.filter(status=ClaimStatus.APPROVED),
                        by=payer,
                        paid_on=paid_on,
                        method="cash",
                    )
                case "reverse":
                    for claim in lines.filter(status=ClaimStatus.PAID)[:1]:
                        assert claim.payment is not None
                        paying.reverse(claim.payment, reason="Lost.", by=payer, on=today)
                case "decline":
                    choosing.elect(consumer, choice="decline", on=today, gives_up_earned=True)
                case "accept":
                    choosing.elect(consumer, choice="accept", on=today)
    except (Refused, ValueError):
        return
    assert Owed.objects.within(agency).exists()


def test_a_payment_that_is_written_down_later_marks_the_days_between(
    clock: time_machine.Traveller,
    agency: Agency,
    earned: Claim,
    approver: Member,
    payer: Member,
) -> None:
    handed_over = agency.today()
    later(clock, 6)
    claiming.approve([earned], by=approver, on=agency.today())
    paying.pay([earned], by=payer, paid_on=handed_over, method="cash")
    between = handed_over + 2 * DAY
    assert corrections(agency, between, {"compensation"}) == [
        Corrected(agency.today(), payer.shown_name)
    ]
    for day in (handed_over - DAY, agency.today()):
        assert corrections(agency, day, {"compensation"}) == []
