"""Texts that people write, as HTML: headings, lists, bold words, and blanks still to fill in.

A small part of Markdown. Whatever else stands in a text is shown as it was written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

# A blank that nobody has filled in yet: [[Name of your agency]].
BLANK = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_HEADING = re.compile(r"(#{1,3}) +(\S.*)")
_BULLET = re.compile(r"[-*] +(\S.*)")
_NUMBER = re.compile(r"(\d{1,3})[.)] +(\S.*)")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")


# Kinds of headings, from the highest in a text.
_HEADS = ("heading", "heading below", "heading two below")


@dataclass
class _Block:
    """Lines that belong together; `kind`: p, ul, ol, or one of `_HEADS`."""

    kind: str
    lines: list[str] = field(default_factory=list)
    first: int = 1


def prose(text: str, top: int = 2) -> SafeString:
    """The text as HTML, escaped; its highest headings have the level `top`."""
    blocks = list(_blocks(text))
    return format_html_join("\n", "{}", ((_drawn(block, top),) for block in blocks))


def _blocks(text: str) -> Iterator[_Block]:
    marks = [len(each[1]) for line in text.splitlines() if (each := _HEADING.fullmatch(line))]
    highest = min(marks, default=1)
    block: _Block | None = None
    for line in (each.rstrip() for each in text.splitlines()):
        if not line:
            if block is not None:
                yield block
            block = None
            continue
        kind, words, first = _read(line, highest)
        if block is not None and (block.kind != kind or kind in _HEADS):
            yield block
            block = None
        if block is None:
            block = _Block(kind, first=first)
        block.lines.append(words)
    if block is not None:
        yield block


def _read(line: str, highest: int) -> tuple[str, str, int]:
    """A line's kind, its words, and its number in a list."""
    if found := _HEADING.fullmatch(line):
        return _HEADS[len(found[1]) - highest], found[2], 1
    if found := _BULLET.fullmatch(line):
        return "ul", found[1], 1
    if found := _NUMBER.fullmatch(line):
        return "ol", found[2], int(found[1])
    return "p", line, 1


def _drawn(block: _Block, top: int) -> SafeString:
    if block.kind in _HEADS:
        depth = _HEADS.index(block.kind)
        look, tag = "m" if depth == 0 else "s", f"h{top + depth}"
        words = _inline(block.lines[0])
        return format_html('<{} class="govuk-heading-{}">{}</{}>', tag, look, words, tag)
    if block.kind == "p":
        lines = format_html_join(
            mark_safe("<br>"), "{}", ((_inline(each),) for each in block.lines)
        )
        return format_html('<p class="govuk-body">{}</p>', lines)
    items = format_html_join("", "<li>{}</li>", ((_inline(each),) for each in block.lines))
    if block.kind == "ul":
        return format_html('<ul class="govuk-list govuk-list--bullet">{}</ul>', items)
    start = format_html(' start="{}"', block.first) if block.first != 1 else ""
    return format_html('<ol class="govuk-list govuk-list--number"{}>{}</ol>', start, items)


def _inline(words: str) -> SafeString:
    escaped = str(conditional_escape(words))
    marked = BLANK.sub(r'<mark class="app-blank">\1</mark>', escaped)
    return mark_safe(_BOLD.sub(r"<strong>\1</strong>", marked))  # noqa: S308 - escaped above


def open_blanks(*texts: str) -> list[str]:
    """The blanks that are still open, each once, in the order of the texts."""
    found = [each.strip() for text in texts for each in BLANK.findall(text)]
    return list(dict.fromkeys(found))
