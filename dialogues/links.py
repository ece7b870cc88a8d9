"""Titles and addresses of dialogues and themes, for those who may know of them."""

from django.db.models import CharField, Q, Value
from django.utils.translation import gettext, gettext_lazy

from accounts import former
from accounts.models import Member
from dialogues import rules, visible
from dialogues.models import Contribution, ProgramReader, VoiceDoor
from foundation import links
from foundation.links import Named
from foundation.models import TenantQuerySet

former.register(
    "dialogues:my_words",
    gettext_lazy("What I said"),
    gettext_lazy("Your words, and what came of them."),
    "dialogues:appeal",
)


def _doors(reader: Member) -> TenantQuerySet[VoiceDoor]:
    doors = VoiceDoor.objects.within(reader.agency)
    return doors.filter(dialogue__in=visible.dialogues(reader))


def _words() -> str:
    return gettext("What you said")


def _own_words(reader: Member) -> TenantQuerySet[Contribution]:
    return Contribution.objects.within(reader.agency).filter(author=reader)


def _readers(reader: Member) -> TenantQuerySet[ProgramReader]:
    """One's own part, and all for whoever names them."""
    rows = ProgramReader.objects.within(reader.agency)
    return rows if rules.naming_readers(reader) is None else rows.filter(member=reader)


links.register_named(
    "dialogues.contribution",
    Named("dialogues:appeal", _own_words, Value("", output_field=CharField()), lambda _: _words()),
)
links.register_named(
    "dialogues.programreader",
    Named("dialogues:program_reader", _readers, "member__shown_name"),
)
links.register_named(
    "dialogues.dialogue", Named("dialogues:dialogue", visible.dialogues, "group__name")
)
links.register_named("dialogues.theme", Named("dialogues:story", visible.themes, "title"))
links.register_named(
    "dialogues.voicedoor",
    Named("dialogues:dialogue", _doors, "dialogue__group__name", key="dialogue"),
)
# What is said to the whole program is known to who said it; those who read it see no event.
links.register_seen(
    "dialogues.contribution",
    lambda reader: Contribution.objects.within(reader.agency).filter(author=reader),
)


def _doors_seen(reader: Member) -> TenantQuerySet[VoiceDoor]:
    """A door of the whole program has no page of its own, but everybody may know of it."""
    of_dialogue = Q(dialogue__in=visible.dialogues(reader).values("pk"))
    return VoiceDoor.objects.within(reader.agency).filter(Q(dialogue=None) | of_dialogue)


links.register_seen("dialogues.voicedoor", _doors_seen)
