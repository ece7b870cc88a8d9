"""Each stage of a recommendation has a clock, which all see; the board's chair is told once."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.timezone import now
from time_machine import TimeMachineFixture

from accounts.models import Member, StandingKind
from devtools import committee
from devtools.seating import seat
from devtools.states import state
from foundation.addresses import at
from foundation.models import Agency, Event
from groups.actions.seats import open_group
from groups.models import GroupKind, Office
from indicators import actions as indicator_actions
from notifications.models import Message
from oversight import actions, tasks
from oversight.models import CommitteeStep, Finding, Recommendation, RecommendationStatus
from oversight.policies import DECIDE_DAYS, ESCALATE_DAYS
from tests.conftest import Enter, Login
from tests.oversight.conftest import text

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def at_a_still_moment(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(now(), tick=False)


@state
def board_chair(agency: Agency, enter: Enter, administrator: Member, long_ago: date) -> Member:
    board = open_group(
        agency, kind=GroupKind.GOVERNING_BODY, name="Board", by=administrator, on=long_ago
    )
    member = enter("Bernice", StandingKind.OTHER)
    seat(board, member, office=Office.CHAIR, since=long_ago, by=administrator)
    return member


def again(recommendation: Recommendation) -> Recommendation:
    return Recommendation.objects.within(recommendation.agency).get(pk=recommendation.pk)


def overdue(client: Client, recommendation: Recommendation) -> list[bool]:
    """Whether its page, the list, the committee's page and the dashboard say that it is late."""
    agency = recommendation.agency
    page = text(client, at(agency, "oversight:recommendation", pk=recommendation.pk))
    listed = text(client, at(agency, "oversight:recommendations"))
    rest = [text(client, at(agency, name)) for name in ("oversight:committee", DASHBOARD)]
    words = "recommendation of the oversight committee is overdue"
    return ["Overdue" in page, "1 is overdue" in listed, *(words in each for each in rest)]


DASHBOARD = "indicators:dashboard"
Act = Callable[[], object]


def test_each_stage_has_its_clock_and_everybody_sees_when_it_is_over(
    recommendation: Recommendation,
    manager: Member,
    committee_chair: Member,
    consumer: Member,
    agency: Agency,
    today: date,
    login: Login,
    time_machine: TimeMachineFixture,
) -> None:
    """Its review is still open, and hides nothing."""
    decide = DECIDE_DAYS.span(agency, today)
    promised = today + 200 * DAY

    def answer() -> None:
        actions.give_response(
            recommendation,
            answer="partly",
            reason="Half.",
            actions="We begin.",
            actions_by=promised,
            by=manager,
        )

    def judge() -> None:
        committee.judge(recommendation, satisfactory=True, by=committee_chair)

    def report() -> None:
        actions.report_done(recommendation, evidence="It is there.", by=manager)

    def verify() -> None:
        committee.close_recommendation(recommendation, evidence="Seen.", by=committee_chair)

    acts: list[tuple[RecommendationStatus, Act, Callable[[], date]]] = [
        (RecommendationStatus.AWAITING, answer, lambda: agency.today() + 30 * DAY),
        (RecommendationStatus.ANSWERED, judge, lambda: agency.today() + decide),
        (RecommendationStatus.ACCEPTED, report, lambda: promised),
        (RecommendationStatus.REPORTED, verify, lambda: agency.today() + decide),
    ]
    for status, act, expected in acts:
        found = again(recommendation)
        assert (found.status, found.stage_due) == (status, expected())
        assert found.stage_due is not None
        assert overdue(login(consumer), recommendation) == [False] * 4, status
        time_machine.move_to(now() + (found.stage_due - agency.today()), tick=False)
        assert overdue(login(consumer), recommendation) == [False] * 4, "its last day"
        time_machine.move_to(now() + DAY, tick=False)
        assert overdue(login(consumer), recommendation) == [True] * 4, status
        act()
    assert again(recommendation).stage_due is None
    assert overdue(login(consumer), recommendation) == [False] * 4


def test_what_management_declines_the_committee_closes(
    recommendation: Recommendation,
    manager: Member,
    committee_chair: Member,
    agency: Agency,
    login: Login,
) -> None:
    actions.give_response(recommendation, answer="decline", reason="No money.", by=manager)
    committee.judge(recommendation, satisfactory=True, by=committee_chair)
    due = agency.today() + DECIDE_DAYS.span(agency, agency.today())
    assert again(recommendation).stage_due == due
    listed = text(login(manager), at(agency, "oversight:recommendations"))
    assert "To be closed by" in listed
    committee.close_recommendation(recommendation, evidence="Nothing to do.", by=committee_chair)
    assert again(recommendation).status == RecommendationStatus.CLOSED


def told(member: Member) -> int:
    rows = Message.objects.within(member.agency).filter(member=member)
    return rows.filter(code="recommendation.escalated").count()


def test_a_stage_that_nobody_acts_on_is_told_to_the_boards_chair_once(
    recommendation: Recommendation,
    board_chair: Member,
    manager: Member,
    consumer: Member,
    agency: Agency,
    login: Login,
    time_machine: TimeMachineFixture,
) -> None:
    due = again(recommendation).stage_due
    assert due is not None
    last = due + ESCALATE_DAYS.span(agency, due)
    time_machine.move_to(now() + (last - agency.today()), tick=False)
    tasks.sweep()
    assert told(board_chair) == 0
    time_machine.move_to(now() + DAY, tick=False)
    for _each in range(3):
        tasks.sweep()
    assert told(board_chair) == 1
    assert told(manager) == 0
    page = text(login(consumer), at(agency, "oversight:recommendation", pk=recommendation.pk))
    assert "The board’s chair was told on" in page
    names = Event.objects.within(agency).filter(name="recommendation.escalated")
    assert names.count() == 1
    time_machine.move_to(now() + 100 * DAY, tick=False)
    tasks.sweep()
    assert told(board_chair) == 1
    # The next stage has a clock of its own.
    actions.give_response(recommendation, answer="decline", reason="No.", by=manager)
    assert again(recommendation).escalated_on is None
    time_machine.move_to(now() + 100 * DAY, tick=False)
    tasks.sweep()
    assert told(board_chair) == 2


def test_without_a_chair_of_the_board_it_waits_for_one(
    recommendation: Recommendation,
    enter: Enter,
    administrator: Member,
    agency: Agency,
    time_machine: TimeMachineFixture,
) -> None:
    time_machine.move_to(now() + 100 * DAY, tick=False)
    recommendation.agency = agency
    assert not actions.escalate(recommendation)
    board = open_group(
        agency, kind=GroupKind.GOVERNING_BODY, name="Board", by=administrator, on=agency.today()
    )
    member = enter("Bernice", StandingKind.OTHER)
    seat(board, member, office=Office.CHAIR, since=agency.today(), by=administrator)
    assert actions.escalate(recommendation)
    assert told(member) == 1


def test_the_clocks_are_policies(
    finding: Finding,
    recommendation: Recommendation,
    manager: Member,
    committee_chair: Member,
    administrator: Member,
    agency: Agency,
) -> None:
    indicator_actions.change_policy(
        "oversight.decide_days",
        value=7,
        since=agency.today(),
        reason="Sooner.",
        by=administrator,
    )
    actions.give_response(recommendation, answer="decline", reason="No.", by=manager)
    assert again(recommendation).stage_due == agency.today() + 7 * DAY
    step = actions.prepare_judgement(recommendation, satisfactory=True, by=committee_chair)
    assert step.decide_by == agency.today() + 7 * DAY


def test_a_proposal_that_waits_for_too_long_is_a_duty_of_the_committee(
    answered: Recommendation,
    committee_chair: Member,
    agency: Agency,
    login: Login,
    time_machine: TimeMachineFixture,
) -> None:
    step = actions.prepare_judgement(answered, satisfactory=True, by=committee_chair)
    page = at(agency, "oversight:committee")
    words = "Decide what has been before the committee for too long"
    assert words not in text(login(committee_chair), page)
    time_machine.move_to(now() + (step.decide_by - agency.today()) + DAY, tick=False)
    assert CommitteeStep.objects.within(agency).late(agency.today()).get() == step
    assert words in text(login(committee_chair), page)


def test_the_database_wants_a_clock_for_each_stage(recommendation: Recommendation) -> None:
    rows = Recommendation.objects.within(recommendation.agency)
    for changed in ({"stage_due": None}, {"escalated_on": recommendation.stage_due}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**changed)
