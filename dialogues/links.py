"""Titles and addresses of dialogues and themes, for those who may know of them."""

from collections.abc import Collection

from accounts.models import Member
from dialogues import visible
from foundation import links
from foundation.addresses import at
from foundation.links import Link


def dialogues(ids: Collection[int], reader: Member) -> dict[int, Link]:
    rows = visible.dialogues(reader).filter(pk__in=ids).values_list("pk", "group__name")
    return {pk: Link(name, at(reader.agency, "dialogues:dialogue", pk=pk)) for pk, name in rows}


def themes(ids: Collection[int], reader: Member) -> dict[int, Link]:
    rows = visible.themes(reader).filter(pk__in=ids).values_list("pk", "title")
    return {pk: Link(title, at(reader.agency, "dialogues:story", pk=pk)) for pk, title in rows}


links.register_many("dialogues.dialogue", dialogues)
links.register_many("dialogues.theme", themes)
