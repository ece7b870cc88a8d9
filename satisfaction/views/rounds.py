"""Rounds: started, reminded of, closed; and what came of them."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import access
from foundation import codes as plain_codes
from foundation.addresses import at
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import Destination, render, submit
from foundation.refusals import enforce
from satisfaction import actions, codes, results, rules
from satisfaction.forms import EnterForSomeoneForm, OpenRoundForm
from satisfaction.instrument import ANSWERS
from satisfaction.models import Side, SurveyInvitation, SurveyRound

USUAL_TIME = timedelta(days=182)
USUAL_OPEN = timedelta(days=21)


@require_safe
def rounds(request: AgencyRequest) -> HttpResponse:
    """The round that is open, and what earlier ones found."""
    today = request.agency.today()
    open_round = SurveyRound.objects.within(request.agency).open().first()
    runs = rules.running(request.member) is None
    context: dict[str, Any] = {
        "open": open_round,
        "runs": runs,
        "trend": results.trend(request.agency),
        "mine": open_round and _mine(request, open_round),
        "key": PortalForm(),
        "last_day": open_round and open_round.closes - timedelta(days=1),
        "last_asked": open_round and open_round.until - timedelta(days=1),
        "may_remind": open_round and rules.reminding(open_round, request.member, today) is None,
    }
    if open_round and runs:
        invitations = open_round.invitations.values_list("spent", flat=True)
        spent = list(invitations)
        context |= {"invited": len(spent), "answered": sum(spent)}
    return render(request, "satisfaction/rounds.html", context)


def open_round(request: AgencyRequest) -> HttpResponse:
    """Start a round."""
    agency = request.agency
    others = SurveyRound.objects.within(agency)
    enforce(rules.opening(request.member, other_open=others.open().exists()))
    today = agency.today()
    last = others.order_by("-number").first()
    since = last.until if last else today - USUAL_TIME
    form = OpenRoundForm.from_request(
        request,
        initial={
            "since": min(since, today - actions.SHORTEST_TIME),
            "until": today - timedelta(days=1),
            "closes": today + USUAL_OPEN,
        },
    )

    def act(form: OpenRoundForm) -> Destination:
        actions.open_round(agency, by=request.member, **form.days)
        return at(agency, "satisfaction:rounds"), _("The survey is open. People have a message.")

    return submit(request, form, act) or render(
        request, "satisfaction/open_round.html", {"form": form}
    )


@require_POST
def remind(request: AgencyRequest, pk: int) -> HttpResponse:
    round_ = _round(request, pk)
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> Destination:
        actions.remind(round_, by=request.member)
        return at(request.agency, "satisfaction:rounds"), _("People have a message.")

    return submit(request, form, act) or HttpResponseRedirect(
        at(request.agency, "satisfaction:rounds")
    )


def close_round(request: AgencyRequest, pk: int) -> HttpResponse:
    """Close a round before its last day is over."""
    round_ = _round(request, pk)
    enforce(rules.closing(round_, request.member, request.agency.today()))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> Destination:
        actions.close_round(round_, by=request.member)
        return at(request.agency, "satisfaction:results", pk=pk), _("The survey is closed.")

    return submit(request, form, act) or render(
        request, "satisfaction/close_round.html", {"form": form, "round": round_}
    )


@require_safe
def result(request: AgencyRequest, pk: int) -> HttpResponse:
    """What a closed round found; before that there is nothing to see."""
    round_ = _round(request, pk)
    may_read = rules.reading_comments(request.member) is None
    found = results.of_round(round_, comments=may_read)
    sides = [side for side in Side if side in found.sides]
    lines = [(line, [(side, line.by_side.get(side)) for side in sides]) for line in found.lines]
    return render(
        request,
        "satisfaction/results.html",
        {
            "round": round_,
            "result": found,
            "lines": lines,
            "sides": sides,
            "may_read": may_read,
            "instrument": round_.asks,
        },
    )


@require_safe
@never_cache
def answer(request: AgencyRequest, pk: int) -> HttpResponse:
    """From what waits on the home page to the open page; nothing is spent or kept on the way."""
    mine = _mine(request, _round(request, pk))
    if mine is None:
        raise Http404
    return HttpResponseRedirect(reverse("satisfaction_open:survey", args=[codes.code_of(mine)]))


@require_safe
@never_cache
def sheets(request: AgencyRequest, pk: int) -> HttpResponse:
    """The survey to print, one sheet for each who was asked, answered or not."""
    round_ = _round(request, pk)
    enforce(rules.printing(round_, request.member, request.agency.today()))
    invitations = list(round_.invitations.select_related("member").order_by("member__name"))
    access.log_all(
        by=request.member, about=[each.member for each in invitations], what="survey sheet"
    )
    printed = [(each.member, plain_codes.shown(codes.code_of(each))) for each in invitations]
    address = request.build_absolute_uri(reverse("satisfaction_open:code"))
    return render(
        request,
        "satisfaction/sheets.html",
        {
            "round": round_,
            "printed": printed,
            "answers": list(ANSWERS.values()),
            "address": address,
            "last_day": round_.closes - timedelta(days=1),
        },
    )


@never_cache
def enter(request: AgencyRequest, pk: int) -> HttpResponse:
    """Type in what somebody wrote on paper.

    Without the key against sending twice, which would keep the code in the address that it leads
    to; sent twice, it leads there twice.
    """
    round_ = _round(request, pk)
    enforce(rules.entering_for_someone(round_, request.member, request.agency.today()))
    form = EnterForSomeoneForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            actions.enter_for_someone(round_, codes.digest(code), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return HttpResponseRedirect(reverse("satisfaction_open:survey", args=[code]))
    return render(request, "satisfaction/enter.html", {"form": form, "round": round_})


def _round(request: AgencyRequest, pk: int) -> SurveyRound:
    return get_object_or_404(
        SurveyRound.objects.within(request.agency).select_related("agency"), pk=pk
    )


def _mine(request: AgencyRequest, round_: SurveyRound) -> SurveyInvitation | None:
    return round_.invitations.filter(member=request.member).first()
