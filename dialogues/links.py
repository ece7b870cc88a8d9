"""Titles and addresses of dialogues and themes, for those who may know of them."""

from accounts.models import Member
from dialogues import visible
from dialogues.models import VoiceDoor
from foundation import links
from foundation.links import Named
from foundation.models import TenantQuerySet


def _doors(reader: Member) -> TenantQuerySet[VoiceDoor]:
    doors = VoiceDoor.objects.within(reader.agency)
    return doors.filter(dialogue__in=visible.dialogues(reader))


links.register_named(
    "dialogues.dialogue", Named("dialogues:dialogue", visible.dialogues, "group__name")
)
links.register_named("dialogues.theme", Named("dialogues:story", visible.themes, "title"))
links.register_named(
    "dialogues.voicedoor",
    Named("dialogues:dialogue", _doors, "dialogue__group__name", key="dialogue"),
)
