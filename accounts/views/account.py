"""One's own account, apart from any agency: staying signed in, and the ways to sign in."""

from allauth.account.utils import get_next_redirect_url
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from accounts import second_factor, sessions
from accounts.models import User
from foundation.pages import render


@never_cache
def stay(request: HttpRequest) -> HttpResponse:
    """The person is still there; says until when the session now lives."""
    ends = sessions.deadline(request.session).isoformat(timespec="seconds")
    return HttpResponse(status=204, headers={"X-Session-Ends": ends})


@never_cache
def second_factor_needed(request: HttpRequest) -> HttpResponse:
    """Why a second step is needed, and the ways to set it up; on, for those who have passed it."""
    onward = get_next_redirect_url(request) or reverse("home")
    assert isinstance(request.user, User)
    if second_factor.passed(request):
        return redirect(onward)
    if second_factor.is_set_up(request.user):
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': onward})}")
    return render(request, "accounts/second_factor.html")
