"""What the pages for answering with a code share: who gets there, and how answers are sent."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation import codes as plain_codes
from foundation import flood, tenancy
from foundation.minimum import MINIMUM
from foundation.models import Agency
from foundation.pages import render
from foundation.refusals import Refused
from foundation.untraced import untraced
from satisfaction import actions, codes, rules
from satisfaction.actions.answers import find
from satisfaction.doors import agency_of
from satisfaction.forms import AnswerForm
from satisfaction.models import SurveyRound
from satisfaction.policies import LOOKS_AN_HOUR

Answering = Callable[[HttpRequest, SurveyRound, str], HttpResponse]


def with_code(view: Answering) -> Callable[..., HttpResponse]:
    """A page for whoever has a code that still answers an open round.

    The view gets the round and the code, within the code's agency.
    """

    @untraced
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answering(request: HttpRequest, code: str) -> HttpResponse:
        if flood.too_many(request, "survey", limit=LOOKS_AN_HOUR.value):
            return too_many(request)
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


def _over(request: HttpRequest, refused: Refused) -> HttpResponse:
    response = render(request, "satisfaction/over.html", {"refusal": refused.refusal})
    response.status_code = 403
    return response


def too_many(request: HttpRequest) -> HttpResponse:
    response = render(request, "satisfaction/too_many.html")
    response.status_code = 429
    return response
