"""Time away: said on one page by the member, or for somebody who can't sign in."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import access, actions, rules
from accounts.away import Away
from accounts.finding import person_of
from accounts.forms import AwayForm
from accounts.models import Member
from foundation.addresses import at
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.presenting import written
from foundation.refusals import enforce

_FOR_OTHERS = ("accounts:away_for", "accounts:back_for")


def away(request: AgencyRequest) -> HttpResponse:
    """From when until when the member is away: at most two fields, and no reason."""
    here, back = at(request.agency, "accounts:away"), at(request.agency, "accounts:back")
    return away_page(request, request.member, here, back, at(request.agency, "accounts:me"))


@require_POST
def back(request: AgencyRequest) -> HttpResponse:
    """One tap: I'm back; and the undoing of it."""
    return come_back_page(request, request.member, at(request.agency, "accounts:away"))


def away_for(request: AgencyRequest, pk: int) -> HttpResponse:
    """The same, entered by somebody who helps."""
    member = person_of(request, pk)
    enforce(rules.being_away(member, request.member, request.agency.today()))
    if request.method == "GET":
        access.log(by=request.member, about=member, what="away")
    here, back = (at(request.agency, name, pk=pk) for name in _FOR_OTHERS)
    return away_page(request, member, here, back, at(request.agency, "accounts:member", pk=pk))


@require_POST
def back_for(request: AgencyRequest, pk: int) -> HttpResponse:
    member = person_of(request, pk)
    return come_back_page(request, member, at(request.agency, "accounts:away_for", pk=pk))


def away_page(
    request: AgencyRequest, member: Member, here: str, back: str, leads_back: str
) -> HttpResponse:
    today = request.agency.today()
    enforce(rules.being_away(member, request.member, today))
    rows = Away.objects.within(request.agency).filter(member=member)
    found = rows.not_over(today).order_by("since", "pk").first()
    begun = found is not None and found.since <= today
    initial = {"since": today} if found is None else {"since": found.since, "until": found.until}
    form = AwayForm.from_request(request, initial=initial, begun=begun)

    def act(form: AwayForm) -> tuple[str, str]:
        said = form.answers
        since = found.since if found is not None and begun else said["since"]
        actions.go_away(member, since=since, until=said["until"], by=request.member)
        return here, _("It is noted.")

    return submit(request, form, act) or render(
        request,
        "accounts/away.html",
        {
            "form": form,
            "back_form": PortalForm(),
            "person": None if member.pk == request.member.pk else member,
            "said": None if found is None else _words(found, today),
            "begun": begun,
            "ended": found is None and rows.filter(until=today, since__lt=today).exists(),
            "back_url": back,
            "leads_back": leads_back,
        },
    )


def _words(found: Away, today: date) -> str:
    """Since or from when, and until when."""
    days = {"since": written(found.since), "until": written(found.until) if found.until else ""}
    if found.since <= today:
        words = _("Away since %(since)s. Back on %(until)s.")
        open_words = _("Away since %(since)s. The day back is open.")
    else:
        words = _("Away from %(since)s. Back on %(until)s.")
        open_words = _("Away from %(since)s. The day back is open.")
    return (words if found.until else open_words) % days


def come_back_page(request: AgencyRequest, member: Member, here: str) -> HttpResponse:
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        if "undo" in request.POST:
            actions.stay_away(member, by=request.member)
            return here, _("It is noted.")
        actions.come_back(member, by=request.member)
        return here, _("Welcome back.") if member.pk == request.member.pk else _("It is noted.")

    return submit(request, form, act) or redirect(here)
