"""Answering with a code, signed in or not: these pages never ask or store who it is."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation import codes as plain_codes
from foundation import flood, tenancy
from foundation.asking import show
from foundation.minimum import MINIMUM
from foundation.models import Agency
from foundation.pages import render
from foundation.refusals import Refused
from foundation.untraced import untraced
from satisfaction import actions, codes, rules
from satisfaction.actions.answers import find
from satisfaction.doors import agency_of
from satisfaction.forms import AnswerForm, CodeForm
from satisfaction.models import SurveyRound
from satisfaction.policies import LOOKS_AN_HOUR

Answering = Callable[[HttpRequest, SurveyRound, str], HttpResponse]


@untraced
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Type the code of a printed sheet."""
    if request.method == "POST" and flood.too_many(request, "survey", limit=LOOKS_AN_HOUR.value):
        return render_too_many(request)
    form = CodeForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["code"]
        if agency_of(typed) is not None:
            return HttpResponseRedirect(reverse("satisfaction_open:survey", args=[typed]))
        form.add_error("code", ValidationError(actions.unknown_code()))
    return show(
        request,
        form,
        title=_("Answer with your code"),
        text=[
            _(
                "You have a sheet of paper with a code? You can answer here. You do not have to "
                "sign in."
            )
        ],
        button=_("Go on"),
        keep=False,
    )


def with_code(view: Answering) -> Callable[..., HttpResponse]:
    """A page for whoever has a code that still answers an open round.

    The view gets the round and the code, within the code's agency.
    """

    @untraced
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answering(request: HttpRequest, code: str) -> HttpResponse:
        if flood.too_many(request, "survey", limit=LOOKS_AN_HOUR.value):
            return render_too_many(request)
        code = plain_codes.typed(code)
        agency = agency_of(code)
        if agency is None:
            raise Http404
        with tenancy.entering(agency):
            found = find(agency, codes.digest(code))
            refusal = rules.answering(found.round, found, agency.today())
            if refusal is not None:
                return _over(request, Refused(refusal))
            return view(request, found.round, code)

    return answering


@with_code
def whole(request: HttpRequest, round_: SurveyRound, code: str) -> HttpResponse:
    """The statements on one page; the code is spent when they are sent, not before."""
    form = AnswerForm.from_request(request, instrument=round_.asks)
    if request.method == "POST" and form.is_valid():
        return send(request, round_.agency, code, form)
    return render(request, "satisfaction/whole.html", {"form": form, **promised(round_, code)})


def promised(round_: SurveyRound, code: str) -> dict[str, Any]:
    """What a page says about the survey before somebody answers."""
    return {
        "round": round_,
        "code": code,
        "agency": round_.agency,
        "last_day": round_.closes - timedelta(days=1),
        "minimum": MINIMUM.value,
    }


def send(request: HttpRequest, agency: Agency, code: str, form: AnswerForm) -> HttpResponse:
    """Send a whole form that is valid: spend the code, write the answers, say thank you."""
    try:
        actions.answer(
            agency,
            codes.digest(code),
            side=form.cleaned_data["side"],
            scores=form.scores,
            comment=form.cleaned_data["comment"],
        )
    except Refused as refused:
        return _over(request, refused)
    return HttpResponseRedirect(reverse("satisfaction_open:thanks"))


@untraced
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """The last page. It has the browser forget the pages before, for the next on a shared phone."""
    response = render(request, "satisfaction/thanks.html")
    response["Clear-Site-Data"] = '"cache"'
    return response


def _over(request: HttpRequest, refused: Refused) -> HttpResponse:
    response = render(request, "satisfaction/over.html", {"refusal": refused.refusal})
    response.status_code = 403
    return response


def render_too_many(request: HttpRequest) -> HttpResponse:
    response = render(request, "satisfaction/too_many.html")
    response.status_code = 429
    return response
