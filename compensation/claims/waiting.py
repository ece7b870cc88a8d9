"""Waiting items about lines: a question to answer, lines to approve."""

from datetime import date

from django.db.models import Min, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.claims.models import Claim, ClaimStatus
from foundation.addresses import at
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRow, WaitingRows, register


def _question(member: Member, on: date) -> WaitingRows | None:
    mine = Claim.objects.within(member.agency).filter(member=member, status=ClaimStatus.RETURNED)
    return WaitingRows(mine, label="what_for")


def batch(claims: QuerySet[Claim]) -> WaitingRows:
    """One row for all the lines together, due when the first of them is."""
    first = claims.order_by().values("agency").annotate(first=Min("pk"), due=Min("due_on"))
    return WaitingRows(first, label=Value(""), due="due", subject="first")


def _to_approve(member: Member, on: date) -> WaitingRows | None:
    if not member.may(Permission.APPROVE_PAYMENTS):
        return None
    return batch(Claim.objects.within(member.agency).approvable_by(member))


def _nobody_approves(member: Member, on: date) -> WaitingRows | None:
    if not member.may(Permission.MANAGE_PEOPLE):
        return None
    return batch(Claim.objects.within(member.agency).nobody_approves(on))


def _page(name: str, member: Member, row: WaitingRow) -> str:
    return at(member.agency, f"compensation:{name}")


register(
    WaitingKind(
        code="payment.question",
        area=Area.PAYMENTS,
        title=_("Answer a question about money you asked back"),
        minutes=2,
        rows=_question,
        url=lambda member, row: at(member.agency, "compensation:claim_again", pk=row.subject_id),
    )
)
register(
    WaitingKind(
        code="payment.to_approve",
        area=Area.PAYMENTS,
        title=_("Approve payments"),
        minutes=5,
        rows=_to_approve,
        url=lambda member, row: _page("payments", member, row),
    )
)
register(
    WaitingKind(
        code="payment.nobody_approves",
        title=_("Name a further approver: a payment waits that no one may approve"),
        area=Area.PEOPLE,
        minutes=5,
        rows=_nobody_approves,
        url=lambda member, row: at(member.agency, "accounts:people"),
    )
)
