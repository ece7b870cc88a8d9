"""Waiting items: what people say was not right, for administrators who did not do it."""

from datetime import date

from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRows, page, register
from privacy.denials.models import Denial


def _open(member: Member, on: date) -> WaitingRows | None:
    if not member.may(Permission.MANAGE_PEOPLE):
        return None
    rows = Denial.objects.within(member.agency).open().for_others(member)
    return WaitingRows(rows, label=Value(""))


# No names here: others may see a home page over somebody's shoulder.
register(
    WaitingKind(
        code="privacy.denial",
        area=Area.PEOPLE,
        title=_("Somebody says that something was not right: look into it"),
        minutes=10,
        rows=_open,
        url=page("privacy:denial"),
    )
)
