"""The way in, the home page with its waiting items, and the pages of help and settings."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.shortcuts import render as django_render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import changes, rules
from accounts.memberships import agencies_of
from accounts.models import User
from cqi_portal import health, promises
from cqi_portal.guides import reading as guides
from cqi_portal.navigation import SETTINGS, is_consumers_view
from cqi_portal.road import road_of
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.pages import render, sent_before
from foundation.paging import few
from foundation.refusals import Refused, enforce
from notifications.areas import counted
from notifications.waiting import waiting

SHOWN_TO_CONSUMERS = 3
# Up to SHOWN_TO_STAFF waiting items, a staff member's home lists them all. Above that, it shows the
# MOST_URGENT ones and a count per area.
SHOWN_TO_STAFF, MOST_URGENT = 7, 5


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of a refusal: why not, and what the person can do instead."""
    if isinstance(exception, Refused) and (url := sent_before(request)):
        return HttpResponseRedirect(url)
    context = {"refusal": getattr(exception, "refusal", None)}
    return django_render(request, "403.html", context, status=403)


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Report that the process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
def healthz_ready(request: HttpRequest) -> HttpResponse:
    """Report whether all parts of the portal work, and how old the backups are, one line each."""
    parts = health.states()
    fine = all(state == health.OK for state in parts.values())
    told = {**parts, **health.warnings(parts)}
    text = "".join(f"{part} {state}\n" for part, state in told.items())
    return HttpResponse(text, content_type="text/plain", status=200 if fine else 503)


@require_safe
def way_in(request: HttpRequest) -> HttpResponse:
    """Redirect to the agency's home; offer a choice to people who belong to several."""
    assert isinstance(request.user, User)
    agencies = agencies_of(request.user)
    if len(agencies) == 1:
        return redirect(at(agencies[0], "home_of"))
    choices = [{"name": agency.name, "url": at(agency, "home_of")} for agency in agencies]
    return render(request, "cqi_portal/way_in.html", {"choices": choices})


@require_safe
def home(request: AgencyRequest) -> HttpResponse:
    """The member's waiting items, and what the apps have to tell them."""
    if changes.come_first(request):
        return redirect(at(request.agency, "accounts:changes"))
    today = request.agency.today()
    everything = waiting(request.member, today)
    consumers_view = is_consumers_view(request.member)
    most = SHOWN_TO_CONSUMERS
    if not consumers_view:
        most = MOST_URGENT if len(everything) > SHOWN_TO_STAFF else SHOWN_TO_STAFF
    shown = few(everything, most)
    return render(
        request,
        "cqi_portal/home.html",
        {
            "waiting": shown,
            "areas": counted(everything) if shown.more and not consumers_view else [],
            "road": road_of(request.member, today),
            "guides": guides.own(request.member),
        },
    )


@require_safe
def help_page(request: AgencyRequest) -> HttpResponse:
    """How the portal works, in short sentences, and whom to ask."""
    member = request.member
    context = {"guides": guides.own(member), "other_guides": guides.others(member)}
    return render(request, "cqi_portal/help.html", context)


@require_safe
def guide(request: AgencyRequest, guide: str) -> HttpResponse:
    """What a person in one role does; everybody may read it, with the links that they may open."""
    found = guides.find(guide)
    if found is None:
        raise Http404
    return render(
        request,
        "cqi_portal/guide.html",
        {"guide": found, "parts": guides.shown(found, request.member)},
    )


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored and shown, open to anybody before they take part."""
    return render(request, "cqi_portal/privacy.html")


@login_not_required
@require_safe
def what_we_promise(request: HttpRequest) -> HttpResponse:
    """Each promise, what it does not cover, and the tests that hold it."""
    return render(request, "cqi_portal/promises.html", {"areas": promises.shown()})


@require_safe
def settings(request: AgencyRequest) -> HttpResponse:
    """All settings for administrators, on one page of links."""
    enforce(rules.managing_settings(request.member))
    items = [
        {"title": title, "text": text, "url": at(request.agency, name)}
        for title, text, name in SETTINGS
    ]
    return render(request, "cqi_portal/settings.html", {"items": items})
