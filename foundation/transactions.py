"""What begins a transaction, what must be inside one, and what may fail in it by itself.

An action is `@transaction.atomic`: it begins a transaction, or is part of that of who calls it, and
stands or falls with it. Where more than that has to hold, it is said with one of these words.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.db import connection, transaction


def apart[**P, R](act: Callable[P, R]) -> Callable[P, R]:
    """Begins a transaction and ends it: RuntimeError inside another.

    For what nothing else may be committed with: an act without a name, a token that is spent.
    """
    return transaction.atomic(durable=True)(act)


def must_be_inside(what: str) -> None:
    """For what stands or falls with a change: TransactionManagementError where there is none."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(f"{what} is written outside its change")


def attempt() -> AbstractContextManager[None]:
    """Inside a transaction, a part that may fail by itself: what was done before it stays."""
    must_be_inside("an attempt")
    return transaction.atomic()
