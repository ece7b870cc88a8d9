import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, transaction

from accounts.actions import grant_role
from accounts.models import Member, RoleGrant, StandingKind
from accounts.permissions import Role
from devtools import committee
from devtools.seating import seat
from foundation import tenancy
from foundation.models import Agency, Event
from foundation.refusals import Refused
from groups.actions import take_position
from groups.models import Choice, Group, SeatOffer
from indicators import actions as indicator_actions
from notifications.models import Message
from oversight import actions
from oversight.models import (
    Finding,
    ManagementResponse,
    Recommendation,
    RecommendationStatus,
    Review,
)
from tests.conftest import Enter
from tests.oversight.conftest import Recommend


def fresh(recommendation: Recommendation) -> Recommendation:
    rows = Recommendation.objects.within(recommendation.agency)
    return rows.select_related("finding__review").get(pk=recommendation.pk)


def as_now(member: Member) -> Member:
    """The member with their current roles."""
    today = member.agency.today()
    found = Member.objects.within(member.agency).with_roles(today).get(pk=member.pk)
    found.agency = member.agency
    return found


def test_recommendations_are_numbered_in_the_year_they_are_made(recommend: Recommend) -> None:
    year = recommend().made_on.year
    assert [recommend().number, recommend().number] == [f"REC-{year}-002", f"REC-{year}-003"]


def test_a_recommendation_that_was_rolled_back_leaves_no_gap(recommend: Recommend) -> None:
    first = recommend()
    with transaction.atomic():
        recommend()
        transaction.set_rollback(True)
    assert recommend().serial == first.serial + 1


@pytest.mark.django_db(transaction=True)
def test_recommendations_made_at_once_get_numbers_without_gap_or_double(
    recommend: Recommend, agency: Agency
) -> None:
    problems: list[Exception] = []

    def make() -> None:
        try:
            with tenancy.entering(agency):
                recommend()
        except Exception as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert problems == []
    serials = Recommendation.objects.within(agency).values_list("serial", flat=True)
    assert sorted(serials) == [1, 2, 3, 4, 5, 6]


def test_the_database_takes_a_number_once(recommendation: Recommendation) -> None:
    recommendation.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        recommendation.save(force_insert=True)


def test_management_has_the_days_of_the_setting_in_force(
    agency: Agency, administrator: Member, recommend: Recommend, today: date
) -> None:
    assert recommend().answer_due == today + timedelta(days=30)
    indicator_actions.change_policy(
        "oversight.answer_days",
        value=14,
        since=today,
        reason="Sooner.",
        by=administrator,
    )
    assert recommend().answer_due == today + timedelta(days=14)


@pytest.mark.parametrize("wrong", [{"title": " "}, {"text": ""}, {"due": date(2020, 1, 1)}])
def test_a_recommendation_needs_words_and_a_day_to_come(
    recommend: Recommend, wrong: dict[str, object]
) -> None:
    with pytest.raises(ValidationError):
        recommend(**wrong)


def test_it_is_for_somebody_who_answers_for_management(
    recommend: Recommend, consumer: Member
) -> None:
    with pytest.raises(ValidationError) as refused:
        recommend(owner=consumer)
    assert "owner" in refused.value.error_dict


def test_it_goes_from_answer_to_acceptance_to_evidence(
    answered: Recommendation, committee_chair: Member, agency: Agency
) -> None:
    assert answered.status == RecommendationStatus.ANSWERED
    assert answered.answer_due is None
    committee.judge(answered, satisfactory=True, by=committee_chair)
    assert fresh(answered).status == RecommendationStatus.ACCEPTED
    committee.close_recommendation(answered, evidence="The minutes of May.", by=committee_chair)
    closed = fresh(answered)
    assert (closed.status, closed.closed_on) == (RecommendationStatus.CLOSED, agency.today())
    names = Event.objects.within(agency).filter(subject_type="recommendation")
    assert list(names.order_by("pk").values_list("name", flat=True)) == [
        "recommendation.made",
        "response.given",
        "response.accepted",
        "recommendation.closed",
    ]


def test_an_answer_that_is_sent_back_opens_thirty_more_days(
    answered: Recommendation, committee_chair: Member, manager: Member, today: date
) -> None:
    committee.judge(answered, satisfactory=False, reason="No day is named.", by=committee_chair)
    again = fresh(answered)
    assert again.status == RecommendationStatus.AWAITING
    assert again.answer_due == today + timedelta(days=30)
    actions.give_response(again, answer="decline", reason="There is no money.", by=manager)
    assert fresh(answered).status == RecommendationStatus.ANSWERED
    assert again.responses.count() == 2


def test_sending_back_needs_a_reason(answered: Recommendation, committee_chair: Member) -> None:
    with pytest.raises(ValidationError):
        committee.judge(answered, satisfactory=False, reason=" ", by=committee_chair)


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer": "perhaps"},
        {"reason": " "},
        {"actions": ""},
        {"actions_by": None},
        {"actions_by": date(2020, 1, 1)},
    ],
)
def test_an_answer_says_why_and_what_will_be_done_by_when(
    recommendation: Recommendation, manager: Member, today: date, wrong: dict[str, object]
) -> None:
    values = {
        "answer": "partly",
        "reason": "Half of it.",
        "actions": "The first half.",
        "actions_by": today,
        **wrong,
    }
    with pytest.raises(ValidationError):
        actions.give_response(recommendation, by=manager, **values)  # type: ignore[arg-type]
    assert not ManagementResponse.objects.within(manager.agency).exists()


def test_declining_needs_only_its_reason(recommendation: Recommendation, manager: Member) -> None:
    response = actions.give_response(
        recommendation, answer="decline", reason="The law forbids it.", by=manager
    )
    assert response.actions_by is None


@pytest.mark.parametrize(
    "who",
    ["administrator", "facilitator", "consumer", "committee_chair", "provider", "advisor", "payer"],
)
def test_only_management_answers(
    recommendation: Recommendation, request: pytest.FixtureRequest, who: str
) -> None:
    with pytest.raises(Refused):
        actions.give_response(
            recommendation, answer="decline", reason="No.", by=request.getfixturevalue(who)
        )


WHO_JUDGES = {
    "committee_chair": True,
    "second_judge": True,
    "manager": False,
    "administrator": False,
    "facilitator": False,
    "consumer": False,
    "provider": False,
    "advisor": False,
    "approver": False,
    "payer": False,
}


@pytest.mark.parametrize(("who", "may"), WHO_JUDGES.items())
@pytest.mark.parametrize("satisfactory", [True, False])
def test_only_the_committee_judges_an_answer(
    answered: Recommendation,
    request: pytest.FixtureRequest,
    who: str,
    may: bool,
    satisfactory: bool,
) -> None:
    by = request.getfixturevalue(who)
    if may:
        committee.judge(answered, satisfactory=satisfactory, reason="Because.", by=by)
        return
    with pytest.raises(Refused):
        committee.judge(answered, satisfactory=satisfactory, reason="Because.", by=by)
    assert fresh(answered).status == RecommendationStatus.ANSWERED


@pytest.mark.promise("judging")
def test_management_never_judges_even_with_a_seat_in_the_committee(
    answered: Recommendation,
    committee_group: Group,
    enter: Enter,
    administrator: Member,
    long_ago: date,
) -> None:
    other = enter("Maria", StandingKind.PROVIDER, roles=(Role.COMMITTEE,))
    seat(committee_group, other, since=long_ago, by=administrator)
    grant_role(other, role=Role.MANAGEMENT, since=other.agency.today(), by=administrator)
    other = as_now(other)
    with pytest.raises(Refused):
        committee.judge(answered, satisfactory=True, by=other)
    with pytest.raises(Refused):
        committee.close_recommendation(answered, evidence="All is done.", by=other)


def test_whoever_answered_takes_no_seat_while_it_is_carried_out(
    answered: Recommendation,
    manager: Member,
    committee_group: Group,
    committee_chair: Member,
    administrator: Member,
    long_ago: date,
    today: date,
) -> None:
    """A manager who left management still has a part in what they answered."""
    RoleGrant.objects.within(manager.agency).filter(member=manager).update(until=today)
    manager.standings.update(until=today)
    with pytest.raises(Refused, match="manage"):
        seat(committee_group, as_now(manager), since=long_ago, by=administrator)
    SeatOffer.objects.within(manager.agency).waiting().delete()
    committee.judge(answered, satisfactory=True, by=committee_chair)
    committee.close_recommendation(answered, evidence="It is done.", by=committee_chair)
    assert seat(committee_group, as_now(manager), since=long_ago, by=administrator).pk


@pytest.mark.promise("judging")
def test_a_member_with_a_conflict_does_not_judge_but_others_do(
    answered: Recommendation, committee_chair: Member, second_judge: Member, facilitator: Member
) -> None:
    actions.disclose_conflict(answered, text="My sister works there.", by=committee_chair)
    with pytest.raises(Refused):
        actions.prepare_judgement(answered, satisfactory=True, by=committee_chair)
    step = actions.prepare_judgement(answered, satisfactory=True, by=second_judge)
    assert step.decision is not None
    with pytest.raises(Refused, match="interest"):
        take_position(step.decision, member=committee_chair, choice=Choice.OBJECT, reason="No.")
    # Who has an interest does not close it either, even in the chair.
    committee.agree(step, by=second_judge, closing=facilitator)
    assert fresh(answered).status == RecommendationStatus.ACCEPTED
    with pytest.raises(Refused):
        actions.prepare_verification(answered, evidence="Done.", by=committee_chair)
    step = actions.prepare_verification(answered, evidence="Done.", by=second_judge)
    committee.agree(step, by=second_judge, closing=facilitator)
    assert fresh(answered).status == RecommendationStatus.CLOSED


def test_a_conflict_told_while_the_committee_decides_leaves_its_member_out(
    answered: Recommendation, committee_chair: Member, second_judge: Member
) -> None:
    step = actions.prepare_judgement(answered, satisfactory=True, by=committee_chair)
    decision = step.decision
    assert decision is not None
    take_position(decision, member=second_judge, choice=Choice.OBJECT, reason="I lose by it.")
    actions.disclose_conflict(answered, text="I lose by it.", by=second_judge)
    committee.agree(step, by=committee_chair)
    assert fresh(answered).status == RecommendationStatus.ACCEPTED


def test_a_conflict_is_told_once_and_only_by_members(
    recommendation: Recommendation, committee_chair: Member, advisor: Member, consumer: Member
) -> None:
    actions.disclose_conflict(recommendation, text="A friend.", by=committee_chair)
    actions.disclose_conflict(recommendation, text="A friend too.", by=advisor)
    for by in (committee_chair, consumer):
        with pytest.raises(Refused):
            actions.disclose_conflict(recommendation, text="Again.", by=by)


STEPS = {
    RecommendationStatus.AWAITING: {"answer"},
    RecommendationStatus.ANSWERED: {"judge"},
    RecommendationStatus.ACCEPTED: {"report", "close"},
    RecommendationStatus.REPORTED: {"close"},
    RecommendationStatus.CLOSED: set(),
}


@pytest.mark.parametrize("status", list(RecommendationStatus))
@pytest.mark.parametrize("step", ["answer", "judge", "report", "close"])
def test_each_step_is_possible_in_its_state_only(
    recommendation: Recommendation,
    committee_chair: Member,
    manager: Member,
    status: RecommendationStatus,
    step: str,
) -> None:
    def answer() -> None:
        actions.give_response(recommendation, answer="decline", reason="No.", by=manager)

    def judge() -> None:
        committee.judge(recommendation, satisfactory=True, by=committee_chair)

    def report() -> None:
        actions.report_done(recommendation, evidence="The list is there.", by=manager)

    def close() -> None:
        committee.close_recommendation(recommendation, evidence="Done.", by=committee_chair)

    reach = {
        RecommendationStatus.AWAITING: (),
        RecommendationStatus.ANSWERED: (answer,),
        RecommendationStatus.ACCEPTED: (answer, judge),
        RecommendationStatus.REPORTED: (answer, judge, report),
        RecommendationStatus.CLOSED: (answer, judge, report, close),
    }
    for each in reach[status]:
        each()
    asked = {"answer": answer, "judge": judge, "report": report, "close": close}[step]
    if step in STEPS[status]:
        asked()
    else:
        with pytest.raises(Refused):
            asked()


def test_those_who_have_to_act_are_told(
    answered: Recommendation, manager: Member, committee_chair: Member, agency: Agency
) -> None:
    def codes(member: Member) -> set[str]:
        rows = Message.objects.within(agency).filter(member=member)
        return set(rows.values_list("code", flat=True))

    assert "recommendation.made" in codes(manager)
    assert "response.given" in codes(committee_chair)
    committee.judge(answered, satisfactory=False, reason="Too vague.", by=committee_chair)
    assert "response.returned" in codes(manager)


def test_the_database_refuses_what_the_rules_refuse(
    recommendation: Recommendation, finding: Finding, review: Review, manager: Member
) -> None:
    agency = recommendation.agency
    recommendation.status = "answered"
    with pytest.raises(IntegrityError), transaction.atomic():
        recommendation.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        ManagementResponse.objects.within(agency).create(
            recommendation=recommendation,
            answer="accept",
            reason="Yes",
            given_by=manager,
            given_on=agency.today(),
        )
