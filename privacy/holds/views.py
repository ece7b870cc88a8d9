"""Legal holds: set and ended by administrators."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
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
from privacy.holds import actions, rules
from privacy.holds.forms import HoldEndForm, HoldForm
from privacy.holds.models import HoldScope, LegalHold
from privacy.orders.models import OrderKind


@require_safe
def holds(request: AgencyRequest) -> HttpResponse:
    """Holds in force, and earlier ones."""
    enforce(rules.keeping_holds(request.member))
    rows = _holds(request)
    running = page_of(request, rows.filter(until=None).order_by("since", "pk"), parameter="running")
    earlier = page_of(request, rows.exclude(until=None).order_by("-until", "-pk"))
    shown = [*running.object_list, *earlier.object_list]
    access.log_all(
        by=request.member,
        about=[each.member for each in shown if each.member is not None],
        what="profile",
    )
    return render(
        request,
        "privacy/holds/holds.html",
        {
            "head": [_("What is kept"), _("Why"), _("Since")],
            "running": running,
            "running_rows": [_row(each, request) for each in running.object_list],
            "earlier_head": [_("What was kept"), _("Why"), _("Since"), _("Until")],
            "earlier": earlier,
            "earlier_rows": [
                [*_row(each, request), _day(each.until)] for each in earlier.object_list
            ],
        },
    )


def _row(hold: LegalHold, request: AgencyRequest) -> list[Any]:
    return [
        {"text": _kept(hold), "href": at(request.agency, "privacy:hold", pk=hold.pk)},
        hold.reason,
        _day(hold.since),
    ]


def _kept(hold: LegalHold) -> str:
    """What the hold keeps: a name, or the days."""
    if hold.member is not None:
        return str(hold.member)
    if hold.group is not None:
        return str(hold.group)
    days = {"first": _day(hold.first), "last": _day(hold.last)}
    if hold.last is None:
        return _("Everything since %(first)s") % days
    return _("Everything from %(first)s to %(last)s") % days


def _holds(request: AgencyRequest) -> Any:
    rows = LegalHold.objects.within(request.agency)
    return rows.select_related("member", "group", "order", "by", "ended_by")


def _found(request: AgencyRequest, pk: int) -> LegalHold:
    enforce(rules.keeping_holds(request.member))
    found: LegalHold = get_object_or_404(_holds(request), pk=pk)
    if found.member is not None:
        found.member.agency = request.agency
        access.log_all(by=request.member, about=(found.member,), what="profile")
    return found


@require_safe
def scopes(request: AgencyRequest) -> HttpResponse:
    """What a hold can keep; each has a form of its own."""
    enforce(rules.keeping_holds(request.member))
    ways = [
        {"text": scope.label, "href": at(request.agency, "privacy:set_hold", scope=scope.value)}
        for scope in HoldScope
    ]
    return render(request, "privacy/holds/scopes.html", {"ways": ways})


def hold(request: AgencyRequest, scope: str) -> HttpResponse:
    enforce(rules.keeping_holds(request.member))
    if scope not in HoldScope.values:
        raise Http404
    kept = HoldScope(scope)
    form = HoldForm.from_request(request, by=request.member, scope=kept)

    def act(form: HoldForm) -> tuple[str, str]:
        made = actions.hold(scope=kept, **form.answers, by=request.member)
        return at(request.agency, "privacy:hold", pk=made.pk), _("From now on, this is kept.")

    return ask(
        request,
        form,
        act,
        title=_("Set a legal hold"),
        caption=kept.label,
        text=[
            _(
                "Nothing within it is deleted until somebody ends it: not by the schedule, and not "
                "when somebody asks to be erased. Set one as soon as a lawsuit or an investigation "
                "is likely."
            ),
            _("A second administrator, if there is one, is told."),
        ],
        button=_("Set the hold"),
        back=at(request.agency, "privacy:choose_hold"),
    )


@require_safe
def one(request: AgencyRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    return render(
        request,
        "privacy/holds/hold.html",
        {
            "hold": found,
            "title": _kept(found),
            "facts": _facts(found, request),
            "may_end": rules.ending(found, request.member) is None,
        },
    )


def _facts(hold: LegalHold, request: AgencyRequest) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"key": _("Why"), "value": hold.reason},
        {"key": _("Since"), "value": _day(hold.since)},
        {"key": _("Set by"), "value": str(hold.by)},
    ]
    if hold.order is not None:
        words = {"kind": OrderKind(hold.order.kind).label, "who": hold.order.asked_by}
        facts.append({"key": _("Legal order"), "value": _("%(kind)s: %(who)s") % words})
    if hold.until is not None:
        facts += [
            {"key": _("Ended"), "value": _day(hold.until)},
            {"key": _("Ended by"), "value": str(hold.ended_by)},
            {"key": _("Why it ended"), "value": hold.end_reason},
        ]
    return facts


def end(request: AgencyRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = HoldEndForm.from_request(request)
    page = at(request.agency, "privacy:hold", pk=pk)

    def act(form: HoldEndForm) -> tuple[str, str]:
        actions.end(found, **form.answers, by=request.member)
        return page, _("Ended. The schedule goes on.")

    return ask(
        request,
        form,
        act,
        title=_("End the hold"),
        about=_kept(found),
        text=[
            _(
                "What the schedule would have deleted meanwhile can go with its next run. Ask "
                "your counsel first."
            ),
            _("A second administrator, if there is one, is told."),
        ],
        button=_("End the hold"),
        kind="warning",
        back=page,
        rule=lambda: rules.ending(found, request.member),
    )


def _day(day: date | None) -> str:
    return date_format(day, "F j, Y") if day is not None else ""
