"""Many lines are approved and paid together, by few statements, as if it were one by one."""

from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Count, Sum
from django.test.utils import CaptureQueriesContext

from accounts.models import Member
from compensation.claims import actions
from compensation.claims.models import Claim, ClaimStatus, Owed
from compensation.ledger.models import Account, Entry, Posting
from compensation.payments.actions import pay
from compensation.payments.models import Payment
from compensation.plan.models import PlanVersion
from foundation.models import Agency, Event
from notifications.models import Email, Message
from tests.compensation.test_lists import copies
from tests.conftest import Enter

pytestmark = pytest.mark.django_db
# What one transaction takes, however many lines there are.
MOST = 20


def costs(agency: Agency, members: list[Member], each: int) -> list[Claim]:
    """Costs of some members, as if each had been entered by hand."""
    for member in members:
        one = actions.claim_cost(
            member=member,
            amount=Decimal("2.50"),
            on=agency.today(),
            what_for="Bus",
            no_receipt="Lost",
            by=member,
        )
        copies(one, each - 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO compensation_owed (agency_id, claim_id, since, clock_since, due_on)"
            " SELECT c.agency_id, c.id, c.clock_since, c.clock_since, c.due_on"
            " FROM compensation_claim c WHERE NOT EXISTS"
            " (SELECT FROM compensation_owed o WHERE o.claim_id = c.id)"
        )
    return list(Claim.objects.within(agency).filter(status=ClaimStatus.EARNED))


@pytest.mark.parametrize("each", [1, 50])
def test_few_statements_approve_and_pay_all_lines(
    each: int, plan: PlanVersion, agency: Agency, enter: Enter, approver: Member, payer: Member
) -> None:
    members = [enter(f"Person {number}") for number in range(10)]
    for member in members:
        assert member.user is not None
        member.email_level = "each"
        member.save()
    lines, today = costs(agency, members, each), agency.today()
    assert len(lines) == 10 * each
    with CaptureQueriesContext(connection) as approving:
        approved = actions.approve(lines, by=approver, on=today)
    with CaptureQueriesContext(connection) as paying:
        made = pay(
            approved,
            by=payer,
            paid_on=today,
            method="check",
            references={(member.pk, None): f"{member.pk}" for member in members},
            expected={(member.pk, None): each * Decimal("2.50") for member in members},
        )
    assert {payment.reference for payment in made} == {f"{member.pk}" for member in members}
    # One for each statement, with those that keep transactions apart.
    assert len(approving) <= MOST, [query["sql"][:90] for query in approving]
    assert len(paying) <= MOST, [query["sql"][:90] for query in paying]
    assert len(made) == 10
    claims = Claim.objects.within(agency)
    assert set(claims.values_list("status", flat=True)) == {ClaimStatus.PAID}
    assert {len(payment.claims.all()) for payment in made} == {each}
    assert {payment.amount for payment in made} == {each * Decimal("2.50")}
    # Each line has both its versions, each its posting, and nothing is owed any more.
    versions = Claim.history.filter(status__in=["approved", "paid"], agency=agency)
    assert {row["n"] for row in versions.order_by().values("id").annotate(n=Count("pk"))} == {2}
    assert not Owed.objects.within(agency).filter(until=None).exists()
    sums = dict(
        Entry.objects.within(agency)
        .order_by()
        .values_list("account")
        .annotate(sum=Sum("credit") - Sum("debit"))
    )
    worth = 10 * each * Decimal("2.50")
    assert sums == {Account.REIMBURSEMENTS: -worth, Account.PAYABLE: 0, Account.CASH: worth}
    assert Posting.objects.within(agency).filter(kind="approved").count() == 10 * each
    assert Posting.objects.within(agency).filter(kind="paid").count() == 10
    done = Event.objects.within(agency)
    assert done.filter(name="payment.approved", actor=approver).count() == 10 * each
    assert done.filter(name="payment.paid", actor=payer).count() == 10
    told = Message.objects.within(agency).filter(code="payment.paid")
    assert {each.member_id for each in told} == {member.pk for member in members}
    assert {each.title for each in told} == {"Payments"}
    mailed = Email.objects.within(agency).filter(reason__in=[f"message {m.pk}" for m in told])
    assert mailed.count() == 10
    assert Payment.objects.within(agency).count() == 10


def test_none_of_them_leave_nothing_behind(approver: Member, payer: Member) -> None:
    today = approver.agency.today()
    assert actions.approve([], by=approver, on=today) == []
    assert pay([], by=payer, paid_on=today, method="cash") == []
    assert not Payment.objects.within(approver.agency).exists()
