"""From a code on an open page to what it belongs to: a door for words, or a receipt."""

from dialogues import receipts
from dialogues.models import Voice, VoiceDoor
from foundation import tenancy
from foundation.models import Agency


def door(code: str) -> VoiceDoor | None:
    """The open door with this code, with its agency and dialogue."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    with tenancy.across():
        doors = VoiceDoor.objects.across(agencies).filter(code=code, closed_on=None)
        return doors.select_related("agency", "dialogue__group").first()


def agency_of_receipt(code: str) -> Agency | None:
    """The agency in which somebody got this receipt."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    with tenancy.across():
        voices = Voice.objects.across(agencies).select_related("agency")
        found = voices.filter(receipt=receipts.digest(code)).first()
    return found.agency if found else None
