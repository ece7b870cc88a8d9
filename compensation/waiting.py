"""What waits for a member about money: a choice, a question, lines to approve and to pay."""

from datetime import date

from django.db.models import Min, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.models import Claim, ClaimStatus, Election, Offer
from foundation.addresses import at
from notifications.areas import Area
from notifications.waiting import Kind, Row, Rows, register


def _choice(member: Member, on: date) -> Rows | None:
    elected = Election.objects.within(member.agency).on(on).filter(member=member)
    offers = Offer.objects.within(member.agency).filter(member=member)
    return Rows(offers.exclude(member__in=elected.values("member")), label=Value(""))


def _choice_for(member: Member, on: date) -> Rows | None:
    """Of people who can't choose here themselves: they have no account, or have left."""
    if not (member.may(Permission.FACILITATE) or member.may(Permission.MANAGE_PEOPLE)):
        return None
    elected = Election.objects.within(member.agency).on(on)
    offers = Offer.objects.within(member.agency).filter(member__erased_at=None)
    cannot = Q(member__user=None) | Q(member__until__lte=on)
    asked = offers.filter(cannot).exclude(member__in=elected.values("member"))
    return Rows(asked.exclude(member=member), label="member__shown_name", subject="member")


def _question(member: Member, on: date) -> Rows | None:
    mine = Claim.objects.within(member.agency).filter(member=member, status=ClaimStatus.RETURNED)
    return Rows(mine, label="what_for")


def _batch(claims: QuerySet[Claim]) -> Rows:
    """One row for all the lines together, due when the first of them is."""
    first = claims.order_by().values("agency").annotate(first=Min("pk"), due=Min("due_on"))
    return Rows(first, label=Value(""), due="due", subject="first")


def _to_approve(member: Member, on: date) -> Rows | None:
    if not member.may(Permission.APPROVE_PAYMENTS):
        return None
    mine = Claim.objects.within(member.agency).to_approve().exclude(member=member)
    return _batch(mine.exclude(entered_by=member))


def _to_pay(member: Member, on: date) -> Rows | None:
    if not member.may(Permission.PAY):
        return None
    mine = Claim.objects.within(member.agency).to_pay().exclude(member=member)
    return _batch(mine.exclude(approved_by=member).exclude(entered_by=member))


def _nobody_approves(member: Member, on: date) -> Rows | None:
    if not member.may(Permission.MANAGE_PEOPLE):
        return None
    return _batch(Claim.objects.within(member.agency).nobody_approves(on))


def _nobody_pays(member: Member, on: date) -> Rows | None:
    if not member.may(Permission.MANAGE_PEOPLE):
        return None
    return _batch(Claim.objects.within(member.agency).nobody_pays(on))


def _page(name: str, member: Member, row: Row) -> str:
    return at(member.agency, f"compensation:{name}")


register(
    Kind(
        code="payment.choice",
        area=Area.PAYMENTS,
        title=_("Tell us if you want to be paid for your time"),
        minutes=2,
        rows=_choice,
        url=lambda member, row: _page("choose", member, row),
    )
)
register(
    Kind(
        code="payment.choice_for",
        area=Area.PAYMENTS,
        title=_("Ask %(label)s about being paid, and write down what they say"),
        minutes=5,
        rows=_choice_for,
        url=lambda member, row: at(member.agency, "compensation:choose_for", pk=row.subject_id),
    )
)
register(
    Kind(
        code="payment.question",
        area=Area.PAYMENTS,
        title=_("Answer a question about money you asked back"),
        minutes=2,
        rows=_question,
        url=lambda member, row: at(member.agency, "compensation:claim_again", pk=row.subject_id),
    )
)
register(
    Kind(
        code="payment.to_approve",
        area=Area.PAYMENTS,
        title=_("Approve payments"),
        minutes=5,
        rows=_to_approve,
        url=lambda member, row: _page("payments", member, row),
    )
)
register(
    Kind(
        code="payment.to_pay",
        area=Area.PAYMENTS,
        title=_("Record payments that were made"),
        minutes=5,
        rows=_to_pay,
        url=lambda member, row: _page("to_pay", member, row),
    )
)
register(
    Kind(
        code="payment.nobody_approves",
        title=_("Name a further approver: a payment waits that no one may approve"),
        area=Area.PEOPLE,
        minutes=5,
        rows=_nobody_approves,
        url=lambda member, row: at(member.agency, "accounts:people"),
    )
)
register(
    Kind(
        code="payment.nobody_pays",
        title=_("Name a further payer: a payment waits that no one may pay"),
        area=Area.PEOPLE,
        minutes=5,
        rows=_nobody_pays,
        url=lambda member, row: at(member.agency, "accounts:people"),
    )
)
