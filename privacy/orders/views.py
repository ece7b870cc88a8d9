"""Legal orders: entered, answered, and told to the person they are about."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import access
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import page_of
from foundation.refusals import enforce
from privacy.orders import actions, rules
from privacy.orders.forms import OrderAnswerForm, OrderForm, TellForm
from privacy.orders.models import LegalOrder, OrderAnswer, OrderKind, WhetherTold


@require_safe
def orders(request: AgencyRequest) -> HttpResponse:
    """All orders, those without an answer first."""
    enforce(rules.keeping_orders(request.member))
    rows = _orders(request).order_by("answered_on", "-received_on", "-pk")
    waiting = rows.open().order_by("answer_by", "received_on", "pk")
    page = page_of(request, waiting, parameter="open")
    done = page_of(request, rows.exclude(answered_on=None).order_by("-answered_on", "-pk"))
    shown = [*page.object_list, *done.object_list]
    access.log_all(
        by=request.member,
        about=[each.member for each in shown if each.member is not None],
        what="profile",
    )
    return render(
        request,
        "privacy/orders/orders.html",
        {
            "head": [_("What"), _("From"), _("Arrived"), _("About"), _("Answer by")],
            "waiting": page,
            "waiting_rows": [
                _row(each, request, _day(each.answer_by) or _("No deadline"))
                for each in page.object_list
            ],
            "done_head": [_("What"), _("From"), _("Arrived"), _("About"), _("Answered")],
            "done": done,
            "done_rows": [_row(each, request, _day(each.answered_on)) for each in done.object_list],
        },
    )


def _row(order: LegalOrder, request: AgencyRequest, by: str) -> list[Any]:
    kind = OrderKind(order.kind).label
    return [
        {"text": kind, "href": at(request.agency, "privacy:order", pk=order.pk)},
        order.asked_by,
        _day(order.received_on),
        _about(order),
        by,
    ]


def _about(order: LegalOrder) -> str:
    return str(order.member) if order.member is not None else _("No particular person")


def _orders(request: AgencyRequest) -> Any:
    rows = LegalOrder.objects.within(request.agency)
    return rows.select_related("member", "entered_by", "answered_by", "told_by")


def _found(request: AgencyRequest, pk: int) -> LegalOrder:
    enforce(rules.keeping_orders(request.member))
    found: LegalOrder = get_object_or_404(_orders(request), pk=pk)
    if found.member is not None:
        found.member.agency = request.agency
        access.log_all(by=request.member, about=(found.member,), what="profile")
    return found


def enter(request: AgencyRequest) -> HttpResponse:
    enforce(rules.keeping_orders(request.member))
    initial = {"received_on": request.agency.today()}
    form = OrderForm.from_request(request, by=request.member, initial=initial)

    def act(form: OrderForm) -> tuple[str, str]:
        made = actions.enter(**form.answers, by=request.member)
        return at(request.agency, "privacy:order", pk=made.pk), _("Saved.")

    return ask(
        request,
        form,
        act,
        title=_("Enter a legal order"),
        text=[
            _(
                "Somebody with legal force asks for what the portal holds about people. Show it "
                "to your counsel before you answer. What is entered here stays on record."
            )
        ],
        button=_("Save"),
        back=at(request.agency, "privacy:orders"),
    )


@require_safe
def order(request: AgencyRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    return render(
        request,
        "privacy/orders/order.html",
        {
            "order": found,
            "title": OrderKind(found.kind).label,
            "facts": _facts(found),
            "may_answer": rules.answering(found, request.member) is None,
            "may_tell": rules.telling(found, request.member) is None,
        },
    )


def _facts(order: LegalOrder) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"key": _("Who asks"), "value": order.asked_by},
        {"key": _("What they ask for"), "value": order.scope},
        {"key": _("Who it is about"), "value": _about(order)},
        {"key": _("Arrived"), "value": _day(order.received_on)},
        {"key": _("Answer by"), "value": _day(order.answer_by) or _("No deadline")},
        {"key": _("Entered by"), "value": str(order.entered_by)},
    ]
    if order.answered_on is None:
        facts.append({"key": _("Answer"), "value": _("Not answered yet")})
    else:
        said = {"who": order.answered_by, "day": _day(order.answered_on)}
        facts += [
            {"key": _("Answer"), "value": OrderAnswer(order.answer).label},
            {"key": _("Answered by"), "value": _("%(who)s, %(day)s") % said},
        ]
        if order.given:
            facts.append({"key": _("What was given"), "value": order.given})
    if order.told and order.member is not None:
        since = {"told": WhetherTold(order.told).label, "day": _day(order.told_on)}
        facts.append({"key": _("The person"), "value": _("%(told)s, %(day)s") % since})
        if order.forbidden_by:
            facts.append({"key": _("Forbidden by"), "value": order.forbidden_by})
    elif order.member is not None:
        facts.append({"key": _("The person"), "value": _("Not told yet")})
    return facts


def answer(request: AgencyRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = OrderAnswerForm.from_request(request, initial={"answered_on": request.agency.today()})
    page = at(request.agency, "privacy:order", pk=pk)

    def act(form: OrderAnswerForm) -> tuple[str, str]:
        actions.answer(found, **form.answers, by=request.member)
        return page, _("Saved.")

    return ask(
        request,
        form,
        act,
        title=_("How did the agency answer?"),
        text=[found.scope, _("The answer stays on record and can’t be changed.")],
        button=_("Save"),
        back=page,
        rule=lambda: rules.answering(found, request.member),
    )


def told(request: AgencyRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = TellForm.from_request(request, initial={"told_on": request.agency.today()})
    page = at(request.agency, "privacy:order", pk=pk)

    def act(form: TellForm) -> tuple[str, str]:
        actions.tell(found, **form.answers, by=request.member)
        return page, _("Saved.")

    return ask(
        request,
        form,
        act,
        title=_("Was the person told?"),
        text=[
            str(found.member),
            _(
                "Tell people that somebody asked for what is kept about them, unless a court or "
                "law forbids it. Tell them yourself; the portal sends no message about it."
            ),
        ],
        button=_("Save"),
        back=page,
        rule=lambda: rules.telling(found, request.member),
    )


def _day(day: date | None) -> str:
    return date_format(day, "F j, Y") if day is not None else ""
