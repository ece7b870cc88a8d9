"""No-contact orders: recorded, reviewed and ended by administrators."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.models import Member
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import page_of
from foundation.refusals import enforce
from safety import actions, apart, rules
from safety.forms import ApartEndForm, ApartForm
from safety.models import ApartEnd, ApartReason, NoContact, NoContactQuerySet


@require_safe
def orders(request: AgencyRequest) -> HttpResponse:
    """Orders in force, and earlier ones."""
    enforce(rules.keeping_apart(request.member))
    today = request.agency.today()
    rows = _with_names(apart.administered(request.member))
    running = page_of(request, rows.lasting(today).order_by("review_by", "pk"), parameter="running")
    lasting = NoContact.objects.within(request.agency).lasting(today)
    earlier = page_of(request, rows.exclude(pk__in=lasting).order_by("-until", "-pk"))
    shown = [*running.object_list, *earlier.object_list]
    people = {each for order in shown for each in (order.one, order.other)}
    access.log_all(by=request.member, about=people, what="profile")
    return render(
        request,
        "safety/no_contacts.html",
        {
            "head": [_("Who"), _("Reason"), _("Since"), _("Until"), _("Next review")],
            "running": running,
            "running_rows": [_row(each, request) for each in running],
            "earlier": earlier,
            "earlier_rows": [_row(each, request)[:-1] for each in earlier],
        },
    )


def _row(order: NoContact, request: AgencyRequest) -> list[Any]:
    href = at(request.agency, "safety:no_contact", pk=order.pk)
    return [
        {"text": _pair(order), "href": href},
        ApartReason(order.reason).label,
        _day(order.since),
        _day(order.until) if order.until else _("No end yet"),
        _day(order.review_by),
    ]


def _pair(order: NoContact) -> str:
    return _("%(one)s and %(other)s") % {"one": order.one, "other": order.other}


def _with_names(rows: NoContactQuerySet) -> NoContactQuerySet:
    return rows.select_related("one", "other", "by", "reviewed_by", "ended_by")


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: AgencyRequest) -> HttpResponse:
    enforce(rules.keeping_apart(request.member))
    initial = {"since": request.agency.today()}
    form = ApartForm.from_request(request, by=request.member, initial=initial)

    def act(form: ApartForm) -> tuple[str, str]:
        made = actions.keep_apart(**form.answers, by=request.member)
        return at(request.agency, "safety:no_contact", pk=made.pk), _("Recorded.")

    return ask(
        request,
        form,
        act,
        title=_("Record a no-contact order"),
        text=[
            _(
                "The portal will not give these two people seats in the same group. Only "
                "administrators can read this, and those of the two who know about it, unless a "
                "court or law requires it. People who offer seats are not told."
            ),
            _("What happened is not written down here, only what kind of order it is."),
        ],
        button=_("Record it"),
        back=at(request.agency, "safety:no_contacts"),
    )


def _found(request: AgencyRequest, pk: int, rows: NoContactQuerySet) -> NoContact:
    """Find an order the reader may know of, and log the look for both people.

    It is logged as a look at their page, so that somebody who was not told learns nothing from the
    log.
    """
    found = get_object_or_404(_with_names(rows), pk=pk)
    for member in (found.one, found.other):
        member.agency = request.agency
    access.log_all(by=request.member, about=(found.one, found.other), what="profile")
    return found


@require_safe
def order(request: AgencyRequest, pk: int) -> HttpResponse:
    """One order. Administrators also see where the two would meet."""
    if not apart.administered(request.member).filter(pk=pk).exists():
        get_object_or_404(apart.readable(request.member), pk=pk)
        return mine(request)
    found = _found(request, pk, apart.administered(request.member))
    return render(
        request,
        "safety/no_contact.html",
        {
            "order": found,
            "pair": _pair(found),
            "facts": _facts(found),
            "runs": found.runs(request.agency.today()),
            "may_settle": rules.settling_apart(found, request.member) is None,
            "may_tell": rules.telling_apart(found, request.member) is None,
        },
    )


def _facts(order: NoContact) -> list[dict[str, Any]]:
    knowing = [str(each) for each in (order.one, order.other) if order.is_known_to(each)]
    facts: list[dict[str, Any]] = [
        {"key": _("Reason"), "value": ApartReason(order.reason).label},
        {"key": _("Since"), "value": _day(order.since)},
        {"key": _("Until"), "value": _day(order.until) if order.until else _("No end yet")},
        {"key": _("Who knows"), "value": _("Both") if len(knowing) > 1 else knowing[0]},
        {"key": _("Recorded by"), "value": str(order.by)},
        {"key": _("Last review"), "value": f"{order.reviewed_by}, {_day(order.reviewed_on)}"},
        {"key": _("Next review"), "value": _day(order.review_by)},
    ]
    if order.ended_at is not None:
        facts[-1:] = [
            {"key": _("Ended by"), "value": str(order.ended_by)},
            {"key": _("Why it ended"), "value": ApartEnd(order.ended_why).label},
        ]
    return facts


@require_safe
def mine(request: AgencyRequest) -> HttpResponse:
    """Whom the reader is kept apart from, as far as they were told."""
    rows = _with_names(apart.own(request.member)).order_by("since", "pk")
    return render(
        request,
        "safety/my_no_contacts.html",
        {"rows": [{"order": each, "who": _the_other(each, request.member)} for each in rows]},
    )


def _the_other(order: NoContact, member: Member) -> Member:
    return order.other if order.one_id == member.pk else order.one


def review(request: AgencyRequest, pk: int) -> HttpResponse:
    found = _to_settle(request, pk)
    form = PortalForm.from_request(request)
    page = at(request.agency, "safety:no_contact", pk=pk)

    def act(form: PortalForm) -> tuple[str, str]:
        order = actions.review_apart(found, by=request.member)
        words = _("It stays in force. Look at it again by %(day)s.")
        return page, words % {"day": _day(order.review_by)}

    return ask(
        request,
        form,
        act,
        title=_("Is it still needed?"),
        text=[
            _pair(found),
            _("Ask whoever knows about it. If it is no longer needed, end it instead."),
        ],
        button=_("Keep it in force"),
        back=page,
        rule=lambda: rules.settling_apart(found, request.member),
    )


def told(request: AgencyRequest, pk: int) -> HttpResponse:
    found = _to_settle(request, pk)
    form = PortalForm.from_request(request)
    page = at(request.agency, "safety:no_contact", pk=pk)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.both_know(found, by=request.member)
        return page, _("Saved. Both read it on their own page now.")

    return ask(
        request,
        form,
        act,
        title=_("Do both know about it now?"),
        text=[
            _pair(found),
            _(
                "Each of them will read on their own page that they and the other person must not "
                "meet here. Confirm this only if both were told, and both know that the other one "
                "takes part. It can’t be taken back."
            ),
        ],
        button=_("Both know"),
        back=page,
        rule=lambda: rules.telling_apart(found, request.member),
    )


def end(request: AgencyRequest, pk: int) -> HttpResponse:
    found = _to_settle(request, pk)
    form = ApartEndForm.from_request(request)
    page = at(request.agency, "safety:no_contact", pk=pk)

    def act(form: ApartEndForm) -> tuple[str, str]:
        actions.end_apart(found, **form.answers, by=request.member)
        return page, _("Ended. The two can be in one group again.")

    return ask(
        request,
        form,
        act,
        title=_("End the no-contact order"),
        text=[_pair(found), _("A second administrator, if there is one, is told.")],
        button=_("End it"),
        back=page,
        rule=lambda: rules.settling_apart(found, request.member),
    )


def _to_settle(request: AgencyRequest, pk: int) -> NoContact:
    return _found(request, pk, apart.administered(request.member))


def _day(day: date | None) -> str:
    return date_format(day, "F j, Y") if day is not None else ""
