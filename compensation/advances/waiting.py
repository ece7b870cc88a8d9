"""Waiting items: advances of which nobody has said what was spent. They never hold up pay."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from compensation.advances.reading import unsettled
from compensation.policies import SETTLE_AFTER
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRows, page, register


def _to_settle(member: Member, on: date) -> WaitingRows | None:
    over = unsettled(member.agency).filter(
        service_on__lte=on - SETTLE_AFTER.span(member.agency, on)
    )
    mine = over.filter(member=member) | over.filter(entered_by=member, member__user=None)
    return WaitingRows(mine, label="what_for")


register(
    WaitingKind(
        code="payment.to_settle",
        area=Area.PAYMENTS,
        title=_("Tell us what you spent: %(label)s"),
        minutes=2,
        rows=_to_settle,
        url=page("compensation:settle"),
    )
)
