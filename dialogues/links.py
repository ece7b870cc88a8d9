"""Titles and addresses of dialogues and themes, for those who may know of them."""

from accounts.models import Member
from dialogues import visible
from foundation import links
from foundation.addresses import at
from foundation.links import Link


def dialogue(pk: int, reader: Member) -> Link | None:
    found = visible.dialogues(reader).filter(pk=pk).values_list("group__name", flat=True).first()
    return Link(found, at(reader.agency, "dialogues:dialogue", pk=pk)) if found else None


def theme(pk: int, reader: Member) -> Link | None:
    found = visible.themes(reader).filter(pk=pk).values_list("title", flat=True).first()
    return Link(found, at(reader.agency, "dialogues:story", pk=pk)) if found else None


links.register("dialogues.dialogue", dialogue)
links.register("dialogues.theme", theme)
