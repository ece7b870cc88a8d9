"""Waiting items: agreements that are missing, or that end soon."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation.addresses import at
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRow, WaitingRows, page, register
from privacy.agreements.models import AgreementKind, DataAgreement
from privacy.agreements.policies import AGREEMENT_NOTICE


def _missing(member: Member, on: date) -> WaitingRows | None:
    """What `rules.lacking` says, asked of the database."""
    if not member.may(Permission.MANAGE_SETTINGS):
        return None
    held = DataAgreement.objects.within(member.agency).in_force(on)
    without = {kind: ~Exists(held.filter(kind=kind)) for kind in AgreementKind}
    lacking = without[AgreementKind.OURSELVES] & (
        without[AgreementKind.BUSINESS_ASSOCIATE]
        | Q(agency__part2=True) & without[AgreementKind.SERVICE_ORGANIZATION]
    )
    me = Member.objects.within(member.agency).filter(pk=member.pk, agency__sandbox=False)
    return WaitingRows(me.filter(Q(agency__part2=None) | lacking), label=Value(""))


def _ending(member: Member, on: date) -> WaitingRows | None:
    """Those that end soon with nothing of their kind after them."""
    if not member.may(Permission.MANAGE_SETTINGS):
        return None
    rows = DataAgreement.objects.within(member.agency)
    soon = rows.in_force(on).filter(ends__lte=on + AGREEMENT_NOTICE.span(member.agency, on))
    after = rows.filter(kind=OuterRef("kind"), since__lte=OuterRef("ends")).filter(
        Q(ends=None) | Q(ends__gt=OuterRef("ends"))
    )
    ours = rows.filter(kind=AgreementKind.OURSELVES, since__lte=OuterRef("ends"), ends=None)
    return WaitingRows(soon.exclude(Exists(after) | Exists(ours)), label=Value(""), due="ends")


def _all(member: Member, row: WaitingRow) -> str:
    return at(member.agency, "privacy:agreements")


register(
    WaitingKind(
        code="privacy.agreements",
        area=Area.PEOPLE,
        title=_("Record the agreements that real people’s data needs"),
        minutes=10,
        rows=_missing,
        url=_all,
    )
)
register(
    WaitingKind(
        code="privacy.agreement_ends",
        area=Area.PEOPLE,
        title=_("Renew an agreement before it ends"),
        minutes=30,
        rows=_ending,
        url=page("privacy:agreement"),
    )
)
