"""From a request to user, agency and member; requests without access stop here."""

import re
from collections.abc import Callable
from datetime import date
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db.models import DateTimeField, Value
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from accounts import former, pauses, reauthentication, second_factor, sessions
from accounts.models import Member, MemberQuerySet, Pause
from accounts.request_annotations import request_annotations
from foundation import prepared, tenancy
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused

AGENCY_PATH = re.compile(r"^/a/(?P<slug>[-\w]+)/")
POLLING = "HX-Polling"

# Names of addresses that hash a password or a printed code.
HASHING = frozenset(
    {
        "account_change_password",
        "account_codes",
        "account_login",
        "account_print_codes",
        "account_reauthenticate",
        "account_reset_password_from_key",
        "account_set_password",
        "invitations:agree",
    }
)
# Half of a web process's threads.
AT_ONCE = 4
# Seconds.
SOON = 5
lane = BoundedSemaphore(AT_ONCE)

Respond = Callable[[HttpRequest], HttpResponse]


def page_of(request: HttpRequest) -> str:
    """The address of the page the person sees: the one with the form, not the form's target."""
    if request.method in ("GET", "HEAD") and "HX-Request" not in request.headers:
        return request.get_full_path()
    seen = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(seen, {request.get_host()}):
        return reverse("home")
    return urlsplit(seen)._replace(scheme="", netloc="", fragment="").geturl() or "/"


def send_to(request: HttpRequest, url: str) -> HttpResponse:
    """Redirect the whole page, even when only a part of it was requested."""
    if "HX-Request" in request.headers:
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url)


class SignInMiddleware(LoginRequiredMiddleware):
    """Make people sign in first, then return them to the page they asked for."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponse:
        answer = redirect_to_login(page_of(request), self.get_login_url(view_func))
        return send_to(request, answer.url)


class SessionEndMiddleware:
    """End idle sessions; a page that polls by itself does not count as activity."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session:
            if sessions.is_over(request.session):
                logout(request)
                messages.info(
                    request, _("We signed you out to keep your information safe. Please sign in.")
                )
            elif POLLING not in request.headers:
                sessions.touch(request.session)
        return self.get_response(request)


class SignInLaneMiddleware:
    """Let few threads of a process hash at once; the others are left for pages.

    One more is told to try again soon, before anything is counted or looked up.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            if getattr(request, "in_sign_in_lane", False):
                lane.release()

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        found = request.resolver_match
        if request.method != "POST" or found is None or found.view_name not in HASHING:
            return None
        if not lane.acquire(blocking=False):
            answer = render(request, "503.html", status=503)
            answer.headers["Retry-After"] = str(SOON)
            return answer
        # `__call__` learns it only from the request, which has no field for it.
        request.in_sign_in_lane = True  # type: ignore[attr-defined]
        return None


class FreshSignInMiddleware:
    """Require a recent sign-in to change how one signs in.

    Forbidden while the account may be in somebody else's hands.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        found = request.resolver_match
        if found is not None and reauthentication.closed(request, found.view_name):
            raise Refused(reauthentication.CLOSED)
        if found is None or not reauthentication.wanted(request, found.view_name):
            return None
        where = urlencode({"next": page_of(request)})
        return send_to(request, f"{reverse('account_again')}?{where}")


def _members() -> MemberQuerySet:
    """The member query, with everything each request needs."""
    agency = prepared.agency()
    members = Member.objects.within(agency).today(prepared.DAY).with_roles(prepared.DAY)
    moment = Value(prepared.MOMENT, DateTimeField())
    known = (
        members.with_pause(prepared.DAY)
        .with_time_away(prepared.DAY)
        .annotate(**request_annotations(agency, moment))
    )
    return known.filter(user=prepared.USER)


def member_of(agency: Agency, user: int | None, today: date) -> Member | None:
    """The agency's current member for this user key, if there is one; one query."""
    stand_ins = {
        prepared.AGENCY: "agency",
        prepared.USER: "user",
        prepared.DAY: "day",
        prepared.MOMENT: "moment",
    }
    found = prepared.prepared("accounts.member_of", _members, stand_ins).models(
        {"agency": agency.pk, "user": user, "day": today, "moment": timezone.now()}
    )
    return found[0] if found else None


def former_of(agency: Agency, user: int | None, today: date) -> Member | None:
    """The former member for this user; with everything each request needs."""
    members = Member.objects.within(agency).filter(user=user, until__lte=today).with_roles(today)
    moment = Value(timezone.now(), DateTimeField())
    known = (
        members.with_pause(today)
        .with_time_away(today)
        .annotate(**request_annotations(agency, moment))
    )
    return known.first()


class AgencyMiddleware:
    """Enter the agency of `/a/<slug>/…` for its members; for others it does not exist.

    Former members reach only what is theirs. Members whose access is paused get the page that says
    so, whatever they request.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.agency = None  # type: ignore[attr-defined]
        request.member = None  # type: ignore[attr-defined]
        found = AGENCY_PATH.match(request.path_info)
        if found is None or not request.user.is_authenticated:
            # SignInMiddleware answers requests without a sign-in, the same for every agency.
            return self.get_response(request)
        with tenancy.entering_by(found["slug"]) as agency:
            if agency is None:
                raise Http404
            today = agency.today()
            member = member_of(agency, request.user.pk, today)
            member = member or former_of(agency, request.user.pk, today)
            if member is None:
                raise Http404
            # An annotation of the one query that finds the member.
            if member.is_paused:  # type: ignore[attr-defined]
                running = Pause.objects.within(agency).on(today).select_related("member")
                pause = running.get(member=member)
                pause.agency = pause.member.agency = agency
                return pauses.page(request, agency, pause)
            member.agency = agency
            member.user = request.user
            request.agency = agency  # type: ignore[attr-defined]
            request.member = member  # type: ignore[attr-defined]
            # Times are typed and shown in the agency's time zone.
            with timezone.override(agency.zone):
                return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        kwargs.pop("agency", None)
        member = _member_here(request)
        found = request.resolver_match
        if member is not None and found is not None and member.has_left:
            if found.view_name == "home_of":
                return redirect(at(member.agency, "accounts:what_is_mine"))
            if not former.is_open(found.view_name):
                raise Http404
        return None


def _member_here(request: HttpRequest) -> Member | None:
    """The member that AgencyMiddleware found; None outside an agency."""
    member: Member | None = request.member  # type: ignore[attr-defined]  # Put there by us.
    return member


class SecondFactorMiddleware:
    """Require a second factor of members with power over money, people or settings."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        member = _member_here(request)
        if member is not None and second_factor.is_required(member):
            sessions.shorten(request.session)
            if not second_factor.passed(request):
                where = urlencode({"next": page_of(request)})
                return send_to(request, f"{reverse('account_second_factor')}?{where}")
        return self.get_response(request)
