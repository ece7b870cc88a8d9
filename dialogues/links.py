"""Titles and addresses of dialogues and themes, for those who may know of them."""

from dialogues import visible
from foundation import links
from foundation.links import Named

links.register_named(
    "dialogues.dialogue", Named("dialogues:dialogue", visible.dialogues, "group__name")
)
links.register_named("dialogues.theme", Named("dialogues:story", visible.themes, "title"))
