"""A cache that asks the database once for what several callers ask in one go.

Indicator criteria are independent, and many read the same facts of the same day. Within `together`,
a function marked `once` gives the same question the same answer; outside, every call is a query.
Callers must not change what it returns.
"""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Share answers within the block; nothing may be written there, so that they stay true."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def once[**P, R](ask: Callable[P, R]) -> Callable[P, R]:
    """Let the function answer each question once within `together`."""

    @wraps(ask)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R:
        answers = _answers.get()
        if answers is None:
            return ask(*args, **kwargs)
        key = (ask, _fixed(args), _fixed(kwargs))
        if key not in answers:
            answers[key] = ask(*args, **kwargs)
        answered: R = answers[key]
        return answered

    return answer


def _fixed(value: object) -> Hashable:
    """A hashable form of an argument."""
    if isinstance(value, Mapping):
        return tuple(sorted((key, _fixed(each)) for key, each in value.items()))
    if isinstance(value, Collection) and not isinstance(value, str):
        return tuple(_fixed(each) for each in value)
    if isinstance(value, Iterator):
        raise TypeError("What is gone when it was looked at cannot be compared.")
    hash(value)
    return value
