"""Open invitations: tick several, review, then remind, send anew, print or take back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access, actions, rules
from accounts.actions.open_invitations import ChosenInvitation, ForMany, chosen
from accounts.list_forms import InvitationsForm, kept
from accounts.models import Invitation, InvitationQuerySet
from accounts.policies import REMINDER
from accounts.presenting import invited_words
from accounts.printing import letters_page
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.pages import render, sent_before, submit
from foundation.paging import page_of
from foundation.refusals import enforce

PER_PAGE = 50
# The chosen letters, kept in the session until others are chosen.
LETTERS = "letters_to_print"


@dataclass(frozen=True)
class OpenInvitationShown:
    """An invitation to tick: whose it is, and how far it is."""

    invitation: Invitation
    name: str
    words: str


@dataclass(frozen=True)
class InvitationsReview:
    """What the button does, whom it is about, and who is left out and why."""

    heading: str
    button: str
    warns: bool
    names: Sequence[str]
    left_out: Sequence[str]
    kept: str


def _open(request: AgencyRequest) -> InvitationQuerySet:
    here = Invitation.objects.within(request.agency).unspent()
    return here.filter(member__erased_at=None).order_by("member__full_name", "pk")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_invitations(request: AgencyRequest) -> HttpResponse:
    enforce(rules.managing_people(request.member))
    if url := sent_before(request):
        return redirect(url)
    open_, now = _open(request), timezone.now()
    form = InvitationsForm.from_request(request, open_=open_)
    if request.method == "POST" and form.is_valid():
        what = ForMany(form.cleaned_data["what"])
        rows = chosen(request.agency, form.chosen, what, now)
        if request.POST.get("step") == "confirm":
            answer = submit(request, form, lambda _form: _done(request, what, rows))
            if answer is not None:
                return answer
        access.log_all(
            by=request.member, about=[each.invitation.member for each in rows], what="people list"
        )
        context = {"form": form, "what": what.value, "review": _review(what, rows)}
        return render(request, "accounts/lists/review.html", context)
    page = page_of(request, open_.select_related("member"), PER_PAGE)
    listed = [_shown(each, request, now) for each in page]
    access.log_all(
        by=request.member, about=[each.invitation.member for each in listed], what="people list"
    )
    return render(
        request,
        "accounts/lists/open.html",
        {"form": form, "rows": listed, "page": page, "days": REMINDER.words},
    )


def _shown(invitation: Invitation, request: AgencyRequest, now: datetime) -> OpenInvitationShown:
    invitation.agency = invitation.member.agency = request.agency
    words = invited_words(invitation, now)
    return OpenInvitationShown(invitation, invitation.member.full_name, words)


def _review(what: ForMany, rows: Sequence[ChosenInvitation]) -> InvitationsReview:
    able = [each.invitation for each in rows if each.refusal is None]
    n = len(able)
    heading, button = _words(what, n)
    left_out = _("%(name)s: %(why)s %(instead)s")
    return InvitationsReview(
        heading=heading % {"n": n} if n else _("Nothing can be done with these now"),
        button=button % {"n": n},
        warns=what is ForMany.WITHDRAW,
        names=[each.member.full_name for each in able],
        left_out=[
            left_out
            % {
                "name": each.invitation.member.full_name,
                "why": each.refusal.reason,
                "instead": each.refusal.instead,
            }
            for each in rows
            if each.refusal is not None
        ],
        kept=kept(able),
    )


def _words(what: ForMany, n: int) -> tuple[str, str]:
    """The heading of the review and the words of its button, with `%(n)d`."""
    match what:
        case ForMany.REMIND:
            return (
                ngettext("Remind %(n)d person", "Remind %(n)d people", n),
                ngettext("Send %(n)d reminder", "Send %(n)d reminders", n),
            )
        case ForMany.RENEW:
            return (
                ngettext("Send %(n)d new invitation", "Send %(n)d new invitations", n),
                ngettext("Send %(n)d new invitation", "Send %(n)d new invitations", n),
            )
        case ForMany.PRINT:
            return (
                ngettext("Print %(n)d letter", "Print %(n)d letters", n),
                ngettext("Show %(n)d letter to print", "Show %(n)d letters to print", n),
            )
        case ForMany.WITHDRAW:
            return (
                ngettext("Take %(n)d invitation back", "Take %(n)d invitations back", n),
                ngettext("Take %(n)d invitation back", "Take %(n)d invitations back", n),
            )


def _done(
    request: AgencyRequest, what: ForMany, rows: Sequence[ChosenInvitation]
) -> tuple[str, str] | str:
    invitations = [each.invitation for each in rows]
    by, back = request.member, at(request.agency, "accounts:open_invitations")
    match what:
        case ForMany.REMIND:
            n = len(actions.remind_all(invitations, by=by))
            said = ngettext("%(n)d reminder is on its way.", "%(n)d reminders are on their way.", n)
        case ForMany.RENEW:
            n = len(actions.renew_all(invitations, what=what, by=by))
            said = ngettext(
                "%(n)d new invitation is on its way.", "%(n)d new invitations are on their way.", n
            )
        case ForMany.PRINT:
            made = actions.renew_all(invitations, what=what, by=by)
            request.session[LETTERS] = [each.pk for each in made]
            return at(request.agency, "accounts:letters")
        case ForMany.WITHDRAW:
            n = len(actions.withdraw_all(invitations, by=by))
            said = ngettext(
                "%(n)d invitation was taken back.", "%(n)d invitations were taken back.", n
            )
    return back, said % {"n": n}


@never_cache
@require_safe
def chosen_letters(request: AgencyRequest) -> HttpResponse:
    """The letters that were chosen last, one a page."""
    enforce(rules.managing_people(request.member))
    keys: Any = request.session.get(LETTERS, [])
    made = Invitation.objects.within(request.agency).open(timezone.now()).filter(pk__in=keys)
    return letters_page(request, made, back=at(request.agency, "accounts:open_invitations"))
