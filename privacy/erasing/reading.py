"""Texts of the agency in which words are found, and the mentions that wait for somebody."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from foundation import personal_data
from foundation.forms import PortalForm
from foundation.personal_data import NAME_REMOVED
from privacy.erasing.models import Mention
from privacy.erasing.words_of import any_of, found_in

# Enough to tell whether it is the person, and no more of what others said.
AROUND = 60


@dataclass(frozen=True)
class FoundText:
    """A text in which a pattern was found: its table, column, row, and one of its versions."""

    place: str
    field: str
    row: str
    words: str


@dataclass(frozen=True)
class ShownMention:
    """An open mention as its page shows it: where it stands, and the words around the name."""

    mention: Mention
    where: str
    before: str
    name: str
    after: str
    suggestion: str
    # Each button's own, so that a second click does nothing twice.
    remove: PortalForm
    leave: PortalForm


def texts_with(pattern: str) -> list[FoundText]:
    """All texts of the agency that was entered, in live rows and in history; one query."""
    if not pattern:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT place, field, row, words FROM find_words(%s)", [pattern])
        return [FoundText(*row) for row in cursor.fetchall()]


def shown(mentions: Sequence[Mention]) -> list[ShownMention]:
    """These mentions with the words around the name, as they are now; one query."""
    pattern = any_of({word for each in mentions for word in each.found})
    texts: dict[tuple[str, str, str], str] = {}
    for text in texts_with(pattern):
        # The first is the row as it is now.
        if found_in(text.words, pattern):
            texts.setdefault((text.place, text.field, text.row), text.words)
    return [_shown(each, texts.get((each.place, each.field, each.row), "")) for each in mentions]


def _shown(mention: Mention, text: str) -> ShownMention:
    classed = personal_data.of_table(mention.place)
    found = found_in(text, any_of(mention.found)) if mention.found else []
    name = found[0] if found else ""
    start = text.find(name)
    before, after = text[max(0, start - AROUND) : start], text[start + len(name) :][:AROUND]
    return ShownMention(
        mention,
        str(classed.title) if classed is not None else "",
        before,
        name,
        after,
        f"{before}{NAME_REMOVED}{after}",
        PortalForm(),
        PortalForm(),
    )
