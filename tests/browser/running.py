"""Sequential row keys: in the demo they start so high that nothing else resembles them."""

import re
from base64 import a85decode
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile
from zlib import decompress, error

from devtools.demo.database import KEYS_FROM, SMALL_KEYS_FROM

AROUND = 40
KEY = re.compile(
    "|".join(
        rf"(?<!\d){str(start)[:digits]}\d{{{len(str(start)) - digits}}}(?!\d)"
        for start, digits in ((KEYS_FROM, 5), (SMALL_KEYS_FROM, 4))
    )
)
# All keys start like this, which is much faster to search for.
BEGINS = (str(KEYS_FROM)[:5], str(SMALL_KEYS_FROM)[:4])
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)


def running(answer: Any) -> tuple[str, ...]:
    """Where a response, page or file, contains a row's key, each with its surroundings."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    said = [
        answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"],
        *(f"{name}: {value}" for name, value in answer.headers.items()),
        *(url for url, _status in getattr(answer, "redirect_chain", ())),
        answer.cookies.output(),
    ]
    return tuple(found for text in said for found in _found(text)) + in_body(body)


def in_body(body: bytes) -> tuple[str, ...]:
    """The same for a page's text, or a file with everything packed in it."""
    return tuple(
        found for part in _parts(body) for found in _found(part.decode("utf-8", "replace"))
    )


def _found(text: str) -> Iterator[str]:
    if not any(each in text for each in BEGINS):
        return
    for found in KEY.finditer(text):
        yield text[max(0, found.start() - AROUND) : found.end() + AROUND]


def _parts(body: bytes) -> Iterator[bytes]:
    yield body
    if body.startswith(b"PK"):
        with ZipFile(BytesIO(body)) as packed:
            for name in packed.namelist():
                yield name.encode()
                yield packed.read(name)
    elif body.startswith(b"%PDF"):
        for stream in _STREAM.findall(body):
            is_text = stream.endswith(b"~>")
            packed_part = a85decode(b"<~" + stream, adobe=True) if is_text else stream
            try:
                yield decompress(packed_part)
            except error:
                yield packed_part
