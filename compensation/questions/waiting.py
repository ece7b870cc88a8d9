"""Waiting items: questions about pay to answer, and how many are late."""

from datetime import date

from django.db.models import Count, Min
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.questions import rules
from compensation.questions.models import PayQuestion
from foundation.addresses import at
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRows, page, register


def _to_answer(member: Member, on: date) -> WaitingRows | None:
    if not rules.may_answer(member):
        return None
    asked = PayQuestion.objects.within(member.agency).open().exclude(member=member)
    return WaitingRows(asked, label="member__shown_name", due="due_on")


def _late(member: Member, on: date) -> WaitingRows | None:
    if not member.may(Permission.MANAGE_PEOPLE):
        return None
    late = PayQuestion.objects.within(member.agency).open().filter(due_on__lt=on)
    counted = late.order_by().values("agency").annotate(first=Min("pk"), n=Count("pk"))
    return WaitingRows(counted, label="n", subject="first")


def _to_tell(member: Member, on: date) -> WaitingRows | None:
    """For whoever wrote it down; for those who answer, too: the other one may be away."""
    told = PayQuestion.objects.within(member.agency).to_tell().exclude(member=member)
    if not rules.may_answer(member):
        if not (member.may(Permission.FACILITATE) or member.may(Permission.MANAGE_PEOPLE)):
            return None
        told = told.filter(entered_by=member)
    return WaitingRows(told, label="member__shown_name")


register(
    WaitingKind(
        code="payment.to_tell",
        area=Area.PAYMENTS,
        title=_("Tell somebody the answer about their pay: %(label)s"),
        minutes=5,
        rows=_to_tell,
        url=page("compensation:told"),
    )
)
register(
    WaitingKind(
        code="payment.asked",
        area=Area.PAYMENTS,
        title=_("Answer a question about pay: %(label)s"),
        minutes=5,
        rows=_to_answer,
        url=page("compensation:answer"),
    )
)
register(
    WaitingKind(
        code="payment.asked_late",
        area=Area.PEOPLE,
        title=_("Questions about pay that are not answered in time: %(label)s"),
        minutes=5,
        rows=_late,
        url=lambda member, row: at(member.agency, "accounts:people"),
    )
)
