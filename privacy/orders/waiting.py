"""Waiting items: orders to answer, and people to tell of them."""

from datetime import date

from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation.addresses import at
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRow, WaitingRows, register
from privacy.orders.models import LegalOrder, LegalOrderQuerySet


def _orders(member: Member) -> LegalOrderQuerySet | None:
    """Orders the member may settle: not those about themselves."""
    if not member.may(Permission.MANAGE_SETTINGS):
        return None
    rows: LegalOrderQuerySet = LegalOrder.objects.within(member.agency)
    return rows.not_about(member)


def _to_answer(member: Member, on: date) -> WaitingRows | None:
    rows = _orders(member)
    if rows is None:
        return None
    return WaitingRows(rows.open(), label=Value(""), due="answer_by")


def _to_tell(member: Member, on: date) -> WaitingRows | None:
    rows = _orders(member)
    return None if rows is None else WaitingRows(rows.to_tell(), label=Value(""))


def _page(member: Member, row: WaitingRow) -> str:
    return at(member.agency, "privacy:order", pk=row.subject_id)


# No names here: others may see a home page over somebody's shoulder.
register(
    WaitingKind(
        code="privacy.answer_order",
        area=Area.PEOPLE,
        title=_("Answer a legal order"),
        minutes=30,
        rows=_to_answer,
        url=_page,
    )
)
register(
    WaitingKind(
        code="privacy.tell_of_order",
        area=Area.PEOPLE,
        title=_("Tell somebody that records about them were asked for"),
        minutes=10,
        rows=_to_tell,
        url=_page,
    )
)
