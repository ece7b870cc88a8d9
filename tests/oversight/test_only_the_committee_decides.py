"""Nothing is recommended, judged, verified or closed without the committee and its quorum."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import Error, connection, transaction
from django.utils.timezone import now
from time_machine import TimeMachineFixture

from accounts.actions import grant_role
from accounts.models import Member, StandingKind
from accounts.permissions import Role
from devtools import committee
from devtools.seating import seat
from devtools.states import state
from foundation.models import Agency, Event
from foundation.refusals import Refused
from groups.actions import (
    attest,
    close_decision,
    plan_meeting,
    record_attendance,
    take_position,
    withdraw,
    write_down,
)
from groups.actions.seats import open_group
from groups.actions.writing import put_in_writing, settle_in_writing
from groups.models import Choice, Decision, DecisionStatus, Group, GroupKind
from oversight import actions
from oversight.models import (
    CommitteeStep,
    Finding,
    Judgement,
    Recommendation,
    RecommendationStatus,
    Review,
    ReviewStatus,
    StepState,
)
from tests.oversight.conftest import Prepare
from tests.owner import owner

DAY = timedelta(days=1)


@state
def other_voter(
    committee_group: Group, provider: Member, administrator: Member, long_ago: date
) -> Member:
    """A voting member who is no consumer."""
    seat(committee_group, provider, since=long_ago, by=administrator)
    return provider


def decision_of(step: CommitteeStep) -> Decision:
    assert step.decision is not None
    step.decision.agency = step.agency
    return step.decision


def again(step: CommitteeStep) -> CommitteeStep:
    return CommitteeStep.objects.within(step.agency).get(pk=step.pk)


def made(agency: Agency) -> int:
    return Recommendation.objects.within(agency).count()


def run(sql: str, *values: str | int | date | None) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.promise("judging")
def test_a_recommendation_is_in_force_once_the_committee_agrees(
    prepare: Prepare, second_judge: Member, committee_chair: Member, agency: Agency, today: date
) -> None:
    step = prepare()
    assert made(agency) == 0, "preparing it is one person's act"
    decision = decision_of(step)
    take_position(decision, member=committee_chair, choice=Choice.AGREE)
    with pytest.raises(Refused):
        close_decision(decision, by=committee_chair)
    take_position(decision, member=second_judge, choice=Choice.RESERVATIONS)
    assert made(agency) == 0
    close_decision(decision, by=committee_chair)
    (one,) = Recommendation.objects.within(agency)
    assert (one.number, one.voted) == (f"REC-{today.year}-001", True)
    assert (one.owner_id, one.due, one.title) == (step.owner_id, step.due, step.title)
    settled = again(step)
    assert (settled.state, settled.recommendation_id) == (StepState.DECIDED, one.pk)


@pytest.mark.promise("judging")
def test_without_a_quorum_it_is_decided_but_not_in_force(
    prepare: Prepare,
    second_judge: Member,
    other_voter: Member,
    committee_chair: Member,
    agency: Agency,
) -> None:
    """The group may go on without, and say why; that makes no recommendation."""
    step = prepare()
    decision = decision_of(step)
    take_position(decision, member=other_voter, choice=Choice.AGREE)
    take_position(decision, member=committee_chair, choice=Choice.AGREE)
    closed = close_decision(decision, by=committee_chair, waiver="Sam is ill.")
    assert (closed.status, closed.without_quorum) == (DecisionStatus.ADOPTED, True)
    assert again(step).state == StepState.DROPPED
    assert made(agency) == 0
    committee.agree(prepare(), by=committee_chair)
    assert made(agency) == 1, "it can be brought again"


def test_what_is_not_agreed_or_withdrawn_can_be_prepared_again(
    prepare: Prepare, committee_chair: Member, agency: Agency
) -> None:
    step = prepare()
    take_position(decision_of(step), member=committee_chair, choice=Choice.OBJECT, reason="No.")
    close_decision(decision_of(step), by=committee_chair, adopted=False)
    assert again(step).state == StepState.DROPPED
    other = prepare()
    withdraw(decision_of(other), by=committee_chair)
    assert again(other).state == StepState.DROPPED
    assert made(agency) == 0
    dropped = Event.objects.within(agency).filter(name="committee_step.dropped")
    assert dropped.count() == 2


@pytest.mark.promise("judging")
def test_the_committee_decides_in_writing_between_meetings(
    prepare: Prepare,
    second_judge: Member,
    other_voter: Member,
    committee_chair: Member,
    agency: Agency,
    time_machine: TimeMachineFixture,
) -> None:
    step = prepare()
    decision = put_in_writing(decision_of(step), by=committee_chair)
    for member in (committee_chair, second_judge, other_voter):
        take_position(decision, member=member, choice=Choice.AGREE)
    assert made(agency) == 0
    decision.refresh_from_db()
    assert decision.answers_until is not None
    time_machine.move_to(now() + (decision.answers_until - agency.today()) + DAY)
    settle_in_writing(decision)
    assert made(agency) == 1


@pytest.mark.promise("judging")
def test_the_committee_decides_in_a_room_and_it_is_written_down_by_name(
    prepare: Prepare,
    second_judge: Member,
    committee_group: Group,
    committee_chair: Member,
    agency: Agency,
    today: date,
) -> None:
    step = prepare()
    written = write_down(
        committee_group,
        title="",
        text="",
        on=today,
        said={committee_chair: Choice.AGREE, second_judge: Choice.AGREE},
        by=committee_chair,
        decision=decision_of(step),
    )
    assert (written.status, made(agency)) == (DecisionStatus.RECORDED, 0)
    attest(written, by=second_judge)
    assert made(agency) == 1


def test_on_paper_who_came_counts_for_the_quorum(
    prepare: Prepare,
    second_judge: Member,
    committee_group: Group,
    committee_chair: Member,
    agency: Agency,
    today: date,
) -> None:
    meeting = plan_meeting(
        committee_group, starts_at=now() - timedelta(minutes=1), by=committee_chair
    )
    step = prepare()
    present = {committee_chair: committee.AN_HOUR, second_judge: committee.AN_HOUR}
    record_attendance(meeting, present=present, by=committee_chair)
    written = write_down(
        committee_group,
        title="",
        text="",
        on=today,
        numbers={"agree": 2},
        by=committee_chair,
        decision=decision_of(step),
    )
    attest(written, by=second_judge)
    assert made(agency) == 1


@pytest.mark.promise("judging")
def test_a_report_is_verified_or_sent_back_by_the_committee(
    answered: Recommendation, committee_chair: Member, manager: Member, agency: Agency, today: date
) -> None:
    committee.judge(answered, satisfactory=True, by=committee_chair)
    actions.report_done(answered, evidence="Each week since May.", by=manager)
    found = committee.close_recommendation(
        answered, evidence="Two weeks are missing.", satisfactory=False, by=committee_chair
    )
    assert (found.status, found.stage_due) == (RecommendationStatus.ACCEPTED, today + 30 * DAY)
    actions.report_done(answered, evidence="All weeks now.", by=manager)
    found = committee.close_recommendation(
        answered, evidence="We saw the list.", by=committee_chair
    )
    assert (found.status, found.evidence, found.stage_due) == (
        RecommendationStatus.CLOSED,
        "We saw the list.",
        None,
    )


def test_its_findings_are_the_committees_with_the_review(
    finding: Finding, review: Review, second_judge: Member, committee_chair: Member, agency: Agency
) -> None:
    step = actions.prepare_closing(review, summary="Much is begun.", by=committee_chair)
    decision = decision_of(step)
    assert finding.text in decision.text
    for kind in ("strength", "concern"):
        with pytest.raises(Refused, match="findings stay"):
            actions.record_finding(
                review, indicator="oversight", kind=kind, text="Late.", by=committee_chair
            )
    review.refresh_from_db()
    assert review.is_open, "one person closes no review"
    committee.agree(step, by=committee_chair)
    review.refresh_from_db()
    assert (review.status, review.summary) == (ReviewStatus.CLOSED, "Much is begun.")


RECOMMEND = (
    "INSERT INTO oversight_recommendation (agency_id, finding_id, year, serial, title, text,"
    " owner_id, due, made_on, made_by_id, voted, first_answer_due, answer_due, stage_due, status,"
    " evidence) SELECT agency_id, finding_id, 2026, 77, title, text, owner_id, due, prepared_on,"
    " prepared_by_id, true, due, due, due, 'awaiting', '' FROM oversight_committeestep"
    " WHERE kind = 'recommend'"
)
DECIDE = (
    "UPDATE oversight_committeestep SET state = 'decided', settled_on = prepared_on"
    " WHERE kind <> 'recommend'"
)
JUDGE = (
    'INSERT INTO oversight_judgement (agency_id, response_id, satisfactory, reason, by_id, "on")'
    " SELECT agency_id, id, true, '', given_by_id, given_on FROM oversight_managementresponse"
)
MOVES = (
    "UPDATE oversight_recommendation SET status = 'accepted', answer_due = NULL",
    "UPDATE oversight_recommendation SET status = 'awaiting', answer_due = due",
    "UPDATE oversight_recommendation SET status = 'closed', evidence = 'x', closed_on = made_on,"
    " closed_by_id = made_by_id, answer_due = NULL, stage_due = NULL",
)
CLOSE = (
    "UPDATE oversight_review SET status = 'closed', closed_on = opened_on, held_on = opened_on,"
    " closed_by_id = opened_by_id WHERE status = 'open'"
)
ADOPT = (
    "UPDATE groups_decision SET status = 'adopted', decided_on = opened_on, kept_inside = false"
    " WHERE subject_type = 'committee_step' AND status = 'open'"
)


@pytest.mark.promise("judging")
@pytest.mark.parametrize("adopted", [False, True])
def test_nothing_comes_into_force_by_sql_without_positions_and_a_quorum(
    adopted: bool,
    answered: Recommendation,
    prepare: Prepare,
    review: Review,
    committee_chair: Member,
    agency: Agency,
) -> None:
    """Not even once somebody has written that the decision is adopted."""
    before = made(agency)
    prepare()
    actions.prepare_judgement(answered, satisfactory=True, by=committee_chair)
    actions.prepare_closing(review, by=committee_chair, read_again=True)
    if adopted:
        run(ADOPT)
    for sql in (RECOMMEND, DECIDE, JUDGE, *MOVES, CLOSE):
        with pytest.raises(Error):
            run(sql)
    assert made(agency) == before
    assert not Judgement.objects.within(agency).exists()
    review.refresh_from_db()
    assert review.is_open


def _by_the_council(step: CommitteeStep, council: Group) -> None:
    run("UPDATE groups_decision SET group_id = %s WHERE id = %s", council.pk, step.decision_id)


def _about_something_else(step: CommitteeStep, council: Group) -> None:
    run("UPDATE groups_decision SET subject_id = 0 WHERE id = %s", step.decision_id)


def _with_other_words(step: CommitteeStep, council: Group) -> None:
    run("UPDATE groups_decision SET text = 'All is well.' WHERE id = %s", step.decision_id)


def _said_to_lack_a_quorum(step: CommitteeStep, council: Group) -> None:
    run("UPDATE groups_decision SET without_quorum = true WHERE id = %s", step.decision_id)


def _of_an_earlier_round(step: CommitteeStep, council: Group) -> None:
    run("UPDATE groups_decision SET round = 2 WHERE id = %s", step.decision_id)


def _over_an_objection(step: CommitteeStep, council: Group) -> None:
    run(
        "UPDATE groups_position SET choice = 'object', reason = 'No.' WHERE decision_id = %s",
        step.decision_id,
    )


@pytest.mark.promise("judging")
@pytest.mark.parametrize(
    "attack",
    [
        _by_the_council,
        _about_something_else,
        _with_other_words,
        _said_to_lack_a_quorum,
        _of_an_earlier_round,
        _over_an_objection,
        None,
    ],
)
def test_only_a_decision_of_the_committee_as_it_stands_holds(
    attack: Callable[[CommitteeStep, Group], None] | None,
    answered: Recommendation,
    committee_chair: Member,
    administrator: Member,
    agency: Agency,
    long_ago: date,
) -> None:
    council = open_group(
        agency, kind=GroupKind.COUNCIL, name="Council", by=administrator, on=long_ago
    )
    step = actions.prepare_judgement(answered, satisfactory=True, by=committee_chair)
    take_position(decision_of(step), member=committee_chair, choice=Choice.AGREE)
    run(ADOPT)
    if attack is None:
        run(JUDGE)
        assert Judgement.objects.within(agency).get().satisfactory
        return
    attack(step, council)
    with pytest.raises(Error, match="only the committee judges"):
        run(JUDGE)


def _now_a_manager(chair: Member, answered: Recommendation, by: Member) -> None:
    today = chair.agency.today()
    chair.standings.create(agency=chair.agency, kind=StandingKind.MANAGER, since=today)


def _now_in_management(chair: Member, answered: Recommendation, by: Member) -> None:
    grant_role(chair, role=Role.MANAGEMENT, since=chair.agency.today(), by=by)


def _now_the_one_who_answered(chair: Member, answered: Recommendation, by: Member) -> None:
    run("UPDATE oversight_managementresponse SET given_by_id = %s", chair.pk)


def _now_with_a_conflict(chair: Member, answered: Recommendation, by: Member) -> None:
    run(
        "INSERT INTO oversight_conflictdisclosure (agency_id, recommendation_id, member_id, text,"
        ' "on") VALUES (%s, %s, %s, %s, %s)',
        chair.agency_id,
        answered.pk,
        chair.pk,
        "A friend.",
        chair.agency.today(),
    )


def _now_with_an_interest(chair: Member, answered: Recommendation, by: Member) -> None:
    run(
        'INSERT INTO groups_declaredinterest (agency_id, decision_id, member_id, text, "on")'
        " SELECT agency_id, id, %s, '', opened_on FROM groups_decision WHERE status = 'open'",
        chair.pk,
    )


@pytest.mark.promise("judging")
@pytest.mark.parametrize(
    "becomes",
    [
        _now_a_manager,
        _now_in_management,
        _now_the_one_who_answered,
        _now_with_a_conflict,
        _now_with_an_interest,
    ],
)
def test_whoever_manages_or_has_a_part_counts_for_nothing_in_the_quorum(
    becomes: Callable[[Member, Recommendation, Member], None],
    answered: Recommendation,
    committee_chair: Member,
    administrator: Member,
) -> None:
    """The only consumer of the committee agreed, and has a part in it, past all rules."""
    step = actions.prepare_judgement(answered, satisfactory=True, by=committee_chair)
    take_position(decision_of(step), member=committee_chair, choice=Choice.AGREE)
    becomes(committee_chair, answered, administrator)
    run(ADOPT)
    with pytest.raises(Error, match="only the committee judges"):
        run(JUDGE)


@pytest.mark.promise("judging")
def test_what_was_decided_is_never_changed(
    answered: Recommendation, committee_chair: Member, manager: Member, agency: Agency
) -> None:
    committee.judge(answered, satisfactory=True, by=committee_chair)
    for sql in (
        "UPDATE oversight_recommendation SET title = 'x'",
        "UPDATE oversight_recommendation SET due = due + 100",
        "UPDATE oversight_recommendation SET voted = false",
        "UPDATE oversight_judgement SET satisfactory = false, answer_due = \"on\", reason = 'x'",
        "UPDATE oversight_judgement SET reason = 'x'",
        "UPDATE oversight_committeestep SET text = 'x'",
        "UPDATE oversight_committeestep SET state = 'dropped'",
        "DELETE FROM oversight_committeestep",
    ):
        with pytest.raises(Error):
            run(sql)


@pytest.mark.promise("judging")
@pytest.mark.django_db(transaction=True)
def test_the_guard_is_what_stops_it(answered: Recommendation, agency: Agency) -> None:
    """With the trigger out of the way, the same statement goes through."""
    trigger = "ALTER TABLE oversight_judgement {} TRIGGER judgement_is_voted"
    with pytest.raises(Error):
        run(JUDGE)
    with owner() as raw:
        raw.execute(trigger.format("DISABLE").encode())
    try:
        run(JUDGE)
    finally:
        with owner() as raw:
            raw.execute(trigger.format("ENABLE").encode())
    assert Judgement.objects.within(agency).exists()
