"""Words for transactions: what begins one, what needs one, and what may fail inside one.

An action is `@transaction.atomic`: it begins a transaction or joins its caller's, and stands or
falls with it. Where that is not enough, use one of these.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.db import connection, transaction


def apart[**P, R](act: Callable[P, R]) -> Callable[P, R]:
    """Begin and end a transaction of its own; RuntimeError inside another.

    For acts that must commit alone: an anonymous act, or spending its token.
    """
    return transaction.atomic(durable=True)(act)


def must_be_inside(what: str) -> None:
    """Require a transaction, for what stands or falls with a change; TransactionManagementError."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(f"{what} is written outside its change")


def attempt() -> AbstractContextManager[None]:
    """Run a part of a transaction that may fail without undoing what came before."""
    must_be_inside("an attempt")
    return transaction.atomic()
