"""Waiting items: contacts that are not entered, and requests to be contacted."""

from datetime import date

from django.db.models import Count, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation.addresses import at
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRow, WaitingRows, register
from safety import apart
from safety.models import Call, ContactKind, OutsideContact
from safety.policies import REVIEW_NOTICE


def _missing(member: Member, on: date) -> WaitingRows | None:
    if not member.may(Permission.MANAGE_SETTINGS):
        return None
    entered = OutsideContact.objects.within(member.agency).filter(
        until=None, agency=OuterRef("agency")
    )
    count = entered.order_by().values("agency").annotate(n=Count("pk")).values("n")
    me = Member.objects.within(member.agency).filter(pk=member.pk)
    missing = me.annotate(entered=Coalesce(Subquery(count), 0))
    return WaitingRows(missing.filter(entered__lt=len(ContactKind)), label="shown_name")


def _unseen(member: Member, on: date) -> WaitingRows:
    calls = Call.objects.within(member.agency).unseen().filter(chosen__member=member)
    return WaitingRows(calls, label="member__shown_name", due=F("look_by"))


def _unfinished(member: Member, on: date) -> WaitingRows:
    calls = Call.objects.within(member.agency).open().filter(looked_by=member)
    return WaitingRows(calls, label="member__shown_name")


def _to_review(member: Member, on: date) -> WaitingRows | None:
    if not member.may(Permission.MANAGE_PEOPLE):
        return None
    orders = apart.administered(member).to_review(on, on + REVIEW_NOTICE.span)
    return WaitingRows(orders, label=Value(""), due="review_by")


def _contacts(member: Member, row: WaitingRow) -> str:
    return at(member.agency, "safety:contacts")


def _call(member: Member, row: WaitingRow) -> str:
    return at(member.agency, "safety:call", pk=row.subject_id)


register(
    WaitingKind(
        code="safety.contacts",
        area=Area.PEOPLE,
        title=_("Enter whom people can call outside, and your state’s reporting rule"),
        minutes=10,
        rows=_missing,
        url=_contacts,
    )
)
register(
    WaitingKind(
        code="safety.first_look",
        area=Area.PEOPLE,
        title=_("%(label)s asks you to contact them"),
        minutes=2,
        rows=_unseen,
        url=_call,
    )
)
register(
    WaitingKind(
        code="safety.contact",
        area=Area.PEOPLE,
        title=_("Contact %(label)s, as you said you would"),
        minutes=10,
        rows=_unfinished,
        url=_call,
    )
)
# No names here: others may see a home page over somebody's shoulder.
register(
    WaitingKind(
        code="safety.no_contact",
        area=Area.PEOPLE,
        title=_("Review a no-contact order"),
        minutes=10,
        rows=_to_review,
        url=lambda member, row: at(member.agency, "safety:no_contact", pk=row.subject_id),
    )
)
