"""The only write path for whether payments came."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import Member
from accounts.permissions import Permission
from compensation.payments.models import Payment
from compensation.policies import ARRIVAL_DAYS
from compensation.receiving import rules
from compensation.receiving.models import Arrival, ArrivalKind
from foundation import events
from foundation.refusals import enforce
from notifications.actions import tell, tell_all


@transaction.atomic
def say(
    payment: Payment,
    *,
    kind: str,
    by: Member,
    said_how: str = "",
    said_on: date | None = None,
) -> Arrival:
    """Say that a payment came (`got`) or did not (`missing`); those who pay are told of the latter.

    `by` enters it for a member on paper, with how and when they said it. Raises ValidationError for
    a day that is still to come, or before the payment.
    """
    payment, last = _locked(payment, by)
    enforce(rules.telling(payment, kind, last, by))
    today = by.agency.today()
    said_on = said_on or today
    if said_on > today:
        raise ValidationError({"said_on": _("This day is still to come.")})
    if said_on < payment.paid_on:
        raise ValidationError({"said_on": _("It was paid on a later day. Check the day.")})
    due = today + ARRIVAL_DAYS.span(by.agency, today) if kind == ArrivalKind.MISSING else None
    theirs = payment.member_id == by.pk
    said: Arrival = Arrival.objects.within(by.agency).create(
        payment=payment,
        member=payment.member,
        kind=kind,
        said_on=said_on,
        said_how="" if theirs else said_how,
        due_on=due,
        by=by,
    )
    name = "payment.got" if kind == ArrivalKind.GOT else "payment.missing"
    events.record(name, payment, by=by, on_behalf_of=None if theirs else payment.member)
    if kind == ArrivalKind.MISSING:
        people = Member.objects.within(by.agency).on(today).with_permission(Permission.PAY, today)
        payers = people.exclude(pk=payment.member_id).select_related("user")
        tell_all([(each, said) for each in payers], "payment.missing", title=_lazy("Payments"))
    return said


@transaction.atomic
def answer(payment: Payment, *, words: str, by: Member) -> Arrival:
    """Tell the member what was found out about a payment that did not come."""
    payment, last = _locked(payment, by)
    enforce(rules.answering(payment, last, by))
    found: Arrival = Arrival.objects.within(by.agency).create(
        payment=payment,
        member=payment.member,
        kind=ArrivalKind.FOUND,
        said_on=by.agency.today(),
        words=words,
        by=by,
    )
    events.record("payment.found", payment, by=by)
    tell(payment.member, "payment.found", subject=found)
    return found


def _locked(payment: Payment, by: Member) -> tuple[Payment, Arrival | None]:
    """The payment, locked, and what was said about it last."""
    rows = Payment.objects.within(by.agency).select_for_update(of=("self",))
    held = rows.select_related("member__user").get(pk=payment.pk)
    held.member.agency = by.agency
    said = Arrival.objects.within(by.agency).filter(payment=held)
    return held, said.order_by("-pk").first()
