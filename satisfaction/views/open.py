"""Answering with a code, signed in or not: these pages never ask or store who it is."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation import flood
from foundation.asking import show
from foundation.pages import render
from foundation.untraced import untraced
from satisfaction import actions
from satisfaction.answering import promised, send, too_many, with_code
from satisfaction.doors import agency_of
from satisfaction.forms import AnswerForm, CodeForm
from satisfaction.models import SurveyRound
from satisfaction.policies import LOOKS_AN_HOUR


@untraced
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Type the code of a printed sheet."""
    if request.method == "POST" and flood.too_many(request, "survey", limit=LOOKS_AN_HOUR.value):
        return too_many(request)
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


@with_code
def whole(request: HttpRequest, round_: SurveyRound, code: str) -> HttpResponse:
    """The statements on one page; the code is spent when they are sent, not before."""
    form = AnswerForm.from_request(request, instrument=round_.asks)
    if request.method == "POST" and form.is_valid():
        return send(request, round_.agency, code, form)
    return render(request, "satisfaction/whole.html", {"form": form, **promised(round_, code)})


@untraced
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """The last page. It has the browser forget the pages before, for the next on a shared phone."""
    response = render(request, "satisfaction/thanks.html")
    response["Clear-Site-Data"] = '"cache"'
    return response
