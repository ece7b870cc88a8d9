"""The inbox: what the member needs to do, and their messages."""

from datetime import date
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_POST, require_safe

from accounts import former
from accounts.anybody import kept
from accounts.models import Member
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import few, first_of, page_of
from notifications import actions, notices
from notifications.areas import Area, counted
from notifications.models import Message, MessageQuerySet
from notifications.waiting import waiting

PER_PAGE = 25
# How many waiting items appear above the messages.
SHOWN_FIRST = 5


former.register(
    "notifications:inbox",
    _l("Messages"),
    _l("Earlier messages."),
    "notifications:open",
    "notifications:read_all",
)


@require_safe
def inbox(request: AgencyRequest) -> HttpResponse:
    member, today = request.member, request.agency.today()
    latest = partial(kept, _latest, member, today, ruled=False)
    page = page_of(request, _told(member), PER_PAGE, first=latest)
    return render(
        request,
        "notifications/inbox.html",
        {
            "page": page,
            "messages_shown": [notices.shown(message) for message in page],
            "waiting": few([] if member.has_left else waiting(member, today), SHOWN_FIRST),
        },
    )


def _told(member: Member) -> MessageQuerySet:
    return Message.objects.within(member.agency).filter(member=member).order_by("-at", "-pk")


def _latest(member: Member, on: date) -> MessageQuerySet:
    """The first page of them, with their number."""
    return first_of(_told(member), PER_PAGE)


@require_safe
def waiting_page(request: AgencyRequest) -> HttpResponse:
    """Everything the member needs to do, or only one area of work."""
    everything = waiting(request.member, request.agency.today())
    asked = request.GET.get("area", "")
    area = Area(asked) if asked in Area.values else None
    found = [each for each in everything if area in (None, each.area)]
    return render(
        request,
        "notifications/waiting.html",
        {
            "page": page_of(request, found, PER_PAGE),
            "areas": counted(everything),
            "area": area,
            "total": len(everything),
        },
    )


@require_POST
def open_message(request: AgencyRequest, pk: int) -> HttpResponse:
    mine = Message.objects.within(request.agency).filter(member=request.member)
    message = actions.read(get_object_or_404(mine, pk=pk), by=request.member)
    address = notices.address(message, request.member)
    if address and not (request.member.has_left and not former.leads(address)):
        return redirect(address)
    messages.info(request, _("This is not there any more, or you can't see it now."))
    return redirect(at(request.agency, "notifications:inbox"))


@require_POST
def read_all(request: AgencyRequest) -> HttpResponse:
    actions.read_all(by=request.member)
    return redirect(at(request.agency, "notifications:inbox"))


@require_POST
def read_what_came(request: AgencyRequest) -> HttpResponse:
    actions.read_what_came(by=request.member)
    return redirect(at(request.agency, "home_of"))
