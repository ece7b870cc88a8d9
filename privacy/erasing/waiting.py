"""Waiting items: requests to be erased, and texts that may name somebody who was."""

from datetime import date

from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRows, page, register
from privacy.erasing.models import Erasure, ErasureRequest


def _requests(member: Member, on: date) -> WaitingRows | None:
    if not member.may(Permission.MANAGE_PEOPLE):
        return None
    rows = ErasureRequest.objects.within(member.agency).open().exclude(member=member)
    return WaitingRows(rows, label="member__shown_name", subject="member")


def _mentions(member: Member, on: date) -> WaitingRows | None:
    if not member.may(Permission.MANAGE_PEOPLE):
        return None
    return WaitingRows(Erasure.objects.within(member.agency).open(), label=Value(""))


register(
    WaitingKind(
        code="privacy.erasure_request",
        area=Area.PEOPLE,
        title=_("%(label)s asks you to erase their information"),
        minutes=5,
        rows=_requests,
        url=page("accounts:erase"),
    )
)
register(
    WaitingKind(
        code="privacy.mentions",
        area=Area.PEOPLE,
        title=_("Check texts that may name a former member"),
        minutes=10,
        rows=_mentions,
        url=page("privacy:erasure"),
    )
)
