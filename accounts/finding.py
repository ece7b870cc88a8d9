"""Look up a member by key; 404 unless the reader may see or change them."""

from django.shortcuts import get_object_or_404

from accounts import rules
from accounts.models import Member
from foundation.http import AgencyRequest
from foundation.refusals import enforce


def person_of(request: AgencyRequest, pk: int) -> Member:
    """A current or former member, for readers who may see the list of people."""
    enforce(rules.seeing_people(request.member))
    today = request.agency.today()
    members = Member.objects.within(request.agency).with_roles(today).select_related("user")
    member = get_object_or_404(members, pk=pk)
    member.agency = request.agency
    return member


def person_to_change(request: AgencyRequest, pk: int) -> Member:
    enforce(rules.managing_people(request.member))
    return person_of(request, pk)
