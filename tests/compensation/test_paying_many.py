"""Paying many people at once: a number for each, nothing written twice, a file for the checks."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import AccessLog, Member
from compensation.claims import actions
from compensation.claims.models import Claim, ClaimStatus
from compensation.payments import views
from compensation.payments.actions import pay
from compensation.payments.models import Payment
from compensation.plan.models import PlanVersion
from foundation import keys
from foundation.addresses import at
from foundation.models import Agency
from foundation.pages import submit
from groups.actions import plan_meeting
from groups.models import Group, Meeting
from tests.compensation.conftest import attend
from tests.compensation.test_lists import cost, crowd, fields
from tests.conftest import Login

PEOPLE = 200
# From the list to the list of what was paid.
MOST_PAGES = 5


@dataclass
class Payer:
    """Somebody at the page of a queue, who sends what it shows, and whose pages are counted."""

    client: Client
    url: str
    seen: list[str] = field(default_factory=list)
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)

    def send(self, **typed: object) -> str:
        sent = {**fields(self.seen[-1]), **typed} if self.seen else {}
        answer = self.client.post(self.url, sent) if sent else self.client.get(self.url)
        self.status = answer.status_code
        if self.status == 302:
            answer = self.client.get(answer["Location"])
        self.headers = answer.headers
        self.seen.append(answer.content.decode())
        return self.seen[-1]

    def numbers(self) -> dict[str, str]:
        return {
            name: str(value)
            for name, value in fields(self.seen[-1]).items()
            if name.startswith("reference_")
        }


@pytest.fixture
def at_list(payer: Member, agency: Agency, login: Login) -> Payer:
    return Payer(login(payer), at(agency, "compensation:to_pay"))


def approved(one: Claim, count: int, approver: Member) -> list[Claim]:
    """Approved lines of this many people, by name."""
    lines = actions.approve(crowd(one, count - 1), by=approver, on=approver.agency.today())
    return sorted(lines, key=lambda line: line.member.full_name)


def test_200_people_are_paid_by_check_with_their_own_numbers_in_five_pages(
    plan: PlanVersion, consumer: Member, approver: Member, agency: Agency, at_list: Payer
) -> None:
    approved(cost(consumer, "12.50"), PEOPLE, approver)
    at_list.send()
    assert f"{PEOPLE} people" in at_list.send(step="all")
    typed = {"paid_on": agency.today().isoformat(), "method": "check"}
    page = at_list.send(**typed, first="0998", step="count")
    assert "200 numbers are filled in, from 0998 to 1197." in page
    assert [*at_list.numbers().values()][:3] == ["0998", "0999", "1000"]
    at_list.send(**typed, step="confirm")
    assert len(at_list.seen) <= MOST_PAGES
    made = Payment.objects.within(agency).order_by("member__full_name", "pk")
    assert [each.reference for each in made] == [f"{998 + n:04}" for n in range(PEOPLE)]
    assert {each.amount for each in made} == {Decimal("12.50")}
    assert not Claim.objects.within(agency).exclude(status=ClaimStatus.PAID).exists()


def test_more_people_than_one_form_has_boxes_for_are_told(
    plan: PlanVersion,
    consumer: Member,
    approver: Member,
    agency: Agency,
    at_list: Payer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    approved(cost(consumer, 5), 4, approver)
    monkeypatch.setattr(views, "PAYEES", 3)
    at_list.send()
    page = at_list.send(step="all")
    assert at_list.status == 422
    assert "Tick at most 3 people at once" in page
    at_list.send(people=fields(page)["people"][:3], step="review")  # type: ignore[index]
    assert at_list.status == 200


def test_a_check_has_a_number_and_no_other_way_to_pay_needs_one(
    plan: PlanVersion, consumer: Member, approver: Member, agency: Agency, at_list: Payer
) -> None:
    approved(cost(consumer, 5), 2, approver)
    at_list.send()
    at_list.send(step="review")
    typed = {"paid_on": agency.today().isoformat(), "step": "confirm"}
    page = at_list.send(**typed, method="check")
    assert at_list.status == 422
    assert "2 checks have no number" in page
    assert not Payment.objects.within(agency).exists()
    at_list.send(**typed, method="gift_card")
    assert Payment.objects.within(agency).filter(reference="").count() == 2


@pytest.mark.parametrize(
    ("step", "typed", "numbers"),
    [
        ("count", {"first": "A-099"}, ["A-099", "A-100", "A-101"]),
        ("same", {"first": "batch of May"}, ["batch of May"] * 3),
        ("paste", {"pasted": "7\n9\n\n8\n"}, ["7", "9", "8"]),
        ("paste", {"pasted": "rosa example\t3\nPerson 0005;  1"}, ["", "1", "3"]),
        ("paste", {"pasted": "Example, Rosa, 3"}, "“Example, Rosa” does not stand for one"),
        ("count", {"first": "none"}, "has to end in a digit"),
        ("count", {"first": ""}, "Type the first number"),
        ("same", {"first": ""}, "Type the first number"),
        ("paste", {"pasted": "7\n9"}, "2 numbers for 3 people"),
        ("paste", {"pasted": ""}, "0 numbers for 3 people"),
        ("paste", {"pasted": "Nobody, 3"}, "“Nobody” does not stand for one person"),
        ("paste", {"pasted": "Rosa Example,1\nRosa Example,2"}, "does not stand for one person"),
    ],
)
def test_numbers_are_filled_in_or_it_is_told_why_not(
    step: str,
    typed: dict[str, str],
    numbers: list[str] | str,
    plan: PlanVersion,
    consumer: Member,
    approver: Member,
    agency: Agency,
    at_list: Payer,
) -> None:
    lines = approved(cost(consumer, 5), 3, approver)
    names = [each.member.full_name for each in lines]
    at_list.send()
    at_list.send(step="review")
    page = at_list.send(**typed, step=step)
    if isinstance(numbers, str):
        assert at_list.status == 422
        assert numbers in page
        assert {*at_list.numbers().values()} == {""}
    else:
        assert at_list.status == 200
        assert "govuk-error-summary" not in page
        boxes = [f"reference_{keys.code('member', each.member_id)}" for each in lines]
        assert at_list.numbers() == dict(zip(boxes, numbers, strict=True)), names
    assert not Payment.objects.within(agency).exists()


def test_a_number_used_before_or_twice_is_asked_about_and_recorded_when_it_was_checked(
    plan: PlanVersion,
    consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
    at_list: Payer,
) -> None:
    today = agency.today()
    first, *_others = approved(cost(consumer, 5), 3, approver)
    pay([first], by=payer, paid_on=today, method="check", reference="70")
    at_list.send()
    at_list.send(step="review")
    one, two = at_list.numbers()
    typed = {"paid_on": today.isoformat(), "step": "confirm", one: "70", two: "70"}
    page = at_list.send(**typed, method="check")
    assert at_list.status == 422
    assert page.count("70 was used for") == 4  # In the summary, and beside each.
    assert Payment.objects.within(agency).count() == 1
    # Only the number that was checked goes through.
    at_list.send(**{**typed, two: "71", f"{one}-sure": "70"}, method="check")
    assert {*Payment.objects.within(agency).values_list("reference", flat=True)} == {"70", "71"}
    assert Payment.objects.within(agency).count() == 3


def test_one_number_for_two_people_of_this_list_is_asked_about(
    plan: PlanVersion, consumer: Member, approver: Member, agency: Agency, at_list: Payer
) -> None:
    approved(cost(consumer, 5), 2, approver)
    at_list.send()
    at_list.send(step="review")
    at_list.send(first="5", step="same")
    typed = {"paid_on": agency.today().isoformat(), "step": "confirm"}
    assert "5 is also the number for" in at_list.send(**typed, method="check")
    assert at_list.status == 422
    at_list.send(**typed, method="transfer")
    assert Payment.objects.within(agency).filter(reference="5").count() == 2


def test_of_two_tabs_the_second_is_told_and_keeps_what_was_typed(
    plan: PlanVersion,
    consumer: Member,
    approver: Member,
    agency: Agency,
    payer: Member,
    login: Login,
    at_list: Payer,
) -> None:
    approved(cost(consumer, 5), 3, approver)
    other = Payer(login(payer), at_list.url)
    for tab in (at_list, other):
        tab.send()
    other.send(people=fields(other.seen[-1])["people"][:1], step="review")  # type: ignore[index]
    at_list.send(step="review")
    typed = {"paid_on": agency.today().isoformat(), "method": "check", "step": "confirm"}
    at_list.send(first="40", step="count")
    other.send(**typed, **dict.fromkeys(other.numbers(), "39"))
    assert other.status == 302
    page = at_list.send(**typed)
    assert at_list.status == 422
    assert "left out, since it no longer waits" in page
    assert [*at_list.numbers().values()] == ["41", "42"]
    assert Payment.objects.within(agency).count() == 1
    at_list.send(**typed)
    assert at_list.status == 302
    assert Payment.objects.within(agency).count() == 3


@pytest.mark.parametrize("taken", [1, 2])
def test_what_is_paid_at_the_very_last_moment_is_told_and_nothing_is_half_written(
    taken: int,
    plan: PlanVersion,
    consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
    at_list: Payer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Somebody else is faster, after this payer's lines were read and before they are locked."""
    lines = approved(cost(consumer, 5), 2, approver)
    at_list.send()
    at_list.send(step="review")
    at_list.send(first="40", step="count")

    def slow(*how: Any) -> HttpResponse | None:
        pay(lines[:taken], by=payer, paid_on=agency.today(), method="cash")
        return submit(*how)

    monkeypatch.setattr(views, "submit", slow)
    typed = {"paid_on": agency.today().isoformat(), "method": "check", "step": "confirm"}
    page = at_list.send(**typed)
    assert at_list.status == 422
    assert "The list has changed since you opened it" in page
    assert {each.method for each in Payment.objects.within(agency)} == {"cash"}
    assert [*at_list.numbers().values()] == ["40", "41"][taken:]
    assert page.count("left out, since it no longer waits") == taken


def test_what_waits_to_be_paid_is_a_file_by_name(
    plan: PlanVersion,
    consumer: Member,
    second_consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
    login: Login,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = cost(second_consumer, 1)
    actions.approve([before], by=approver, on=agency.today())
    before.refresh_from_db()
    pay([before], by=payer, paid_on=agency.today(), method="cash")
    lines = [cost(second_consumer, 2), cost(second_consumer, 3), *crowd(cost(consumer, 5), 6)]
    waiting = Claim.objects.within(agency).filter(pk__in={each.pk for each in lines})
    actions.approve(waiting.to_approve(), by=approver, on=agency.today())
    client, url = login(payer), at(agency, "compensation:to_pay_csv")
    monkeypatch.setattr(views, "TOGETHER", 3)
    answer = client.get(url)
    assert answer.streaming
    head, *rows = csv.reader(io.StringIO(answer.getvalue().decode()))
    assert head[:5] == ["name", "total", "method", "reference", "donated to"]
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert len(rows) == 8
    (sam,) = [row for row in rows if row[0] == second_consumer.full_name]
    assert sam[1:5] == ["5.00", "Cash", "", ""]
    taken = AccessLog.objects.within(agency).filter(what="payments file", reader=payer)
    assert taken.count() == 8
    narrowed = client.get(url, {"name": "Sam"}).getvalue().decode()
    assert len(narrowed.splitlines()) == 2


def test_a_deduction_is_told_before_it_is_paid_and_costs_are_repaid_in_full(
    earned: Claim,
    meeting: Meeting,
    council: Group,
    consumer: Member,
    administrator: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
    at_list: Payer,
) -> None:
    today = agency.today()
    actions.approve([earned], by=approver, on=today)
    earned.refresh_from_db()
    pay([earned], by=payer, paid_on=today, method="cash")
    attend(meeting, administrator, {consumer: "0.50"})
    later = plan_meeting(council, starts_at=timezone.now(), by=administrator)
    attend(later, administrator, {consumer: "1.00"})
    cost(consumer, 5)
    actions.approve(Claim.objects.within(agency).to_approve(), by=approver, on=today)
    assert "$20.00 will be deducted for a correction" in at_list.send()
    page = at_list.send(step="review")
    assert "2 lines, $5.00 in all" in page
    assert "$20.00 is deducted for corrections" in page
    at_list.send(paid_on=today.isoformat(), method="cash", step="confirm")
    made = Payment.objects.within(agency).latest("pk")
    assert (made.amount, made.set_off) == (Decimal(5), Decimal(20))
