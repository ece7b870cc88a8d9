"""Links to questions about pay, and the words of messages."""

from django.db.models import Value
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts import unsettled
from accounts.models import Member
from accounts.permissions import Permission
from compensation.questions import rules
from compensation.questions.models import PayQuestion, PayQuestionQuerySet
from foundation import links
from foundation.addresses import at
from foundation.links import Named
from notifications import notices
from notifications.topics import Topic

notices.register("payment.asked", _("Somebody asked about their pay."))
notices.register(
    "payment.answered", _("Your question about your pay was answered."), Topic.PAYMENTS
)


def _page(reader: Member, question: int) -> str:
    sees_all = reader.may(Permission.SEE_PAYMENTS)
    return at(reader.agency, f"compensation:{'questions' if sees_all else 'my_questions'}")


def _rows(reader: Member) -> PayQuestionQuerySet:
    rows = PayQuestion.objects.within(reader.agency)
    return rows if reader.may(Permission.SEE_PAYMENTS) else rows.filter(member=reader)


links.register_named("pay_question", Named(_page, _rows, Value(""), lambda _name: _t("Payments")))
unsettled.register(
    unsettled.Settling(
        leaving="",
        erasing=_(
            "Nobody is erased while they wait for an answer about their pay. Whether that is so is "
            "not shown here."
        ),
        open=rules.unanswered,
    )
)
