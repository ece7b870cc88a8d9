"""What a log may say: one JSON object a line, of keys that are listed here, without people's data.

Messages of errors quote what was being written: an address that a mail server refused, the row that
broke a constraint. So an error is logged by its type and where it happened, never by its message.
"""

import logging
import re
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

# Addresses of open pages and of password resets contain a code.
_WITH_CODE = re.compile(r"(/o/|/account/password/reset/key/)\S+")
ALLOWED = frozenset({"timestamp", "level", "logger", "event", "status_code", "error", "caused_by"})
# The innermost places in the code at which an error happened.
PLACES = 12
# An error's message this short is no one's data, and may stand in any sentence by chance.
SHORT = 3

type Entry = MutableMapping[str, Any]
type Raised = tuple[type[BaseException], BaseException, TracebackType | None]


class CodesLeftOut(logging.Filter):
    """Cut off the rest of an address that holds a code."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                _WITH_CODE.sub(r"\1…", each) if isinstance(each, str) else each
                for each in record.args
            )
        return True


def status_of_request(_logger: Any, _name: str, entry: Entry) -> Entry:
    """Keep the status with which a request was answered; Django puts it on the record."""
    status = getattr(entry.get("_record"), "status_code", None)
    if isinstance(status, int):
        entry["status_code"] = status
    return entry


def errors_without_messages(_logger: Any, _name: str, entry: Entry) -> Entry:
    """Put types and places in the place of errors, and take their messages out of the sentence."""
    raised = entry.pop("exc_info", None)
    error = raised[1] if isinstance(raised, tuple) else None
    causes = list(_causes(error))
    if not causes:
        return entry
    entry["error"], *entry["caused_by"] = [_told(each) for each in causes]
    for each in causes:
        for said in (repr(each), str(each)):
            if len(said) > SHORT:
                entry["event"] = str(entry["event"]).replace(said, _name_of(each))
    return entry


def only_allowed(_logger: Any, _name: str, entry: Entry) -> Entry:
    """Drop everything that is not listed, and what is empty."""
    return {key: value for key, value in entry.items() if key in ALLOWED and value not in ("", [])}


def _causes(error: BaseException | None) -> "list[BaseException]":
    """The error and what it was raised from, the last one first."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def _told(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)[-PLACES:]
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return {"type": _name_of(error), "at": places}


def _name_of(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


class JsonLines(structlog.stdlib.ProcessorFormatter):
    """Each record of Python's logging as a line of JSON."""

    def __init__(self) -> None:
        super().__init__(
            foreign_pre_chain=[
                structlog.stdlib.add_logger_name,
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
            processors=[
                status_of_request,
                errors_without_messages,
                only_allowed,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
