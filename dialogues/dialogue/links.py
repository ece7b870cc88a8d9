"""Links to dialogues and their open pages, for those who may know of them."""

from django.db.models import Q

from accounts.models import Member
from dialogues.dialogue import finding
from dialogues.dialogue.models import Dialogue, VoiceDoor
from foundation import links
from foundation.addresses import at
from foundation.links import Named
from foundation.models import TenantQuerySet
from groups import kinds
from groups.models import Group, GroupKind


def _doors(reader: Member) -> TenantQuerySet[VoiceDoor]:
    doors = VoiceDoor.objects.within(reader.agency)
    return doors.filter(dialogue__in=finding.dialogues(reader))


links.register_named("dialogue", Named("dialogues:dialogue", finding.dialogues, "group__name"))
links.register_named(
    "voice_door",
    Named("dialogues:dialogue", _doors, "dialogue__group__name", key="dialogue"),
)


def _doors_seen(reader: Member) -> TenantQuerySet[VoiceDoor]:
    """A program-wide door has no page of its own, but everybody may know of it."""
    of_dialogue = Q(dialogue__in=finding.dialogues(reader).values("pk"))
    return VoiceDoor.objects.within(reader.agency).filter(Q(dialogue=None) | of_dialogue)


links.register_seen("voice_door", _doors_seen)


def _page(group: Group) -> str:
    dialogue = Dialogue.objects.within(group.agency).get(group=group)
    return at(group.agency, "dialogues:dialogue", pk=dialogue.pk)


kinds.register(GroupKind.DIALOGUE, kinds.Keeper(_page, closing=_page))
