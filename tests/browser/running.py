"""Running keys of rows: in the demo they begin so far up that nothing else looks like them."""

import re
from typing import Any

from devtools.demo.database import KEYS_FROM, SMALL_KEYS_FROM

AROUND = 40
KEY = re.compile(
    "|".join(
        rf"(?<!\d){str(start)[:digits]}\d{{{len(str(start)) - digits}}}(?!\d)"
        for start, digits in ((KEYS_FROM, 5), (SMALL_KEYS_FROM, 4))
    )
)


def running(answer: Any) -> tuple[str, ...]:
    """Where an answer, page or file, carries the key of a row: each with what stands around it."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer.headers.get("content-type", "")
    said = [
        answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"],
        *(f"{name}: {value}" for name, value in answer.headers.items()),
        *(url for url, _status in getattr(answer, "redirect_chain", ())),
        body.decode(errors="replace") if kind.startswith(("text/", "application/json")) else "",
    ]
    return tuple(
        text[max(0, found.start() - AROUND) : found.end() + AROUND]
        for text in said
        for found in KEY.finditer(text)
    )
