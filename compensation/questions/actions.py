"""The only write path for questions about pay, and their answers."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import Member
from accounts.permissions import Permission
from compensation.claims.models import Claim
from compensation.payments.models import Payment
from compensation.policies import QUESTION_DAYS
from compensation.questions import rules
from compensation.questions.models import PayAnswer, PayAnswerTold, PayQuestion
from foundation import events
from foundation.refusals import enforce
from notifications.actions import tell, tell_all


@transaction.atomic
def ask(
    *,
    words: str,
    by: Member,
    claim: Claim | None = None,
    payment: Payment | None = None,
    follows: PayQuestion | None = None,
) -> PayQuestion:
    """Ask about one's own line or payment, in general, or on after an answer."""
    # One after the other, so that nobody asks more often than is allowed.
    list(Member.objects.within(by.agency).select_for_update(no_key=True).filter(pk=by.pk))
    if follows is None:
        enforce(rules.asking(by))
    else:
        enforce(rules.asking_on(follows, by))
        claim, payment = follows.claim, follows.payment
    today = by.agency.today()
    asked: PayQuestion = PayQuestion.objects.within(by.agency).create(
        member=by,
        claim=claim,
        payment=payment,
        follows=follows,
        words=words,
        asked_on=today,
        due_on=today + QUESTION_DAYS.span(by.agency, today),
    )
    events.record("pay_question.asked", asked, by=by)
    _tell_those_who_answer(asked, by, by)
    return asked


@transaction.atomic
def ask_for(member: Member, *, words: str, said_how: str, said_on: date, by: Member) -> PayQuestion:
    """Write down what somebody on paper asks about their pay; the days to answer begin today.

    Raises ValidationError for a day that is still to come.
    """
    list(Member.objects.within(by.agency).select_for_update(no_key=True).filter(pk=member.pk))
    enforce(rules.asking_for(member, by))
    today = by.agency.today()
    if said_on > today:
        raise ValidationError({"said_on": _("This day is still to come.")})
    asked: PayQuestion = PayQuestion.objects.within(by.agency).create(
        member=member,
        words=words,
        entered_by=by,
        said_how=said_how,
        asked_on=said_on,
        due_on=today + QUESTION_DAYS.span(by.agency, today),
    )
    events.record("pay_question.asked", asked, by=by, on_behalf_of=member)
    _tell_those_who_answer(asked, member, by)
    return asked


def _tell_those_who_answer(asked: PayQuestion, member: Member, by: Member) -> None:
    today = by.agency.today()
    people = Member.objects.within(by.agency).on(today).exclude(pk__in=[member.pk, by.pk])
    answering = people.with_permission(Permission.SEE_PAYMENTS, today).select_related("user")
    tell_all([(each, asked) for each in answering], "payment.asked", title=_lazy("Payments"))


@transaction.atomic
def tell_answer(question: PayQuestion, *, on: date, by: Member) -> PayAnswerTold:
    """Write down that somebody on paper got the answer.

    Raises ValidationError for a day to come, or before the answer.
    """
    rows = Member.objects.within(by.agency).select_for_update(no_key=True)
    list(rows.filter(pk=question.member_id))
    enforce(rules.telling_answer(question, by))
    answered = PayAnswer.objects.within(by.agency).get(question=question).answered_on
    if not answered <= on <= by.agency.today():
        raise ValidationError({"on": _("Choose the day on which they got it, up to today.")})
    told: PayAnswerTold = PayAnswerTold.objects.within(by.agency).create(
        question=question, told_on=on, by=by
    )
    events.record("pay_question.told", question, by=by)
    return told


@transaction.atomic
def answer(question: PayQuestion, *, words: str, by: Member) -> PayAnswer:
    """Answer a question, once; the member is told."""
    # The row never changes, so the member's is locked in its place.
    people = Member.objects.within(by.agency).select_for_update(no_key=True, of=("self",))
    member = people.select_related("user").get(pk=question.member_id)
    member.agency = by.agency
    enforce(rules.answering(question, by))
    given: PayAnswer = PayAnswer.objects.within(by.agency).create(
        question=question, words=words, answered_on=by.agency.today(), by=by
    )
    events.record("pay_question.answered", question, by=by)
    tell(member, "payment.answered", subject=question)
    return given
