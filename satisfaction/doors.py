"""From a code on an open page to the agency that it belongs to."""

from foundation import tenancy
from foundation.models import Agency
from satisfaction import codes
from satisfaction.models import SurveyInvitation


def agency_of(code: str) -> Agency | None:
    """The agency that gave out this code, or None where nobody did."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    with tenancy.across():
        invitations = SurveyInvitation.objects.across(agencies).select_related("agency")
        found = invitations.filter(digest=codes.digest(code)).first()
    return found.agency if found else None
