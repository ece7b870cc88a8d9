"""Titles and addresses of dialogues and themes, for those who may know of them."""

from django.db.models import CharField, Value
from django.utils.translation import gettext

from accounts.models import Member
from dialogues import visible
from dialogues.models import Contribution, VoiceDoor
from foundation import links
from foundation.links import Named
from foundation.models import TenantQuerySet


def _doors(reader: Member) -> TenantQuerySet[VoiceDoor]:
    doors = VoiceDoor.objects.within(reader.agency)
    return doors.filter(dialogue__in=visible.dialogues(reader))


def _words() -> str:
    return gettext("What you said")


def _own_words(reader: Member) -> TenantQuerySet[Contribution]:
    return Contribution.objects.within(reader.agency).filter(author=reader)


links.register_named(
    "dialogues.contribution",
    Named("dialogues:appeal", _own_words, Value("", output_field=CharField()), lambda _: _words()),
)
links.register_named(
    "dialogues.dialogue", Named("dialogues:dialogue", visible.dialogues, "group__name")
)
links.register_named("dialogues.theme", Named("dialogues:story", visible.themes, "title"))
links.register_named(
    "dialogues.voicedoor",
    Named("dialogues:dialogue", _doors, "dialogue__group__name", key="dialogue"),
)
