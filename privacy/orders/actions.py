"""The only write path for legal orders."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import access
from accounts.models import Member
from foundation import events
from foundation.refusals import enforce
from privacy.orders import rules
from privacy.orders.models import LegalOrder, OrderAnswer, OrderKind, WhetherTold

GIVING = (OrderAnswer.COMPLIED, OrderAnswer.PARTLY)


@transaction.atomic
def enter(
    *,
    kind: str,
    received_on: date,
    asked_by: str,
    scope: str,
    member: Member | None = None,
    answer_by: date | None = None,
    by: Member,
) -> LegalOrder:
    """Enter what was received. ValidationError: a day to come, a person who enters their own."""
    enforce(rules.keeping_orders(by))
    if kind not in OrderKind.values:
        raise ValidationError({"kind": _("Choose what was received.")})
    if received_on > by.agency.today():
        raise ValidationError({"received_on": _("Enter the day on which it arrived.")})
    if answer_by is not None and answer_by < received_on:
        raise ValidationError({"answer_by": _("This is before the day on which it arrived.")})
    if member is not None and member.pk == by.pk:
        enforce(rules.ABOUT_YOU)
    order = LegalOrder.objects.within(by.agency).create(
        kind=kind,
        received_on=received_on,
        asked_by=asked_by.strip(),
        scope=scope.strip(),
        member=member,
        answer_by=answer_by,
        entered_by=by,
        told="" if member is not None else WhetherTold.NOBODY,
        told_on=None if member is not None else by.agency.today(),
        told_by=None if member is not None else by,
    )
    events.record("legal_order.entered", order, by=by, kind=kind)
    return order


@transaction.atomic
def answer(
    order: LegalOrder, *, answer: str, answered_on: date, given: str = "", by: Member
) -> LegalOrder:
    """Write down how the agency answered.

    ValidationError: no answer, a day to come or before the order, or no word on what was given.
    """
    order = _locked(order, by)
    enforce(rules.answering(order, by))
    given = given.strip() if answer in GIVING else ""
    if answer not in OrderAnswer.values:
        raise ValidationError({"answer": _("Choose what the agency did.")})
    if not order.received_on <= answered_on <= by.agency.today():
        raise ValidationError(
            {"answered_on": _("Enter a day between the order’s arrival and today.")}
        )
    if answer in GIVING and not given:
        raise ValidationError({"given": _("Write what was given, in a few words.")})
    order.answer, order.answered_on, order.answered_by = answer, answered_on, by
    order.given = given
    order.save(update_fields=["answer", "answered_on", "answered_by", "given"])
    if order.told == WhetherTold.TOLD and answer in GIVING:
        log_disclosure(order)
    events.record("legal_order.answered", order, by=by, answer=answer)
    return order


@transaction.atomic
def tell(
    order: LegalOrder, *, told: str, told_on: date, forbidden_by: str = "", by: Member
) -> LegalOrder:
    """Write down that the person was told, or who forbids telling them.

    ValidationError: a day to come or before the order, or no word on who forbids it.
    """
    order = _locked(order, by)
    enforce(rules.telling(order, by))
    if told not in (WhetherTold.TOLD, WhetherTold.FORBIDDEN):
        raise ValidationError({"told": _("Choose one.")})
    if not order.received_on <= told_on <= by.agency.today():
        raise ValidationError({"told_on": _("Enter a day between the order’s arrival and today.")})
    forbidden_by = forbidden_by.strip() if told == WhetherTold.FORBIDDEN else ""
    if told == WhetherTold.FORBIDDEN and not forbidden_by:
        raise ValidationError(
            {"forbidden_by": _("Write who forbids it, and by which law or order.")}
        )
    order.told, order.told_on, order.told_by = told, told_on, by
    order.forbidden_by = forbidden_by
    order.save(update_fields=["told", "told_on", "told_by", "forbidden_by"])
    if told == WhetherTold.TOLD and order.answer in GIVING:
        log_disclosure(order)
    events.record("legal_order.told", order, by=by, told=told)
    return order


def log_disclosure(order: LegalOrder) -> None:
    """Show the person who gave records about them, once they have been told; no ban is broken."""
    if order.member is not None and order.answered_by is not None:
        order.answered_by.agency = order.agency
        access.log(by=order.answered_by, about=order.member, what="disclosure")


def _locked(order: LegalOrder, by: Member) -> LegalOrder:
    return LegalOrder.objects.within(by.agency).select_for_update().get(pk=order.pk)
