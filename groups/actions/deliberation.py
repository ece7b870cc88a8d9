"""Questions on a proposal before it is decided, and reviews of decisions afterwards."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation.refusals import enforce
from groups import rules
from groups.actions.decisions import check_day, locked_decision, record_on
from groups.models import Decision, DecisionReview, Question, ReviewAnswer, Seat
from groups.rules import RUNNING_OFFICES
from notifications.actions import tell


@transaction.atomic
def ask(decision: Decision, *, text: str, by: Member) -> Question:
    """Ask about a proposal; everyone in the group reads the question and the answer."""
    decision = locked_decision(decision, by)
    enforce(rules.asking(decision, by))
    if not text.strip():
        raise ValidationError({"text": _("Write your question.")})
    question: Question = decision.questions.create(
        agency=by.agency,
        round=decision.round,
        asked_by=by,
        asked_on=by.agency.today(),
        text=text.strip(),
    )
    record_on("decision.asked", decision, by, question=question.pk)
    if decision.proposed_by_id != by.pk:
        tell(decision.proposed_by, "decision.asked", subject=decision)
    return question


@transaction.atomic
def answer(question: Question, *, text: str, by: Member) -> Question:
    """Answer a question about a proposal, and tell the person who asked."""
    decision = locked_decision(question.decision, by)
    rows = Question.objects.within(by.agency).select_related("asked_by")
    question = rows.select_for_update(of=("self",)).get(pk=question.pk)
    question.decision = decision
    enforce(rules.answering(question, by))
    if not text.strip():
        raise ValidationError({"text": _("Write the answer.")})
    question.answer, question.answered_by = text.strip(), by
    question.answered_on = by.agency.today()
    question.save()
    record_on("decision.answered", decision, by, question=question.pk)
    if question.asked_by_id != by.pk:
        tell(question.asked_by, "decision.answered", subject=decision)
    return question


@transaction.atomic
def look_again(
    decision: Decision,
    *,
    finding: str,
    note: str,
    next_on: date | None = None,
    on: date | None = None,
    by: Member,
) -> DecisionReview:
    """Record whether a decision still holds, and when to review it next.

    `on`: the day the group reviewed it, today by default. ValidationError: no text, a day before
    the decision or in the future, a next day that is not in the future.
    """
    decision = locked_decision(decision, by)
    enforce(rules.looking_again(decision, by))
    today = by.agency.today()
    if finding not in ReviewAnswer.values:
        raise ValidationError({"finding": _("Choose one of the answers.")})
    if not note.strip():
        raise ValidationError({"note": _("Say why.")})
    on = on or today
    if on > today or (decision.decided_on is not None and on < decision.decided_on):
        raise ValidationError({"on": _("Choose a day between the decision and today.")})
    check_day("next_on", next_on, today)
    review: DecisionReview = decision.reviews.create(
        agency=by.agency, on=on, by=by, finding=finding, note=note.strip()
    )
    decision.review_on = next_on if finding != ReviewAnswer.END else None
    decision.version += 1
    decision.save()
    record_on("decision.looked_at", decision, by, finding=finding)
    return review


@transaction.atomic
def remind(decision: Decision) -> bool:
    """Tell the proposer and the group's leaders that the review day has come; once per day."""
    rows = Decision.objects.within(decision.agency).to_look_at(decision.agency.today())
    due = rows.select_for_update(of=("self",)).filter(pk=decision.pk).first()
    if due is None or due.reminded_of == due.review_on:
        return False
    seats = Seat.objects.within(due.agency).on(due.agency.today()).filter(group=due.group_id)
    for seat in seats.select_related("member__user"):
        if seat.member_id == due.proposed_by_id or seat.office in RUNNING_OFFICES:
            seat.member.agency = due.agency
            tell(seat.member, "decision.to_look_at", subject=due, title=due.title)
    due.reminded_of = due.review_on
    due.save(update_fields=["reminded_of"])
    return True
