"""From a code on an open page to its agency."""

from foundation import tenancy
from foundation.models import Agency
from satisfaction import codes
from satisfaction.models import SurveyInvitation, SurveySheet


def agency_of(code: str) -> Agency | None:
    """The agency that issued this code, or None."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    digest = codes.digest(code)
    with tenancy.across():
        for model in (SurveyInvitation, SurveySheet):
            rows = model.objects.across(agencies).filter(digest=digest)
            if (found := rows.values_list("agency", flat=True).first()) is not None:
                return Agency.objects.get(pk=found)
    return None
