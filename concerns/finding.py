"""The reader's own row, for their pages; nobody else knows of these."""

from django.http import Http404

from concerns import eligible
from concerns.models import KeyHolder
from foundation.http import AgencyRequest


def holder_of(request: AgencyRequest) -> KeyHolder:
    found = eligible.holding(request.member)
    if found is None:
        raise Http404
    return found
