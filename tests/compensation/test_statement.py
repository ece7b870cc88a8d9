"""What somebody sees of their pay: coming, late, paid by year, and a statement to print."""

from datetime import timedelta
from decimal import Decimal

from accounts.models import Member
from compensation.choosing import actions as choosing
from compensation.claims import actions as claiming
from compensation.claims.models import Claim
from compensation.mine.reading import statement_of, years_of
from compensation.offers.actions import list_organization
from compensation.payments import actions as paying
from compensation.payments.models import Payment
from foundation.addresses import at
from foundation.models import Agency
from tests.compensation.conftest import council, earned, meeting, plan
from tests.compensation.test_periods import days_later, paid
from tests.conftest import Login, assert_budget

__all__ = ["council", "earned", "meeting", "paid", "plan"]


def test_what_is_late_says_so_from_the_day_after(
    earned: Claim, consumer: Member, agency: Agency, login: Login
) -> None:
    url = at(agency, "compensation:my_payments")
    days = (earned.due_on - agency.today()).days
    with days_later(agency, days):
        page = login(consumer).get(url).text
        assert "Expect it by" in page
        assert "Late since" not in page
    with days_later(agency, days + 1):
        page = login(consumer).get(url).text
        assert "Late since" in page
        assert "Expect it by" not in page


def test_what_comes_and_what_was_paid_stand_apart(
    paid: Payment, consumer: Member, agency: Agency, login: Login
) -> None:
    cost = claiming.claim_cost(
        member=consumer,
        amount=Decimal(5),
        on=agency.today(),
        what_for="Bus",
        no_receipt="Lost",
        by=consumer,
    )
    shown = login(consumer).get(at(agency, "compensation:my_payments")).context
    assert [line.amount for line in shown["coming_lines"]] == [cost.amount]
    assert [(each["year"], len(each["lines"])) for each in shown["years"]] == [
        (paid.paid_on.year, 1)
    ]


def test_a_statement_holds_pay_and_money_back_apart(
    paid: Payment,
    consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
    login: Login,
) -> None:
    today = agency.today()
    cost = claiming.claim_cost(
        member=consumer,
        amount=Decimal("5.50"),
        on=today,
        what_for="Bus tickets",
        no_receipt="Lost",
        by=consumer,
    )
    claiming.approve([cost], by=approver, on=today)
    paying.pay([cost], by=payer, paid_on=today, method="cash")
    made = statement_of(consumer, today.year)
    assert (made.pay, made.costs, made.donated) == (Decimal(40), Decimal("5.50"), Decimal(0))
    assert [(each.worked, each.received) for each in made.months] == [(Decimal(40), Decimal(40))]
    page = login(consumer).get(at(agency, "compensation:statement")).text
    for words in ("$40.00", "$5.50", "Bus tickets", "Check", "Cash"):
        assert words in page
    assert statement_of(consumer, today.year - 1).lines == []
    paying.reverse(paid, reason="Lost.", by=payer, on=today)
    # It counts as work of its month still, and as paid in none.
    made = statement_of(consumer, today.year)
    assert made.pay == 0
    assert [(each.worked, each.received) for each in made.months] == [(Decimal(40), Decimal(0))]


def test_donated_pay_counts_as_pay(
    earned: Claim,
    consumer: Member,
    approver: Member,
    payer: Member,
    administrator: Member,
    agency: Agency,
) -> None:
    today = agency.today()
    cause = list_organization(name="Food bank", on=today, by=administrator)
    choosing.elect(consumer, choice="donate", organization=cause, on=today)
    Claim.objects.within(agency).filter(pk=earned.pk).update(donate_to=cause)
    earned.refresh_from_db()
    claiming.approve([earned], by=approver, on=today)
    paying.pay([earned], by=payer, paid_on=today, method="check")
    made = statement_of(consumer, today.year)
    assert (made.pay, made.donated, made.received) == (Decimal(40), Decimal(40), Decimal(0))


def test_the_statement_is_of_the_year_of_payment(
    earned: Claim, consumer: Member, approver: Member, payer: Member, agency: Agency, login: Login
) -> None:
    """Work of one year that is paid in the next belongs to the next; both months are shown."""
    claiming.approve([earned], by=approver, on=agency.today())
    year = agency.today().year
    with days_later(agency, 60) as later:
        paying.pay([earned], by=payer, paid_on=later, method="cash")
        assert years_of(consumer) == [year + 1]
        assert statement_of(consumer, year).pay == 0
        made = statement_of(consumer, year + 1)
        assert made.pay == Decimal(40)
        assert [each.received for each in made.months] == [Decimal(40)]
        client, url = login(consumer), at(agency, "compensation:statement")
        assert f"{earned.service_on:%B %Y}" in client.get(url).text
        for wrong in ("1", "x", "9" * 40, ""):
            assert client.get(url, {"year": wrong}).status_code == 200


def test_a_statement_costs_the_same_however_much_was_paid(
    paid: Payment, consumer: Member, approver: Member, payer: Member, agency: Agency, login: Login
) -> None:
    client, url = login(consumer), at(agency, "compensation:statement")

    def grow() -> int:
        costs = [
            claiming.claim_cost(
                member=consumer,
                amount=Decimal(5),
                on=agency.today() - timedelta(days=each),
                what_for="Bus",
                no_receipt="Lost",
                by=consumer,
            )
            for each in range(3)
        ]
        claiming.approve(costs, by=approver, on=agency.today())
        for cost in costs:
            paying.pay([cost], by=payer, paid_on=agency.today(), method="cash")
        return assert_budget(client, url)

    assert grow() == grow()


def test_nobody_prints_the_statement_of_another(
    paid: Payment, second_consumer: Member, agency: Agency, login: Login
) -> None:
    page = login(second_consumer).get(at(agency, "compensation:statement"))
    assert "$40.00" not in page.text
