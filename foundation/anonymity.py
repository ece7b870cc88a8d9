"""Answers that lead to nobody: how they are kept. Which may be shown is in `foundation.minimum`."""

import hmac
import secrets
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from random import SystemRandom
from typing import Any

from django.conf import settings
from django.db import models

from foundation.models import TenantModel, TenantQuerySet


class AnonymousModel(TenantModel):
    """A row that nothing leads from to a person: a random key, no time, no event, no history."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta(TenantModel.Meta):
        abstract = True


class LeavesTraceError(RuntimeError):
    """Something with a time or a person was about to be written beside an act without a name."""


_by_nobody: ContextVar[str] = ContextVar("by_nobody", default="")
_keyed: ContextVar[bool] = ContextVar("keyed", default=False)
# The acts of the product that bear no name: each has a test that nothing is written beside it.
ACTS: set[str] = set()


def unnamed[**P, R](act: Callable[P, R]) -> Callable[P, R]:
    """An act without a name: events, messages and double-submit keys refuse to go with it.

    Any of them would hold the second in which it was done. What depends on it is worked out by
    the sweeps of the next day.
    """
    name = f"{act.__module__}.{act.__qualname__}"
    ACTS.add(name)

    @wraps(act)
    def done(*args: P.args, **kwargs: P.kwargs) -> R:
        if _keyed.get():
            raise LeavesTraceError(f"{name} inside a form's double-submit key")
        token = _by_nobody.set(name)
        try:
            return act(*args, **kwargs)
        finally:
            _by_nobody.reset(token)

    return done


def leave_no_trace(what: str) -> None:
    """Called by whatever writes down a time: LeavesTraceError inside an unnamed act."""
    if act := _by_nobody.get():
        raise LeavesTraceError(f"{what} beside {act}")


@contextmanager
def keyed() -> Iterator[None]:
    """While a form acts whose key is kept with the time at which it was sent."""
    token = _keyed.set(True)
    try:
        yield
    finally:
        _keyed.reset(token)


# As many as a browser can count without rounding.
_KEYS = (1 << 53) - 1


def random_key() -> int:
    """A key that tells nothing of when its row was written, nor of the rows before it."""
    return secrets.randbelow(_KEYS) + 1


def key_from(submission: uuid.UUID) -> int:
    """The same key for the same form, however often it is sent: it is then written once."""
    secret = settings.SECRET_KEY.encode()
    digest = hmac.digest(secret, b"foundation.key" + submission.bytes, "sha256")
    return int.from_bytes(digest[:8]) % _KEYS + 1


def rewrite(
    rows: TenantQuerySet[Any], added: Iterable[AnonymousModel] = (), *, keep_keys: bool = False
) -> int:
    """Write these rows, and those that are added, anew in random order; returns how many.

    Inside one transaction all of them then carry its number (`xmin`) and lie in random places,
    so that neither tells which was written when. Other tables must not point at rows whose keys
    are not kept.
    """
    kept = [*rows, *added]
    rows._raw_delete(rows.db)
    SystemRandom().shuffle(kept)
    for row in kept:
        if not keep_keys:
            row.pk = uuid.uuid4()
        row._state.adding = True
    rows.model.everything.bulk_create(kept)
    return len(kept)


def stir(rows: TenantQuerySet[Any]) -> int:
    """`rewrite` for rows that others point at: each is written again in place, in random order."""
    # Locked in the same order by everyone, so that two who stir never wait for each other.
    locked = rows.select_for_update(no_key=True).order_by("pk")
    keys = list(locked.values_list("pk", flat=True))
    SystemRandom().shuffle(keys)
    for key in keys:
        rows.filter(pk=key).update(agency=models.F("agency"))
    return len(keys)
