"""Traces that a sentence was assembled by a program."""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from tests.browser.crawl import Found

# “a.m..”, a comma after a space, unfilled placeholders, values in program notation.
SLIP = re.compile(
    r"[^.]\.\.(?!\.)|\w\s,|%\(\w+\)[sd]|\{\{|\{%"
    r"|\b(?:None|True|False)\b(?! (?:of|shown))|\b\d{2}:\d{2}:\d{2}\b|<(?:built-in|bound|function)"
)
AROUND = 30
_SILENT = re.compile(r"<(script|style|svg|template)\b.*?</\1>", re.DOTALL)
_WITHIN = re.compile(r"</?(?:a|abbr|b|code|em|i|span|strong|time)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")


def slips(found: Iterable[Found]) -> Iterator[str]:
    """Places in each page's main part with such a trace."""
    for each in found:
        for words in slips_in(each.html):
            yield f"{each.url}: …{words}…"


def slips_in(html: str) -> Iterator[str]:
    main = html.partition("<main")[2].partition("</main>")[0]
    said = _TAG.sub(" / ", _WITHIN.sub("", _SILENT.sub("", main)))
    said = " ".join(unescape(said).split())
    for slip in SLIP.finditer(said):
        yield said[max(0, slip.start() - AROUND) : slip.end() + AROUND]
