"""Who asks about their pay, how often, and who answers."""

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.policies import QUESTIONS_A_DAY, QUESTIONS_OPEN
from compensation.questions.models import PayAnswer, PayAnswerTold, PayQuestion
from compensation.receiving.models import Arrival
from compensation.receiving.rules import telling_for
from foundation.refusals import Refusal


def asking(member: Member) -> Refusal | None:
    """Asking one more question about one's own pay."""
    mine = PayQuestion.objects.within(member.agency).filter(member=member)
    if mine.open().count() >= QUESTIONS_OPEN.value:
        said = _t("You have %(number)s questions that wait for an answer.")
        return Refusal(
            said % {"number": QUESTIONS_OPEN.words},
            _("Wait for an answer, or call those who pay."),
        )
    if mine.filter(asked_on=member.agency.today()).count() >= QUESTIONS_A_DAY.value:
        said = _t("You asked %(number)s questions today.")
        return Refusal(said % {"number": QUESTIONS_A_DAY.words}, _("Ask again tomorrow."))
    return None


def asking_for(member: Member, by: Member) -> Refusal | None:
    """Writing down what somebody without a way to sign in wants to know about their pay."""
    return telling_for(member, by) or asking(member)


def asking_on(question: PayQuestion, member: Member) -> Refusal | None:
    """Asking on after an answer."""
    if question.member_id != member.pk:
        return Refusal(_("Only the person who asked can ask on."))
    if not PayAnswer.objects.within(member.agency).filter(question=question).exists():
        return Refusal(_("This question is not answered yet."), _("Wait for the answer."))
    if PayQuestion.objects.within(member.agency).filter(follows=question).exists():
        return Refusal(_("You asked on before."), _("Look at your latest question."))
    return asking(member)


def answering(question: PayQuestion, by: Member) -> Refusal | None:
    if not may_answer(by):
        return Refusal(
            _("Only those who approve or pay can answer this."), _("Ask one of them to do it.")
        )
    if question.member_id == by.pk:
        return Refusal(
            _("You can't answer your own question."), _("Ask somebody else to answer it.")
        )
    if PayAnswer.objects.within(by.agency).filter(question=question).exists():
        return Refusal(
            _("This question is answered already."),
            _("If the person wants to know more, they ask."),
        )
    return None


def reading_letter(question: PayQuestion, by: Member) -> Refusal | None:
    """Printing the answer for somebody on paper: who asked for them, and those who answer."""
    if question.entered_by_id is None:
        return Refusal(_("This person reads the answer in the portal."))
    if question.member_id == by.pk or not (question.entered_by_id == by.pk or may_answer(by)):
        return Refusal(
            _("Only whoever wrote the question down, or answers it, tells them."),
            _("Ask one of them to do it."),
        )
    if not PayAnswer.objects.within(by.agency).filter(question=question).exists():
        return Refusal(_("This question is not answered yet."), _("Wait for the answer."))
    return None


def telling_answer(question: PayQuestion, by: Member) -> Refusal | None:
    """Writing down that they got the answer, once."""
    if refusal := reading_letter(question, by):
        return refusal
    if PayAnswerTold.objects.within(by.agency).filter(question=question).exists():
        return Refusal(_("This is written down already."), _("Reload the list."))
    return None


def may_answer(by: Member) -> bool:
    return by.may(Permission.APPROVE_PAYMENTS) or by.may(Permission.PAY)


def unanswered(member: Member) -> Refusal | None:
    """Whether the person still waits for an answer about their pay."""
    missing = Arrival.objects.within(member.agency).to_find().filter(member=member)
    questions = PayQuestion.objects.within(member.agency).open().filter(member=member)
    if missing.exists() or questions.exists():
        return Refusal(
            _("This person waits for an answer about their pay, so they can’t be erased now."),
            _("Ask those who approve and pay to answer, then come back."),
        )
    return None
