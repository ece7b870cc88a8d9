"""Waiting items: people whose pay of this year asks for a form W-9."""

from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.employment.models import EmploymentDecision, EmploymentKind
from compensation.policies import TAX_FORM_FROM
from compensation.taxforms.models import TaxFormNote
from compensation.taxforms.reading import worth_by_member
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRows, page, register


def _to_ask(member: Member, on: date) -> WaitingRows | None:
    """Members who reached the sum by which the form is asked for, unless paid through payroll."""
    if not member.may(Permission.PAY):
        return None
    agency = member.agency
    paid = worth_by_member(agency, date(on.year, 1, 1), on)
    reached = paid.filter(worth__gte=TAX_FORM_FROM.value(agency, on)).values("member")
    payroll = EmploymentDecision.objects.within(agency).on(on)
    people = Member.objects.within(agency).filter(
        ~Exists(payroll.filter(kind=EmploymentKind.EMPLOYEE)),
        ~Exists(TaxFormNote.objects.within(agency).filter(member=OuterRef("pk"))),
        pk__in=reached,
        erased_at=None,
    )
    return WaitingRows(people.exclude(pk=member.pk), label="shown_name")


register(
    WaitingKind(
        code="payment.tax_form",
        area=Area.PAYMENTS,
        title=_("Ask %(label)s for a form W-9"),
        minutes=5,
        rows=_to_ask,
        url=page("compensation:tax_form"),
    )
)
