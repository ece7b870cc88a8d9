"""Changes to the member: shown after signing in, and permanently on their own page."""

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import actions, rules
from accounts import changes as read
from accounts.models import User
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import page_of

PER_PAGE = 25


@require_safe
def changes(request: AgencyRequest) -> HttpResponse:
    """The member's changes, who made them, and a way to say "that wasn't me"."""
    first = read.come_first(request)
    if first:
        request.session[read.SHOWN] = True
    page = page_of(request, read.of(request.member), PER_PAGE)
    moment = timezone.now()
    rows = [read.shown(event, request.member, moment) for event in page]
    return render(request, "accounts/changes.html", {"page": page, "changes": rows, "first": first})


def not_me(request: AgencyRequest, pk: int) -> HttpResponse:
    """What saying so does, and the button."""
    event = get_object_or_404(read.of(request.member), pk=pk)
    change = read.shown(event, request.member, timezone.now())
    here = at(request.agency, "accounts:changes")

    def act(form: PortalForm) -> tuple[str, str]:
        actions.deny(event, by=request.member, staying=request.session.session_key)
        assert isinstance(request.user, User)
        request.user.refresh_from_db()
        update_session_auth_hash(request, request.user)
        return here, _("Thank you for telling us. We told the people who can look into it.")

    text = [
        _("%(what)s (%(day)s)") % {"what": change.words, "day": date_format(change.day, "F j, Y")},
        _("We tell the administrators, and the consumer co-chair of the oversight committee."),
    ]
    if event.name == read.WAY:
        text.append(
            _(
                "Sign-in letters stop working, and whoever is signed in as you is signed out, "
                "except you here. If somebody may have your codes or your password, they stop "
                "working too: make new ones afterwards."
            )
        )
    return ask(
        request,
        PortalForm.from_request(request),
        act,
        title=_("Say that this was not you"),
        text=text,
        button=_("That was not me"),
        back=here,
        rule=lambda: rules.denying(event, request.member, timezone.now()),
    )
