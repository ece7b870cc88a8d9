"""Look up a member by key; 404 unless the reader may see or change them."""

from datetime import date

from django.http import Http404

from accounts import rules
from accounts.anybody import kept_row
from accounts.models import Member, MemberQuerySet
from foundation import prepared
from foundation.http import AgencyRequest
from foundation.refusals import enforce


def person_of(request: AgencyRequest, pk: int) -> Member:
    """A current or former member, for readers who may see the list of people."""
    enforce(rules.seeing_people(request.member))
    found = kept_row(_person, request.member, request.agency.today(), pk)
    if found is None:
        raise Http404
    return found


def _person(reader: Member, on: date) -> MemberQuerySet:
    people = Member.objects.within(reader.agency).filter(pk=prepared.ROW)
    return people.with_roles(on).select_related("user")


def person_to_change(request: AgencyRequest, pk: int) -> Member:
    enforce(rules.managing_people(request.member))
    return person_of(request, pk)
