"""Time away: said on one page by the member, or for somebody who can't sign in."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts import access, rules
from accounts.away_pages import away_page, come_back_page
from accounts.finding import person_of
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.refusals import enforce

_FOR_OTHERS = ("accounts:away_for", "accounts:back_for")


def away(request: AgencyRequest) -> HttpResponse:
    """From when until when the member is away: at most two fields, and no reason."""
    here, back = at(request.agency, "accounts:away"), at(request.agency, "accounts:back")
    return away_page(request, request.member, here, back, at(request.agency, "accounts:me"))


@require_POST
def back(request: AgencyRequest) -> HttpResponse:
    """One tap: I'm back; and the undoing of it."""
    return come_back_page(request, request.member, at(request.agency, "accounts:away"))


def away_for(request: AgencyRequest, pk: int) -> HttpResponse:
    """The same, entered by somebody who helps."""
    member = person_of(request, pk)
    enforce(rules.being_away(member, request.member, request.agency.today()))
    if request.method == "GET":
        access.log(by=request.member, about=member, what="away")
    here, back = (at(request.agency, name, pk=pk) for name in _FOR_OTHERS)
    return away_page(request, member, here, back, at(request.agency, "accounts:member", pk=pk))


@require_POST
def back_for(request: AgencyRequest, pk: int) -> HttpResponse:
    member = person_of(request, pk)
    return come_back_page(request, member, at(request.agency, "accounts:away_for", pk=pk))
