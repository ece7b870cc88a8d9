"""Accepting an invitation: what it is, about you, agree. Only the last page spends it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from accounts import actions, invitation_codes, rules
from accounts.actions.invitations import Acceptance, owner_of
from accounts.code_sheet import code_sheet
from accounts.forms import AboutYouForm, AgreeForm, InvitationCodeForm
from accounts.models import EmailLevel, Invitation, Member, User
from accounts.policies import LETTER_CODE
from foundation import codes, tenancy
from foundation.addresses import at
from foundation.asking import show
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import Refused

Page = Callable[[AgencyRequest, Invitation], HttpResponse]


@login_not_required
@never_cache
def enter_code(request: HttpRequest) -> HttpResponse:
    """Where people type the code of a printed letter."""
    form = InvitationCodeForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        code = codes.typed(form.answers["code"])
        if not ratelimit.consume(request, action="invitation_code"):
            said = _("That was too often in a short time. Wait %(time)s.")
            form.add_error(None, said % {"time": LETTER_CODE.wait})
        elif len(code) == invitation_codes.LENGTH:
            return redirect("invitations:invitation", token=codes.shown(code))
        else:
            form.add_error("code", _("The code has 16 letters and numbers. Please check it."))
    return show(
        request,
        form,
        title=_("You have an invitation"),
        text=[_("Type the code that stands on your letter.")],
        button=_("Go on"),
        keep=False,
    )


def _invited(page: Page) -> Callable[..., HttpResponse]:
    """Find the invitation and enter its agency; all unusable ones get the same answer."""

    @login_not_required
    @never_cache
    @wraps(page)
    def found(request: AgencyRequest, token: str) -> HttpResponse:
        if not ratelimit.consume(request, action="invitation"):
            return ratelimit.respond_429(request)  # type: ignore[no-any-return]
        row = invitation_codes.find(token)
        if row is None:
            return _gone(request)
        agency, pk = row
        with tenancy.entering(agency):
            invitations = Invitation.objects.within(agency).select_related("member", "invited_by")
            invitation = invitations.get(pk=pk)
            invitation.agency = invitation.member.agency = agency
            if rules.accepting(invitation, timezone.now()) is not None:
                return _gone(request)
            request.agency = agency
            with timezone.override(agency.zone), translation.override(_language(invitation)):
                return _stranger(request, invitation) or page(request, invitation)

    return found


def _gone(request: HttpRequest) -> HttpResponse:
    answer = render(request, "accounts/invitation_gone.html")
    answer.status_code = 410
    return answer


def _language(invitation: Invitation) -> str:
    return invitation.member.language


def _stranger(request: AgencyRequest, invitation: Invitation) -> HttpResponse | None:
    """Ask somebody signed in as another person to sign out first."""
    if not request.user.is_authenticated or request.user == _owner(invitation):
        return None
    return render(request, "accounts/invitation_stranger.html", {"token": _token(invitation)})


def _owner(invitation: Invitation) -> User | None:
    """The user who already signs in with the invitation's address."""
    return owner_of(invitation.email) if invitation.email else None


def _token(invitation: Invitation) -> str:
    return codes.shown(invitation_codes.code_of(invitation))


def _address(name: str, invitation: Invitation) -> str:
    return reverse(f"invitations:{name}", kwargs={"token": _token(invitation)})


@_invited
@require_safe
def what_it_is(request: AgencyRequest, invitation: Invitation) -> HttpResponse:
    """What taking part means, what it pays and how long it takes."""
    context = {
        "invitation": invitation,
        "onward": _address("about_you", invitation),
        "no": _address("say_no", invitation),
        "known": _owner(invitation) is not None,
    }
    return render(request, "accounts/invitation.html", context)


@_invited
def say_no(request: AgencyRequest, invitation: Invitation) -> HttpResponse:
    """The invited person doesn't want to take part, and is not reminded."""
    form = PortalForm.from_request(request)
    here = _address("invitation", invitation)
    if request.method == "POST" and form.is_valid():
        actions.refuse(invitation)
        return render(request, "accounts/said_no.html")
    return show(
        request,
        form,
        title=_("You don’t want to take part?"),
        text=[
            _("That is fine, and nothing about your services changes."),
            _("This invitation then stops working, and we don’t remind you."),
        ],
        button=_("No, I don’t want to take part"),
        keep=False,
        back=here,
    )


def _proven(page: Page) -> Page:
    """Make the owner of an existing account sign in first: the link alone opens no account."""

    @wraps(page)
    def proven(request: AgencyRequest, invitation: Invitation) -> HttpResponse:
        owner = _owner(invitation)
        if owner is not None and request.user != owner:
            return redirect_to_login(_address("about_you", invitation))
        return page(request, invitation)

    return proven


@_invited
@_proven
def about_you(request: AgencyRequest, invitation: Invitation) -> HttpResponse:
    """The person's name, and how to reach them."""
    member = invitation.member
    initial = {
        "display_name": member.display_name,
        "addition": member.addition,
        "language": member.language,
        "contact": member.contact,
        "email_level": member.email_level,
        "way": "codes",
        **request.session.get(_draft(invitation), {}),
    }
    form = AboutYouForm.from_request(request, by_email=bool(invitation.email), initial=initial)
    if request.method == "POST" and form.is_valid():
        request.session[_draft(invitation)] = form.answers
        return redirect(_address("agree", invitation))
    return show(
        request,
        form,
        title=_("About you"),
        button=_("Go on"),
        keep=False,
        back=_address("invitation", invitation),
        cancel="",
    )


def _draft(invitation: Invitation) -> str:
    return f"invitation-{invitation.pk}"


@_invited
@_proven
@sensitive_post_parameters("password")
def agree(request: AgencyRequest, invitation: Invitation) -> HttpResponse:
    """The final yes, which spends the invitation."""
    draft = request.session.get(_draft(invitation))
    if draft is None:
        return redirect(_address("about_you", invitation))
    form = AgreeForm.from_request(
        request,
        needs_name=not invitation.email and invitation.member.user_id is None,
        needs_password=draft.get("way") == "password",
    )
    accepted: list[tuple[Member, User, list[str]]] = []

    def act(form: AgreeForm) -> str:
        said = _said(draft, form.answers, request)
        accepted.append(actions.accept(invitation, said))
        return at(request.agency, "accounts:welcome")

    try:
        answer = submit(request, form, act)
    except Refused:
        return _gone(request)
    if accepted:
        request.session.pop(_draft(invitation), None)
        return _let_in(request, *accepted[-1])
    context = {
        "form": form,
        "invitation": invitation,
        "draft": draft,
        "back": _address("about_you", invitation),
    }
    return answer or render(request, "accounts/agree.html", context)


def _said(draft: dict[str, Any], answers: dict[str, Any], request: HttpRequest) -> Acceptance:
    return Acceptance(
        display_name=draft["display_name"],
        addition=draft.get("addition", ""),
        language=draft["language"],
        contact=draft["contact"],
        email_level=draft.get("email_level", EmailLevel.NONE),
        member_name=answers.get("member_name", ""),
        password=answers.get("password", ""),
        user=request.user if isinstance(request.user, User) else None,
    )


def _let_in(request: AgencyRequest, member: Member, user: User, sheet: list[str]) -> HttpResponse:
    """Sign the person in; the invitation code proves who they are, as an e-mailed code would."""
    onward = at(request.agency, "accounts:welcome")
    answer: HttpResponse = redirect(onward)
    if not request.user.is_authenticated:
        record_authentication(request, user, method="invitation")
        answer = perform_login(request, user, redirect_url=onward)
    return code_sheet(request, user, sheet, onward) if sheet else answer
