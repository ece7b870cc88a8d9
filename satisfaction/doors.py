"""From a member to their code, and from a code on an open page to its agency."""

from foundation import tenancy
from foundation.models import Agency
from satisfaction import codes, round_keys
from satisfaction.models import SurveyCode, SurveyInvitation


def agency_of(code: str) -> Agency | None:
    """The agency that issued this code, or None."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    with tenancy.across():
        codes_ = SurveyCode.objects.across(agencies).filter(digest=codes.digest(code))
        found = codes_.values_list("agency", flat=True).first()
    return None if found is None else Agency.objects.get(pk=found)


def code_for(invitation: SurveyInvitation) -> str:
    """The code of somebody who was asked; raises KeyMissing."""
    keys = round_keys.of(invitation.round)
    return codes.of_member(keys.secret, invitation.member_id)
