"""The pages on which somebody is away, or back: for themselves, and for who helps them."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts import actions, rules
from accounts.away import Away
from accounts.forms import AwayForm
from accounts.models import Member
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.presenting import written
from foundation.refusals import enforce


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
        return here, _saved(request, member)

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


def _saved(request: AgencyRequest, member: Member, *, back: bool = False) -> str:
    if member.pk != request.member.pk:
        return _("Saved. They are told that you entered it.")
    return _("Welcome back.") if back else _("Saved. Nobody expects you while you are away.")


def come_back_page(request: AgencyRequest, member: Member, here: str) -> HttpResponse:
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        if "undo" in request.POST:
            actions.stay_away(member, by=request.member)
            return here, _saved(request, member)
        actions.come_back(member, by=request.member)
        return here, _saved(request, member, back=True)

    return submit(request, form, act) or redirect(here)
