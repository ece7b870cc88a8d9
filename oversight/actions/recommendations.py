"""Recommendations: made, answered by management, judged, closed on evidence."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation import events
from foundation.refusals import enforce
from oversight import rules
from oversight.actions.reviews import locked_committee, locked_review
from oversight.models import (
    ConflictDisclosure,
    Finding,
    Judgement,
    ManagementAnswer,
    ManagementResponse,
    Recommendation,
    RecommendationStatus,
)
from oversight.policies import ANSWER_DAYS
from oversight.rules import OwnPart


def _locked(recommendation: Recommendation, by: Member) -> Recommendation:
    recommendations = Recommendation.objects.within(by.agency)
    return recommendations.select_for_update().get(pk=recommendation.pk)


def part_of(recommendation: Recommendation, member: Member) -> OwnPart:
    """The member's own part in it; two queries, none if answers and conflicts are loaded."""
    return OwnPart(
        answered=any(each.given_by_id == member.pk for each in recommendation.responses.all()),
        conflict=any(each.member_id == member.pk for each in recommendation.conflicts.all()),
    )


def _answer_days(by: Member) -> timedelta:
    """How long management has to answer, under today's setting."""
    return ANSWER_DAYS.span(by.agency, by.agency.today())


@transaction.atomic
def recommend(
    finding: Finding, *, title: str, text: str, owner: Member, due: date, by: Member
) -> Recommendation:
    """Ask management to act; the recommendation gets the year's next number, without gaps.

    ValidationError: an owner who does not answer for management, a day that has passed, no text.
    """
    # The committee's lock serializes numbering; a rollback frees the number again.
    locked_committee(by)
    review = locked_review(finding.review, by)
    enforce(rules.recording(review, by, rules.hat(by)))
    today = by.agency.today()
    mistakes = {}
    if not title.strip():
        mistakes["title"] = _("Name the recommendation in a few words.")
    if not text.strip():
        mistakes["text"] = _("Write what the committee asks for.")
    if due < today:
        mistakes["due"] = _("Choose today or a later day.")
    if not _answers_for_management(owner):
        mistakes["owner"] = _("Choose somebody who answers for management.")
    if mistakes:
        raise ValidationError(mistakes)
    recommendations = Recommendation.objects.within(by.agency)
    last = recommendations.filter(year=today.year).aggregate(last=Max("serial"))["last"]
    answer_due = today + _answer_days(by)
    recommendation = recommendations.create(
        finding=finding,
        year=today.year,
        serial=(last or 0) + 1,
        title=title.strip(),
        text=text.strip(),
        owner=owner,
        due=due,
        made_on=today,
        made_by=by,
        first_answer_due=answer_due,
        answer_due=answer_due,
    )
    events.record("recommendation.made", recommendation, by=by, review=review.pk, owner=owner.pk)
    return recommendation


def _answers_for_management(owner: Member) -> bool:
    members = Member.objects.within(owner.agency).on(owner.agency.today())
    answering = members.with_permission(Permission.ANSWER_FOR_MANAGEMENT, owner.agency.today())
    return answering.filter(pk=owner.pk).exists()


@transaction.atomic
def give_response(
    recommendation: Recommendation,
    *,
    answer: str,
    reason: str,
    actions: str = "",
    actions_by: date | None = None,
    by: Member,
) -> ManagementResponse:
    """Answer for management: accept, accept in part or decline, with the reason.

    ValidationError: no reason; accepting without saying what will be done and by when.
    """
    recommendation = _locked(recommendation, by)
    enforce(rules.answering(recommendation, by))
    mistakes = {}
    if answer not in ManagementAnswer.values:
        mistakes["answer"] = _("Choose one of the answers.")
    if not reason.strip():
        mistakes["reason"] = _("Say why.")
    if answer != ManagementAnswer.DECLINE:
        if not actions.strip():
            mistakes["actions"] = _("Say what will be done.")
        if actions_by is None:
            mistakes["actions_by"] = _("Say by when it will be done.")
        elif actions_by < by.agency.today():
            mistakes["actions_by"] = _("Choose today or a later day.")
    if mistakes:
        raise ValidationError(mistakes)
    response: ManagementResponse = recommendation.responses.create(
        agency=by.agency,
        answer=answer,
        reason=reason.strip(),
        actions=actions.strip(),
        actions_by=None if answer == ManagementAnswer.DECLINE else actions_by,
        given_by=by,
        given_on=by.agency.today(),
    )
    recommendation.become(RecommendationStatus.ANSWERED)
    recommendation.answer_due = None
    recommendation.version += 1
    recommendation.save()
    events.record("response.given", recommendation, by=by, response=response.pk, answer=answer)
    return response


@transaction.atomic
def judge(
    recommendation: Recommendation, *, satisfactory: bool, reason: str = "", by: Member
) -> Judgement:
    """Accept the answer, or send it back with a reason, which grants further days."""
    recommendation = _locked(recommendation, by)
    enforce(rules.judging(recommendation, by, rules.hat(by), part_of(recommendation, by)))
    if not satisfactory and not reason.strip():
        raise ValidationError({"reason": _("Say why it goes back, so they can fix it.")})
    today = by.agency.today()
    due = None if satisfactory else today + _answer_days(by)
    response = recommendation.responses.order_by("-pk")[0]
    judgement = Judgement.objects.within(by.agency).create(
        response=response,
        satisfactory=satisfactory,
        reason=reason.strip(),
        by=by,
        on=today,
        answer_due=due,
    )
    recommendation.become(
        RecommendationStatus.ACCEPTED if satisfactory else RecommendationStatus.AWAITING
    )
    recommendation.answer_due = due
    recommendation.version += 1
    recommendation.save()
    name = "response.accepted" if satisfactory else "response.returned"
    events.record(name, recommendation, by=by, response=response.pk)
    return judgement


@transaction.atomic
def close_recommendation(
    recommendation: Recommendation, *, evidence: str, by: Member
) -> Recommendation:
    """Record that it was carried out, with the evidence."""
    recommendation = _locked(recommendation, by)
    part = part_of(recommendation, by)
    enforce(rules.closing_recommendation(recommendation, by, rules.hat(by), part))
    if not evidence.strip():
        raise ValidationError({"evidence": _("Say what shows that it was carried out.")})
    recommendation.become(RecommendationStatus.CLOSED)
    recommendation.evidence = evidence.strip()
    recommendation.closed_on, recommendation.closed_by = by.agency.today(), by
    recommendation.version += 1
    recommendation.save()
    events.record("recommendation.closed", recommendation, by=by)
    return recommendation


@transaction.atomic
def disclose_conflict(
    recommendation: Recommendation, *, text: str, by: Member
) -> ConflictDisclosure:
    """Declare a conflict of interest; from then on the member does not judge it."""
    recommendation = _locked(recommendation, by)
    part = part_of(recommendation, by)
    enforce(rules.disclosing(recommendation, by, rules.hat(by), part))
    if not text.strip():
        raise ValidationError({"text": _("Say in a few words what it is.")})
    disclosure: ConflictDisclosure = recommendation.conflicts.create(
        agency=by.agency, member=by, text=text.strip(), on=by.agency.today()
    )
    events.record("conflict.disclosed", recommendation, by=by)
    return disclosure
