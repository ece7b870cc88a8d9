"""The budget: asked when work is scheduled, never about pay; lines that can't be rewritten."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import Member
from compensation.budget import actions
from compensation.budget.models import BudgetLine, BudgetOverride, Covers
from compensation.budget.reading import LineUse, uses_of
from compensation.claims import actions as claiming
from compensation.claims.models import Claim
from compensation.payments import actions as paying
from compensation.plan.models import PlanVersion
from compensation.policies import OVER_BUDGET, OverBudget
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups.actions import plan_meeting, plan_series
from groups.actions.polls import ask_for_dates
from groups.actions.series import stamp
from groups.models import Group, Meeting, PollDate
from indicators import actions as settings
from tests.compensation.conftest import council, earned, meeting, plan
from tests.compensation.test_vouching import refusing
from tests.conftest import Login, assert_budget

__all__ = ["council", "earned", "meeting", "plan"]


def enter(by: Member, amount: str, covers: str = Covers.MEETINGS, **given: date) -> BudgetLine:
    today = by.agency.today()
    return actions.enter(
        name="Council pay",
        covers=covers,
        since=given.get("since", today - timedelta(days=90)),
        last_day=given.get("last_day", today + timedelta(days=90)),
        amount=Decimal(amount),
        decided_on=today,
        decided_by="The board",
        by=by,
    )


def use(line: BudgetLine) -> LineUse:
    (found,) = uses_of(BudgetLine.objects.within(line.agency).filter(pk=line.pk))
    return found


def sent(agency: Agency, minutes: int, **given: object) -> dict[str, object]:
    day = agency.today() + timedelta(days=7)
    return {
        "submission": uuid4(),
        "starts_at": f"{day.isoformat()}T10:00",
        "minutes_planned": minutes,
        **given,
    }


def test_a_line_says_what_is_planned_earned_paid_and_left(
    earned: Claim,
    council: Group,
    administrator: Member,
    consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
) -> None:
    line, costs = enter(administrator, "100"), enter(administrator, "30", Covers.COSTS)
    # One of the two seats is staff, whom the plan doesn't pay: 90 minutes at $20.
    soon = timezone.now() + timedelta(days=7)
    plan_meeting(council, starts_at=soon, minutes_planned=90, by=administrator)
    found = use(line)
    assert (found.planned, found.earned, found.paid) == (Decimal(30), Decimal(40), Decimal(0))
    assert found.left == Decimal(30)
    claiming.approve([earned], by=approver, on=agency.today())
    paying.pay([earned], by=payer, paid_on=agency.today(), method="cash")
    assert (use(line).earned, use(line).paid) == (Decimal(40), Decimal(40))
    cost = claiming.claim_cost(
        member=consumer,
        amount=Decimal(12),
        on=agency.today(),
        what_for="Bus",
        no_receipt="Lost",
        by=consumer,
    )
    assert use(costs).left == Decimal(18)
    claiming.withdraw(cost, by=consumer)
    assert use(costs).left == Decimal(30)


def test_whoever_plans_a_meeting_reads_what_it_would_use(
    plan: PlanVersion, council: Group, administrator: Member, agency: Agency, login: Login
) -> None:
    client, url = login(administrator), at(agency, "groups:plan_meeting", pk=council.pk)
    enter(administrator, "100")
    answer = client.post(url, sent(agency, 60), follow=True)
    assert "It would use $20.00; $100.00 of “Council pay” is left" in answer.text
    over = sent(agency, 300)
    asked = client.post(url, over)
    assert asked.status_code == 422
    assert "$100.00, but only $80.00" in asked.text
    assert "The board" in asked.text
    assert Meeting.objects.within(agency).count() == 1
    for missing in ({"agreed": "on"}, {"beyond": "urgent"}):
        assert client.post(url, over | missing).status_code == 422
    assert client.post(url, over | {"agreed": "on", "beyond": "urgent"}).status_code == 302
    assert Meeting.objects.within(agency).count() == 2
    (kept,) = BudgetOverride.objects.within(agency)
    assert (kept.beyond, kept.why, kept.by) == (Decimal(20), "urgent", administrator)
    assert (kept.group, kept.meetings) == (council, 1)


def test_without_a_budget_nothing_is_asked(
    plan: PlanVersion, council: Group, administrator: Member, agency: Agency, login: Login
) -> None:
    url = at(agency, "groups:plan_meeting", pk=council.pk)
    assert "would use" not in login(administrator).post(url, sent(agency, 60), follow=True).text


def test_a_series_warns_where_it_is_confirmed(
    plan: PlanVersion, council: Group, administrator: Member, agency: Agency, login: Login
) -> None:
    enter(administrator, "50")
    url = at(agency, "groups:plan_series", pk=council.pk)
    asked = sent(agency, 60, rhythm="weekly", times=4)
    client = login(administrator)
    assert "It would use $80.00, but only $50.00" in client.post(url, asked).text
    days = [(agency.today() + timedelta(weeks=each)).isoformat() for each in range(1, 5)]
    seen = Meeting.objects.within(agency)
    chosen = asked | {"save": "1", "days": days, "seen": stamp(seen)}
    assert client.post(url, chosen).status_code == 422
    assert not seen.exists()
    found = client.post(url, chosen | {"beyond": "required"})
    assert found.status_code == 302, found.text
    (kept,) = BudgetOverride.objects.within(agency)
    assert (kept.meetings, kept.beyond, kept.why) == (4, Decimal(30), "required")


def test_fewer_dates_of_a_series_need_no_reason(
    plan: PlanVersion, council: Group, administrator: Member, agency: Agency, login: Login
) -> None:
    enter(administrator, "50")
    url = at(agency, "groups:plan_series", pk=council.pk)
    days = [(agency.today() + timedelta(weeks=each)).isoformat() for each in range(1, 3)]
    asked = sent(agency, 60, rhythm="weekly", times=4, save="1", days=days, seen=stamp([]))
    assert login(administrator).post(url, asked).status_code == 302
    assert not BudgetOverride.objects.within(agency).exists()


@pytest.mark.parametrize(("amount", "beyond"), [("50", {}), ("10", {"beyond": "other"})])
def test_a_date_that_suits_asks_for_a_reason_only_beyond_the_budget(
    amount: str,
    beyond: dict[str, str],
    plan: PlanVersion,
    council: Group,
    administrator: Member,
    agency: Agency,
    login: Login,
) -> None:
    enter(administrator, amount)
    dates = [timezone.now() + timedelta(days=each) for each in (7, 8, 9)]
    poll = ask_for_dates(
        council, dates=dates, minutes_planned=60, closes_on=agency.today(), by=administrator
    )
    url = at(
        agency,
        "groups:choose_date",
        pk=PollDate.objects.within(agency).filter(poll=poll).earliest("pk").pk,
    )
    client = login(administrator)
    assert ("planned all the same" in client.get(url).text) is bool(beyond)
    if beyond:
        assert client.post(url, {"submission": uuid4()}).status_code == 422
    assert client.post(url, {"submission": uuid4(), **beyond}).status_code == 302
    assert BudgetOverride.objects.within(agency).count() == len(beyond)


def test_what_was_planned_beyond_the_budget_is_never_changed(
    plan: PlanVersion, council: Group, administrator: Member, agency: Agency
) -> None:
    enter(administrator, "10")
    soon = timezone.now() + timedelta(days=7)
    with pytest.raises(Refused, match="only"):
        plan_meeting(council, starts_at=soon, by=administrator)
    with pytest.raises(Refused):
        # It is kept for the page after a meeting, which plans in any case.
        plan_meeting(council, starts_at=soon, beyond="next_date", by=administrator)
    plan_meeting(council, starts_at=soon, asks_budget=False, by=administrator)
    (kept,) = BudgetOverride.objects.within(agency)
    assert (kept.why, kept.beyond) == ("next_date", Decimal(10))
    rows = BudgetOverride.objects.within(agency)
    for wrong in ({"beyond": 1}, {"why": "urgent"}):
        with refusing("append-only|permission denied"):
            rows.update(**wrong)
    with refusing("append-only|permission denied"):
        rows.delete()
    with refusing("budget_override_whole"):
        rows.create(
            line=kept.line,
            group=council,
            meetings=1,
            first_on=kept.first_on,
            beyond=0,
            why="urgent",
            by=administrator,
            on=agency.today(),
        )


def test_an_agency_can_refuse_what_is_over_but_pay_is_never_refused(
    plan: PlanVersion,
    earned: Claim,
    council: Group,
    administrator: Member,
    approver: Member,
    agency: Agency,
    login: Login,
) -> None:
    line = enter(administrator, "10")
    settings.change_policy(
        OVER_BUDGET.code,
        value=OverBudget.BLOCK.value,
        since=agency.today(),
        reason="Board",
        by=administrator,
    )
    url = at(agency, "groups:plan_meeting", pk=council.pk)
    answer = login(administrator).post(url, sent(agency, 60, agreed="on"))
    assert answer.status_code == 422
    assert "plans nothing beyond its budget" in answer.text
    soon = timezone.now() + timedelta(days=7)
    with pytest.raises(Refused):
        plan_meeting(council, starts_at=soon, by=administrator)
    with pytest.raises(Refused):
        plan_series(
            council,
            rhythm="weekly",
            starts_at=soon.replace(tzinfo=None),
            days=[agency.date_of(soon)],
            by=administrator,
        )
    # It was earned beyond the budget, and is approved like any other.
    assert use(line).left < 0
    claiming.approve([earned], by=approver, on=agency.today())


def test_lines_of_a_kind_share_no_day(administrator: Member, agency: Agency) -> None:
    line = enter(administrator, "10")
    with pytest.raises(ValidationError):
        enter(administrator, "20")
    with pytest.raises(DatabaseError, match="budget_line_no_overlap"), transaction.atomic():
        BudgetLine.objects.within(agency).create(
            name="Twice",
            covers=line.covers,
            since=line.since,
            until=line.until,
            amount=1,
            decided_on=line.decided_on,
            decided_by="Nobody",
            entered_by=administrator,
        )
    actions.take_out(line, why="The board changed it.", by=administrator)
    enter(administrator, "20", last_day=line.last_day)
    with pytest.raises(Refused):
        actions.take_out(line, why="Again.", by=administrator)


def test_a_line_is_only_taken_out_whatever_writes(administrator: Member, agency: Agency) -> None:
    line = enter(administrator, "10")
    lines = BudgetLine.objects.within(agency).filter(pk=line.pk)
    for wrong in ({"amount": 1000}, {"name": "Other"}, {"until": line.until + timedelta(days=9)}):
        with refusing("only taken out"):
            lines.update(**wrong)
    with refusing("budget_line_out_with_reason"):
        lines.update(out_on=agency.today(), out_by=administrator)
    with refusing("permission denied"):
        lines.delete()
    actions.take_out(line, why="Wrong.", by=administrator)
    with refusing("only taken out"):
        lines.update(out_on=None, out_by=None, out_why="")


def test_who_reads_the_budget(
    earned: Claim,
    administrator: Member,
    approver: Member,
    consumer: Member,
    facilitator: Member,
    council: Group,
    agency: Agency,
    login: Login,
) -> None:
    line = enter(administrator, "100")
    soon = timezone.now() + timedelta(days=7)
    plan_meeting(council, starts_at=soon, by=administrator)
    one = at(agency, "compensation:budget_line", pk=line.pk)
    pages = (at(agency, "compensation:budget"), one, at(agency, "compensation:budget_csv"))
    for person in (consumer, facilitator):
        assert [login(person).get(page).status_code for page in pages] == [403, 403, 403]
    client = login(administrator)
    for page in pages:
        assert_budget(client, page)
    assert "Consumer council" in client.get(one).text
    assert consumer.full_name not in client.get(one).text
    assert "100.00" in client.get(pages[2]).text
    assert pages[0] in client.get(at(agency, "compensation:plan")).text
    assert login(approver).get(one).status_code == 200
    with pytest.raises(Refused):
        enter(approver, "5", Covers.COSTS)
