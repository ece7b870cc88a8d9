"""Account pages, apart from any agency: staying signed in, and ways to sign in."""

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.core import ratelimit
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import actions, second_factor, sessions
from accounts.code_sheet import code_sheet
from accounts.forms import PrintedCodeForm
from accounts.memberships import agencies_of
from accounts.models import User
from accounts.policies import PRINTED_CODE
from foundation.addresses import at
from foundation.asking import show
from foundation.forms import PortalForm
from foundation.pages import render


def user_of(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@never_cache
def stay(request: HttpRequest) -> HttpResponse:
    """Extend the session of somebody who is still there, and return its new end."""
    ends = sessions.deadline(request.session).isoformat(timespec="seconds")
    return HttpResponse(status=204, headers={"X-Session-Ends": ends})


@never_cache
@require_safe
def second_factor_needed(request: HttpRequest) -> HttpResponse:
    """Why a second step is needed, and how to set it up; redirects once passed."""
    onward = get_next_redirect_url(request) or reverse("home")
    if second_factor.passed(request):
        return redirect(onward)
    if second_factor.is_set_up(user_of(request)):
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': onward})}")
    return render(request, "accounts/second_factor.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Sign in again before changing how one signs in; the new session continues there."""
    onward = get_next_redirect_url(request) or reverse("account_ways")
    if request.method == "POST":
        logout(request)
        return redirect_to_login(onward)
    return show(
        request,
        PortalForm(),
        title=_("Please sign in again"),
        text=[
            _(
                "You want to change how you get in. We ask you to sign in once more, so that "
                "nobody else can do it on your device."
            ),
            _("After that, you come back to the page."),
        ],
        button=_("Sign in again"),
        keep=False,
        back=reverse("account_ways"),
    )


@login_not_required
@never_cache
@sensitive_post_parameters("code")
def sign_in_with_code(request: HttpRequest) -> HttpResponse:
    """Sign-in for people without e-mail: member name and a printed code."""
    onward = get_next_redirect_url(request) or reverse("home")
    if request.user.is_authenticated:
        return redirect(onward)
    form = PrintedCodeForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        name = form.answers["member_name"].strip().lower()
        if not ratelimit.consume(request, action="printed_code", key=name):
            said = _("That was too often in a short time. Wait %(time)s.")
            form.add_error(None, said % {"time": PRINTED_CODE.wait})
        elif user := actions.use_code(name, form.answers["code"]):
            record_authentication(request, user, method="printed_code", username=name)
            signed_in: HttpResponse = perform_login(request, user, redirect_url=onward)
            return signed_in
        else:
            form.add_error(
                None,
                _("This name and this code do not go together. Or the code was used before."),
            )
    return show(
        request,
        form,
        title=_("Sign in with a code on paper"),
        text=[
            _("You have a sheet of paper with codes. You need one of them and your member name."),
        ],
        button=_("Sign in"),
        keep=False,
        back=reverse("account_login"),
        back_text=_("Other ways to sign in"),
        cancel="",
        after=[_("Did you lose your sheet? The staff of your program can help you.")],
    )


@require_safe
def ways_to_sign_in(request: HttpRequest) -> HttpResponse:
    """How the person signs in, and where to change it."""
    user = user_of(request)
    left = user.printed_codes.filter(used_at=None).count() if user.member_name else 0
    return render(
        request,
        "accounts/ways_to_sign_in.html",
        {
            "email": user.email,
            "member_name": user.member_name,
            "has_password": user.has_usable_password(),
            "codes_left": left,
            "has_second_step": second_factor.is_set_up(user),
        },
    )


@never_cache
@reauthentication_required
def print_codes(request: HttpRequest) -> HttpResponse:
    """A new sheet of codes, shown only this once."""
    user = user_of(request)
    if not user.member_name:
        return redirect("account_ways")
    form = PortalForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        return code_sheet(request, user, actions.print_own_codes(user), reverse("account_ways"))
    return show(
        request,
        form,
        title=_("Make a new sheet of codes"),
        text=[
            _(
                "You get 10 codes to print. Each lets you in once. The codes on an older sheet "
                "stop working."
            ),
            _("We show them only once, so have paper and a printer, or a pen, at hand."),
        ],
        button=_("Make the sheet"),
        keep=False,
        back=reverse("account_ways"),
    )


@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """The person's agencies, to switch between them."""
    rows = [
        {"name": agency.name, "url": at(agency, "home_of")}
        for agency in agencies_of(user_of(request))
    ]
    return render(request, "accounts/agencies.html", {"rows": rows})
