"""Recommendations, judgements and verifications: prepared for the committee, which decides them.

Management answers, and later reports what it carried out. `in_force` does what is decided.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation import events
from foundation.presenting import written
from foundation.refusals import enforce
from groups.actions.interests import note_interest
from oversight import rules
from oversight.actions.reviews import being_closed, locked_committee, locked_review
from oversight.actions.steps import decide_days, prepare
from oversight.models import (
    ANSWERS,
    CommitteeStep,
    ConflictDisclosure,
    Finding,
    ManagementAnswer,
    ManagementResponse,
    Recommendation,
    RecommendationStatus,
    StepKind,
    StepState,
)
from oversight.recognizable import of_texts
from oversight.rules import OwnPart


def _locked(recommendation: Recommendation, by: Member) -> Recommendation:
    recommendations = Recommendation.objects.within(by.agency)
    row = recommendations.select_for_update().get(pk=recommendation.pk)
    row.agency = by.agency
    return row


def part_of(recommendation: Recommendation, member: Member) -> OwnPart:
    """The member's own part in it; three queries, none if all is loaded."""
    return OwnPart(
        answered=any(each.given_by_id == member.pk for each in recommendation.responses.all()),
        conflict=any(each.member_id == member.pk for each in recommendation.conflicts.all()),
        deciding=any(each.is_open for each in recommendation.steps.all()),
    )


def enter(recommendation: Recommendation, status: RecommendationStatus, due: date | None) -> None:
    """Move the (locked) recommendation to its next stage, with the last day of that."""
    recommendation.become(status)
    recommendation.answer_due = due if status == RecommendationStatus.AWAITING else None
    recommendation.stage_due, recommendation.escalated_on = due, None
    recommendation.version += 1
    recommendation.save()


@transaction.atomic
def prepare_recommendation(
    finding: Finding,
    *,
    title: str,
    text: str,
    owner: Member,
    due: date,
    read_again: bool = False,
    by: Member,
) -> CommitteeStep:
    """Put to the committee that management be asked to act; it is in force once they agree.

    ValidationError: an owner who does not answer for management, a day that has passed, no text,
    passages about people that nobody read again (everybody reads what is voted).
    """
    committee = locked_committee(by)
    review = locked_review(finding.review, by)
    deciding = being_closed(review)
    enforce(rules.recording(review, by, rules.hat(by), deciding=deciding))
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
    if not read_again and of_texts(by.agency, [title, text]):
        mistakes["read_again"] = _("Read these passages again. Change what could tell of a person.")
    if mistakes:
        raise ValidationError(mistakes)
    said = {"name": owner.shown_name, "day": written(due)}
    return prepare(
        committee.group,
        asks=_("Recommend to management: %(title)s") % {"title": title.strip()},
        says=[
            text.strip(),
            _("%(name)s is in charge of it. It should be carried out by %(day)s.") % said,
            _("What the committee found:") + " " + finding.text,
        ],
        by=by,
        kind=StepKind.RECOMMEND,
        finding=finding,
        title=title.strip(),
        text=text.strip(),
        owner=owner,
        due=due,
    )


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
    if answer not in ANSWERS:
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
    due = by.agency.today() + decide_days(by.agency)
    enter(recommendation, RecommendationStatus.ANSWERED, due)
    events.record("response.given", recommendation, by=by, response=response.pk, answer=answer)
    return response


@transaction.atomic
def report_done(recommendation: Recommendation, *, evidence: str, by: Member) -> ManagementResponse:
    """Report for management that it is carried out, with the evidence; the committee verifies it.

    ValidationError: no evidence.
    """
    recommendation = _locked(recommendation, by)
    enforce(rules.reporting(recommendation, by))
    if not evidence.strip():
        raise ValidationError({"evidence": _("Say what shows that it was carried out.")})
    response: ManagementResponse = recommendation.responses.create(
        agency=by.agency,
        answer=ManagementAnswer.DONE,
        reason=evidence.strip(),
        given_by=by,
        given_on=by.agency.today(),
    )
    due = by.agency.today() + decide_days(by.agency)
    enter(recommendation, RecommendationStatus.REPORTED, due)
    events.record("response.reported", recommendation, by=by, response=response.pk)
    return response


def _newest(recommendation: Recommendation) -> ManagementResponse:
    return recommendation.responses.order_by("-pk")[0]


@transaction.atomic
def prepare_judgement(
    recommendation: Recommendation, *, satisfactory: bool, reason: str = "", by: Member
) -> CommitteeStep:
    """Put to the committee that the answer be accepted, or sent back with a reason."""
    committee = locked_committee(by)
    recommendation = _locked(recommendation, by)
    enforce(rules.judging(recommendation, by, rules.hat(by), part_of(recommendation, by)))
    if not satisfactory and not reason.strip():
        raise ValidationError({"reason": _("Say why it goes back, so they can fix it.")})
    response = _newest(recommendation)
    asks = _("Accept the answer to %(number)s: %(title)s")
    if not satisfactory:
        asks = _("Send back the answer to %(number)s: %(title)s")
    return prepare(
        committee.group,
        asks=asks % {"number": recommendation.number, "title": recommendation.title},
        says=[
            reason.strip(),
            _("Management answered: %(answer)s") % {"answer": response.get_answer_display()},
            response.reason,
            response.actions,
            _("By %(day)s.") % {"day": written(response.actions_by)} if response.actions_by else "",
        ],
        by=by,
        kind=StepKind.JUDGE,
        recommendation=recommendation,
        response=response,
        satisfactory=satisfactory,
        text=reason.strip(),
    )


@transaction.atomic
def prepare_verification(
    recommendation: Recommendation, *, evidence: str, satisfactory: bool = True, by: Member
) -> CommitteeStep:
    """Put to the committee that it was carried out and is closed, or that it is not done yet.

    `evidence`: what the committee saw. Not done yet: only if management reported that it was.
    """
    committee = locked_committee(by)
    recommendation = _locked(recommendation, by)
    part = part_of(recommendation, by)
    enforce(rules.closing_recommendation(recommendation, by, rules.hat(by), part))
    reported = recommendation.status == RecommendationStatus.REPORTED
    mistakes = {}
    if not evidence.strip():
        mistakes["evidence"] = _("Say what shows that it was carried out.")
        if not satisfactory:
            mistakes["evidence"] = _("Say what is missing, so they can finish it.")
    if not satisfactory and not reported:
        mistakes["satisfactory"] = _("Management has not said that it is carried out.")
    if mistakes:
        raise ValidationError(mistakes)
    response = _newest(recommendation) if reported else None
    asks = _("Close %(number)s as carried out: %(title)s")
    if not satisfactory:
        asks = _("Not carried out yet, %(number)s: %(title)s")
    said = ""
    if response is not None:
        said = _("Management reported: %(evidence)s") % {"evidence": response.reason}
    return prepare(
        committee.group,
        asks=asks % {"number": recommendation.number, "title": recommendation.title},
        says=[evidence.strip(), said],
        by=by,
        kind=StepKind.VERIFY,
        recommendation=recommendation,
        response=response,
        satisfactory=satisfactory,
        text=evidence.strip(),
    )


@transaction.atomic
def disclose_conflict(
    recommendation: Recommendation, *, text: str, by: Member
) -> ConflictDisclosure:
    """Declare a conflict of interest; from then on the member takes no part in judging it."""
    recommendation = _locked(recommendation, by)
    part = part_of(recommendation, by)
    enforce(rules.disclosing(recommendation, by, rules.hat(by), part))
    if not text.strip():
        raise ValidationError({"text": _("Say in a few words what it is.")})
    disclosure: ConflictDisclosure = recommendation.conflicts.create(
        agency=by.agency, member=by, text=text.strip(), on=by.agency.today()
    )
    for step in recommendation.steps.filter(state=StepState.OPEN).select_related("decision"):
        if step.decision is not None:
            note_interest(step.decision, by)
    events.record("conflict.disclosed", recommendation, by=by)
    return disclosure
