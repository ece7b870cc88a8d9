"""A member's view of a line of their money, from the line alone."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from compensation.claims.models import Claim, ClaimStatus
from compensation.offers.models import Election, Organization
from compensation.payments.models import Payment
from compensation.payments.presenting import LineShown, chosen, line_shown
from compensation.plan.models import PlanVersion
from foundation.models import Agency

TODAY = date(2026, 5, 4)
AGENCY = Agency(pk=1, slug="harbor", name="Harbor")
KITCHEN = Organization(pk=7, agency=AGENCY, name="The kitchen")


def a_payment(**given: object) -> Payment:
    return Payment(pk=3, agency=AGENCY, paid_on=TODAY, method="check", **given)


def a_line(status: str, **given: object) -> Claim:
    line: dict[str, object] = {
        "kind": "pay",
        "amount": Decimal(30),
        "hours": Decimal("1.50"),
        "service_on": TODAY,
        "due_on": date(2026, 6, 3),
        "plan": PlanVersion(pk=2, agency=AGENCY, daily_cap=Decimal(200)),
        "payment": a_payment() if status == "paid" else None,
    }
    return Claim(pk=9, agency=AGENCY, status=status, **{**line, **given})


def shown(status: str, **given: object) -> LineShown:
    return line_shown(a_line(status, **given), TODAY, may_withdraw=False)


@pytest.mark.parametrize("status", ClaimStatus.values)
@pytest.mark.parametrize("amount", [Decimal(30), Decimal(-30)])
def test_a_line_tells_by_a_sentence_its_state_or_its_steps_and_never_by_two(
    status: str, amount: Decimal
) -> None:
    line = shown(status, amount=amount)
    assert [bool(line.said), bool(line.state), bool(line.steps)].count(True) == 1


@pytest.mark.parametrize(("status", "done"), [("earned", 1), ("approved", 2)])
def test_the_steps_that_are_done_are_marked(status: str, done: int) -> None:
    assert [step.done for step in shown(status).steps] == [True] * done + [False] * (3 - done)


@pytest.mark.parametrize(
    ("status", "given", "words"),
    [
        ("earned", {}, "June 3, 2026"),
        ("approved", {"donate_to": KITCHEN}, "The kitchen by June 3, 2026"),
    ],
)
def test_the_last_step_says_how_and_when(status: str, given: dict[str, object], words: str) -> None:
    assert words in shown(status, **given).steps[-1].words


def test_a_paid_line_says_in_a_sentence_how_and_when() -> None:
    line = shown("paid", payment=a_payment(donated_to=KITCHEN))
    assert line.said == "You donated it to The kitchen on May 4, 2026."
    assert line.steps == []


@pytest.mark.parametrize(("days", "comes_back"), [(-1, False), (0, True), (5, True)])
def test_what_was_turned_down_comes_back_until_its_last_day(days: int, comes_back: bool) -> None:
    until = TODAY + timedelta(days=days)
    said = shown("waived", comes_back_until=until).said
    assert ("2026" in said) == comes_back


def test_a_line_that_the_limit_of_a_day_cut_to_nothing_says_only_that() -> None:
    line = shown("nothing", amount=Decimal(0), before_cap=Decimal(1250))
    assert (line.said, line.state, line.steps) == ("", "", [])
    assert "$1,250.00" in line.capped
    assert "$200.00" in line.capped


def test_a_question_can_be_answered_and_a_choice_made() -> None:
    line = shown("returned", kind="reimbursement", what_for="Taxi", returned_reason="Which day?")
    assert line.question.endswith("Which day?")
    assert line.answer is not None
    assert "/cost/" in line.answer.href
    waiting = shown("waiting")
    assert waiting.answer is not None
    assert waiting.question == ""
    assert shown("earned").answer is None


def test_what_can_be_taken_back_names_what_it_is_for() -> None:
    claim = a_line("earned", kind="reimbursement", what_for="Taxi")
    assert line_shown(claim, TODAY, may_withdraw=False).withdraw is None
    withdraw = line_shown(claim, TODAY, may_withdraw=True).withdraw
    assert withdraw is not None
    assert withdraw.about == "Taxi"


def test_whole_hours_stand_without_zeros_and_a_correction_without_hours() -> None:
    assert "1.50 hours" in shown("earned").what
    assert "2 hours" in shown("earned", hours=Decimal("2.00")).what
    assert "hours" not in shown("earned", kind="adjustment").what


@pytest.mark.parametrize("choice", ["accept", "decline", "donate"])
def test_each_choice_has_words_of_its_own(choice: str) -> None:
    election = Election(agency=AGENCY, choice=choice, since=TODAY, organization=KITCHEN)
    said, before = chosen(AGENCY, election), chosen(AGENCY, None)
    assert said.words != before.words
    assert said.choose.text != before.choose.text
    assert ("The kitchen" in said.words) == (choice == "donate")
    assert ("May 4, 2026" in said.words) == (choice != "accept")
