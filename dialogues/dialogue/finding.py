"""Look up a dialogue by key or code; 404 unless the reader may know of it."""

from datetime import date

from django.http import Http404

from accounts.anybody import kept_row
from accounts.models import Member
from dialogues.dialogue.models import Dialogue, DialogueQuerySet, VoiceDoor
from foundation import prepared, tenancy
from foundation.http import AgencyRequest
from foundation.models import Agency
from groups.models import hand_on, place


def dialogues(reader: Member) -> DialogueQuerySet:
    today = reader.agency.today()
    return Dialogue.objects.within(reader.agency).visible_to(reader, today).select_related("group")


def dialogues_of(request: AgencyRequest) -> DialogueQuerySet:
    """Dialogues the member may know of, each with the member's place in it."""
    mine = place(request.member, request.agency.today(), "group")
    return dialogues(request.member).annotate(**mine)


def open_dialogues_of(request: AgencyRequest) -> DialogueQuerySet:
    """The member's dialogues that are open today, by name."""
    found = dialogues_of(request).open(request.agency.today())
    return found.order_by("group__name", "pk")


def dialogue_of(request: AgencyRequest, pk: int) -> Dialogue:
    """With the member's place in its group; one query, which is built once."""
    found = kept_row(_dialogue, request.member, request.agency.today(), pk)
    if found is None:
        raise Http404
    return placed(request, found)


def _dialogue(reader: Member, on: date) -> DialogueQuerySet:
    return dialogues(reader).filter(pk=prepared.ROW).annotate(**place(reader, on, "group"))


def placed(request: AgencyRequest, dialogue: Dialogue) -> Dialogue:
    """The dialogue with the member's place in its group, so that rules need no further query."""
    hand_on(dialogue, dialogue.group)
    dialogue.agency = dialogue.group.agency = request.agency
    return dialogue


def door(code: str) -> VoiceDoor | None:
    """The open door with this code, with its agency and dialogue."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    with tenancy.across():
        doors = VoiceDoor.objects.across(agencies).filter(code=code, closed_on=None)
        return doors.select_related("agency", "dialogue__group").first()
