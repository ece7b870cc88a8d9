"""Questions about pay as their member and those who answer read them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Member
from compensation.questions.models import PayAnswer, PayQuestion
from compensation.receiving.presenting import handed
from foundation import prepared
from foundation.models import Agency
from foundation.presenting import written
from foundation.templatetags.components import dollars


def asked_by(member: Member) -> QuerySet[PayQuestion]:
    """The member's questions, the newest first."""
    mine = PayQuestion.objects.within(member.agency).filter(member=member.pk)
    return mine.select_related("claim", "payment").order_by("-pk")


def to_answer(member: Member) -> QuerySet[PayQuestion]:
    """Open questions of others, the first due first."""
    rows = PayQuestion.objects.within(member.agency).open().exclude(member=member)
    return rows.select_related("member", "claim", "payment").order_by("due_on", "pk")


@dataclass(frozen=True)
class Answered:
    """The answer to a question, its day, and whether another question followed it."""

    words: str
    on: date
    followed: bool


@dataclass(frozen=True)
class PayAsked:
    """A question, what it is about (in words), and its answer.

    `late`: it should have been answered by now.
    """

    question: PayQuestion
    about: str
    answer: Answered | None
    late: bool


def asked(agency: Agency, questions: list[PayQuestion], on: date) -> list[PayAsked]:
    """The same questions of one agency with their answers; one query."""
    if not questions:
        return []
    values = {"agency": agency.pk, "keys": [each.pk for each in questions]}
    found = {key: Answered(*row) for key, *row in prepared.of_agency(_answers).tuples(values)}
    return [
        PayAsked(
            question=each,
            about=about(each),
            answer=found.get(each.pk),
            late=each.pk not in found and each.due_on < on,
        )
        for each in questions
    ]


def _answers(agency: Agency) -> QuerySet[Any, Any]:
    later = PayQuestion.objects.within(agency).filter(follows=OuterRef("question"))
    answers = PayAnswer.objects.within(agency).filter(prepared.one_of_keys("question"))
    return answers.values_list("question", "words", "answered_on", Exists(later))


def about(question: PayQuestion) -> str:
    """What a question is about; empty for pay in general."""
    if question.payment is not None:
        return handed(question.payment)
    if question.claim is None:
        return ""
    said = _("%(amount)s for %(day)s")
    day = written(question.claim.service_on)
    return said % {"amount": dollars(question.claim.amount), "day": day}
