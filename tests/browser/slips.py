"""Marks and words by which one sees that a sentence was put together by a machine."""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from tests.browser.crawl import Found

# “a.m..”, a comma after a space, places that were not filled, values as programs write them.
SLIP = re.compile(
    r"[^.]\.\.(?!\.)|\w\s,|%\(\w+\)[sd]|\{\{|\{%"
    r"|\b(?:None|True|False)\b(?! (?:of|shown))|\b\d{2}:\d{2}:\d{2}\b|<(?:built-in|bound|function)"
)
AROUND = 30
_SILENT = re.compile(r"<(script|style|svg|template)\b.*?</\1>", re.DOTALL)
_WITHIN = re.compile(r"</?(?:a|abbr|b|code|em|i|span|strong|time)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")


def slips(found: Iterable[Found]) -> Iterator[str]:
    """The places of each page's main part in which such a thing stands."""
    for each in found:
        for words in slips_in(each.html):
            yield f"{each.url}: …{words}…"


def slips_in(html: str) -> Iterator[str]:
    main = html.partition("<main")[2].partition("</main>")[0]
    said = _TAG.sub(" / ", _WITHIN.sub("", _SILENT.sub("", main)))
    said = " ".join(unescape(said).split())
    for slip in SLIP.finditer(said):
        yield said[max(0, slip.start() - AROUND) : slip.end() + AROUND]
