"""Titles and addresses of themes, for those who may know of them."""

from dialogues.themes import finding
from foundation import links
from foundation.links import Named

links.register_named("theme", Named("dialogues:story", finding.themes, "title"))
