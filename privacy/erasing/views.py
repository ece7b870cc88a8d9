"""Asking to be erased, and texts in which somebody who was erased may be named."""

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import rules as account_rules
from accounts.models import Member
from accounts.permissions import Permission
from foundation.addresses import at
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import Destination, render, sent_before, submit
from foundation.paging import page_of
from foundation.refusals import enforce
from privacy.erasing import actions
from privacy.erasing.foreseeing import preview
from privacy.erasing.models import Erasure, ErasureRequest, Mention
from privacy.erasing.reading import shown


def erase_me(request: AgencyRequest) -> HttpResponse:
    """What erasing would do, and the request for it."""
    form = PortalForm.from_request(request)
    here = at(request.agency, "privacy:erase_me")

    def act(form: PortalForm) -> Destination:
        actions.ask(by=request.member)
        return here, _("You asked the administrators to erase your information.")

    if answer := submit(request, form, act):
        return answer
    asked = ErasureRequest.objects.within(request.agency).open().filter(member=request.member)
    context = {
        "form": form,
        "asked": asked.first(),
        "preview": preview(request.member, request.member),
        "administrators": _administrators(request),
    }
    return render(request, "privacy/erasing/erase_me.html", context)


def _administrators(request: AgencyRequest) -> list[Member]:
    today = request.agency.today()
    members = Member.objects.within(request.agency).on(today).exclude(pk=request.member.pk)
    return list(members.with_permission(Permission.MANAGE_PEOPLE, today).order_by("shown_name"))


@require_POST
def take_back(request: AgencyRequest) -> HttpResponse:
    back = at(request.agency, "privacy:erase_me")
    if sent := sent_before(request):
        return HttpResponseRedirect(sent)
    asked = ErasureRequest.objects.within(request.agency).filter(member=request.member)
    found = get_object_or_404(asked.order_by("-pk")[:1])
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> Destination:
        actions.take_back(found, by=request.member)
        return back, _("You took your request back. Nothing is erased.")

    return submit(request, form, act) or HttpResponseRedirect(back)


@require_safe
def erasure(request: AgencyRequest, pk: int) -> HttpResponse:
    """Texts that may name an erased person, a page at a time."""
    enforce(account_rules.managing_people(request.member))
    found = get_object_or_404(Erasure.objects.within(request.agency), pk=pk)
    mentions = Mention.objects.within(request.agency).open().filter(erasure=found)
    listed = page_of(request, mentions.order_by("pk"))
    context = {
        "erasure": found,
        "mentions": shown(list(listed.object_list)),
        "page": listed,
    }
    return render(request, "privacy/erasing/erasure.html", context)


@require_POST
def remove_name(request: AgencyRequest, pk: int) -> HttpResponse:
    def act(mention: Mention) -> str:
        actions.remove_name(mention, by=request.member)
        return _("The name was removed.")

    return _decide(request, pk, act)


@require_POST
def leave(request: AgencyRequest, pk: int) -> HttpResponse:
    def act(mention: Mention) -> str:
        actions.leave(mention, by=request.member)
        return _("The text stays as it is.")

    return _decide(request, pk, act)


def _decide(request: AgencyRequest, pk: int, act: Callable[[Mention], str]) -> HttpResponse:
    enforce(account_rules.managing_people(request.member))
    mention = get_object_or_404(Mention.objects.within(request.agency), pk=pk)
    back = at(request.agency, "privacy:erasure", pk=mention.erasure_id)
    form = PortalForm.from_request(request)
    decided = submit(request, form, lambda form: (back, act(mention)))
    return decided or HttpResponseRedirect(back)
