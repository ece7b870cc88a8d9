"""What the oversight committee decides, in one call: prepared, agreed to by all, and closed."""

from datetime import date
from decimal import Decimal

from accounts.models import Member
from groups import kinds, rules
from groups.actions import close_decision, take_position
from groups.models import Choice, Decision, DecisionStatus, How
from groups.tally import voters
from oversight import actions
from oversight.models import (
    CommitteeStep,
    Finding,
    Judgement,
    Recommendation,
    Review,
)

AN_HOUR = Decimal(1)


def agree(step: CommitteeStep, *, by: Member, closing: Member | None = None) -> Decision:
    """Let everybody who decides agree, and close the decision; `by` enters it for those on paper.

    Whoever runs the committee closes it: `closing`, `by`, or somebody else who may.
    """
    decision = step.decision
    assert decision is not None
    decision.agency = decision.group.agency = by.agency
    today = by.agency.today()
    deciding = [seat.member for seat in voters(decision, today).values()]
    for member in deciding:
        member.agency = by.agency
        if kinds.barred(decision.group, member) is None:
            _say(decision, member, by, today)
    closer = closing or next(
        each
        for each in [by, *deciding]
        if rules.running(decision.group, each) is None
        and rules.interested(decision, each) is None
        and kinds.barred(decision.group, each) is None
    )
    closed = close_decision(decision, by=closer)
    assert closed.status == DecisionStatus.ADOPTED
    return closed


def _say(decision: Decision, member: Member, by: Member, today: date) -> None:
    if member.user_id is not None or member.pk == by.pk:
        take_position(decision, member=member, choice=Choice.AGREE)
        return
    take_position(
        decision,
        member=member,
        choice=Choice.AGREE,
        by=by,
        agreed_on=today,
        agreed_how=How.IN_PERSON,
    )


def recommend(
    finding: Finding, *, title: str, text: str, owner: Member, due: date, by: Member
) -> Recommendation:
    """A recommendation in force."""
    step = actions.prepare_recommendation(
        finding, title=title, text=text, owner=owner, due=due, read_again=True, by=by
    )
    agree(step, by=by)
    step.refresh_from_db()
    assert step.recommendation is not None
    step.recommendation.agency = by.agency
    return step.recommendation


def judge(
    recommendation: Recommendation, *, satisfactory: bool, reason: str = "", by: Member
) -> Judgement:
    """An answer judged."""
    step = actions.prepare_judgement(
        recommendation, satisfactory=satisfactory, reason=reason, by=by
    )
    agree(step, by=by)
    return Judgement.objects.within(by.agency).get(response=step.response)


def close_recommendation(
    recommendation: Recommendation, *, evidence: str, satisfactory: bool = True, by: Member
) -> Recommendation:
    """A recommendation verified: closed, or found not done yet."""
    step = actions.prepare_verification(
        recommendation, evidence=evidence, satisfactory=satisfactory, by=by
    )
    agree(step, by=by)
    return Recommendation.objects.within(by.agency).get(pk=recommendation.pk)


def close_review(
    review: Review,
    *,
    summary: str = "",
    held_on: date | None = None,
    version: int | None = None,
    read_again: bool = False,
    by: Member,
) -> Review:
    """A review closed."""
    step = actions.prepare_closing(
        review,
        summary=summary,
        held_on=held_on,
        version=version,
        read_again=read_again,
        by=by,
    )
    agree(step, by=by)
    found = Review.objects.within(by.agency).get(pk=review.pk)
    found.agency = by.agency
    return found
