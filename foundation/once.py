"""What several ask in one go is asked of the database once.

The criteria of the indicators stand each by itself, and many look at the same facts of the same
day. Within `together` a function marked `once` answers the same question with the same answer;
outside of it each question is asked. What it gives is only read.
"""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Within it nothing is written, so that what was answered stays true."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def once[**P, R](ask: Callable[P, R]) -> Callable[P, R]:
    """Let the function be asked the same thing once within `together`."""

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
    """An argument as a value that can be compared."""
    if isinstance(value, Mapping):
        return tuple(sorted((key, _fixed(each)) for key, each in value.items()))
    if isinstance(value, Collection) and not isinstance(value, str):
        return tuple(_fixed(each) for each in value)
    if isinstance(value, Iterator):
        raise TypeError("What is gone when it was looked at cannot be compared.")
    hash(value)
    return value
