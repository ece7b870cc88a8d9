"""What the committee decided comes into force: made, judged, verified, closed, approved."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Max

from accounts.models import Member
from evidence.reading import newest
from foundation import events
from groups.actions import lock_minutes
from groups.models import Decision
from oversight.actions.recommendations import enter
from oversight.actions.steps import decide_days, holds, settle, step_of
from oversight.models import (
    ApprovedMinutes,
    Committee,
    CommitteeStep,
    Judgement,
    Recommendation,
    RecommendationStatus,
    Review,
    ReviewStatus,
    StepKind,
    StepState,
)
from oversight.policies import ANSWER_DAYS


@transaction.atomic
def carry_out(decision: Decision, *, by: Member | None) -> CommitteeStep:
    """Carry out what the committee agreed to; inside the action that closes its decision.

    Without a quorum, or if things have moved on since, it does not come into force: the decision
    stands as it was taken, and the step can be prepared again.
    """
    step = step_of(decision)
    if step.state != StepState.OPEN:
        return step
    actor = by or decision.proposed_by
    actor.agency = decision.agency
    if not (holds(step) and _ACTS[StepKind(step.kind)](step, decision, actor)):
        settle(step, StepState.DROPPED)
    return step


@transaction.atomic
def drop(decision: Decision) -> CommitteeStep:
    """The committee did not agree, or nobody asks it any more."""
    step = step_of(decision)
    if step.state == StepState.OPEN:
        settle(step, StepState.DROPPED)
    return step


def _recommend(step: CommitteeStep, decision: Decision, by: Member) -> bool:
    """Make the recommendation, with the year's next number, without gaps."""
    agency, today = decision.agency, decision.agency.today()
    # The committee's lock serializes numbering; a rollback frees the number again.
    committees = Committee.objects.within(agency).filter(group=decision.group_id)
    committees.select_for_update().get()
    finding, owner, due = step.finding, step.owner, step.due
    assert finding is not None
    assert owner is not None
    assert due is not None
    recommendations = Recommendation.objects.within(agency)
    last = recommendations.filter(year=today.year).aggregate(last=Max("serial"))["last"]
    answer_due = today + ANSWER_DAYS.span(agency, today)
    made = recommendations.create(
        finding=finding,
        year=today.year,
        serial=(last or 0) + 1,
        title=step.title,
        text=step.text,
        owner=owner,
        due=due,
        made_on=today,
        made_by=step.prepared_by,
        voted=True,
        first_answer_due=answer_due,
        answer_due=answer_due,
        stage_due=answer_due,
    )
    step.recommendation = made
    settle(step, StepState.DECIDED)
    events.record("recommendation.made", made, by=by, review=finding.review_id, owner=owner.pk)
    return True


def _locked(step: CommitteeStep) -> Recommendation:
    assert step.recommendation_id is not None
    rows = Recommendation.objects.within(step.agency).select_for_update(of=("self",))
    row = rows.get(pk=step.recommendation_id)
    row.agency = step.agency
    return row


def _is_newest(step: CommitteeStep, recommendation: Recommendation) -> bool:
    keys = recommendation.responses.order_by("-pk").values_list("pk", flat=True)
    return step.response_id == keys[0]


def _judgement(step: CommitteeStep) -> Judgement:
    """Sending back grants as many days as there were for the answer."""
    agency, today = step.agency, step.agency.today()
    assert step.response is not None
    assert step.satisfactory is not None
    due = None if step.satisfactory else today + ANSWER_DAYS.span(agency, today)
    return Judgement.objects.within(agency).create(
        response=step.response,
        satisfactory=step.satisfactory,
        reason=step.text,
        by=step.prepared_by,
        on=today,
        answer_due=due,
    )


def _judge(step: CommitteeStep, decision: Decision, by: Member) -> bool:
    recommendation = _locked(step)
    answered = recommendation.status == RecommendationStatus.ANSWERED
    if not answered or not _is_newest(step, recommendation):
        return False
    judgement = _judgement(step)
    response = judgement.response
    if judgement.satisfactory:
        # What is declined has no promised day: the committee closes it.
        due = response.actions_by or step.agency.today() + decide_days(step.agency)
        enter(recommendation, RecommendationStatus.ACCEPTED, due)
        events.record("response.accepted", recommendation, by=by, response=response.pk)
    else:
        enter(recommendation, RecommendationStatus.AWAITING, judgement.answer_due)
        events.record("response.returned", recommendation, by=by, response=response.pk)
    settle(step, StepState.DECIDED)
    return True


def _verify(step: CommitteeStep, decision: Decision, by: Member) -> bool:
    recommendation = _locked(step)
    if not recommendation.may_become(RecommendationStatus.CLOSED):
        return False
    if step.response_id is not None:
        if not _is_newest(step, recommendation):
            return False
        judgement = _judgement(step)
        if not judgement.satisfactory:
            enter(recommendation, RecommendationStatus.ACCEPTED, judgement.answer_due)
            events.record(
                "recommendation.not_done", recommendation, by=by, response=step.response_id
            )
            settle(step, StepState.DECIDED)
            return True
    recommendation.evidence = step.text
    recommendation.closed_on, recommendation.closed_by = step.agency.today(), step.prepared_by
    enter(recommendation, RecommendationStatus.CLOSED, None)
    events.record("recommendation.closed", recommendation, by=by)
    settle(step, StepState.DECIDED)
    return True


def _close_review(step: CommitteeStep, decision: Decision, by: Member) -> bool:
    """Everybody in the program can read it from now on.

    It keeps the newest head of the record, which is printed with it as eight words.
    """
    assert step.review_id is not None
    rows = Review.objects.within(step.agency).select_for_update(of=("self",))
    review = rows.get(pk=step.review_id)
    review.agency = step.agency
    if not review.is_open:
        return False
    review.become(ReviewStatus.CLOSED)
    review.held_on, review.summary = step.held_on, step.text
    review.closed_on, review.closed_by = step.agency.today(), step.prepared_by
    if (head := newest(step.agency)) is not None:
        review.sealed_day, review.sealed_digest = head.day, head.digest
    review.version += 1
    review.save()
    events.record("review.closed", review, by=by)
    settle(step, StepState.DECIDED)
    return True


def _approve_minutes(step: CommitteeStep, decision: Decision, by: Member) -> bool:
    """Fix the minutes, and publish what others read of them; no if they changed meanwhile."""
    assert step.meeting is not None
    meeting = lock_minutes(step.meeting, minutes=step.text, by=by)
    if meeting is None or meeting.minutes_approved_on is None:
        return False
    approved = ApprovedMinutes.objects.within(step.agency).create(
        meeting=meeting,
        step=step,
        open_text=step.open_text,
        left_out=step.left_out,
        approved_on=meeting.minutes_approved_on,
    )
    events.record("minutes.approved", approved, by=by, group=meeting.group_id, meeting=meeting.pk)
    settle(step, StepState.DECIDED)
    return True


_ACTS: dict[StepKind, Callable[[CommitteeStep, Decision, Member], bool]] = {
    StepKind.RECOMMEND: _recommend,
    StepKind.JUDGE: _judge,
    StepKind.VERIFY: _verify,
    StepKind.REVIEW: _close_review,
    StepKind.MINUTES: _approve_minutes,
}
