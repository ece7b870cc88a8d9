"""Storage of anonymous answers. `foundation.minimum` decides which results may be shown."""

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
    """A row that nothing links to a person: random key, no time, no event, no history."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta(TenantModel.Meta):
        abstract = True


class LeavesTraceError(RuntimeError):
    """Raised before a time or a person is recorded beside an anonymous act."""


_by_nobody: ContextVar[str] = ContextVar("by_nobody", default="")
_keyed: ContextVar[bool] = ContextVar("keyed", default=False)
# The product's anonymous acts; a test checks that each leaves nothing else behind.
ACTS: set[str] = set()


def unnamed[**P, R](act: Callable[P, R]) -> Callable[P, R]:
    """Mark an act as anonymous: it refuses events, messages and double-submit keys.

    Each of those would record the second of the act. The sweeps of the next day work out whatever
    depends on it.
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
    """Raise LeavesTraceError inside an anonymous act; called by everything that records a time."""
    if act := _by_nobody.get():
        raise LeavesTraceError(f"{what} beside {act}")


@contextmanager
def keyed() -> Iterator[None]:
    """Mark the time in which a form acts that stores its key with the time of sending."""
    token = _keyed.set(True)
    try:
        yield
    finally:
        _keyed.reset(token)


# The largest range that a browser's numbers hold exactly.
_KEYS = (1 << 53) - 1


def random_key() -> int:
    """A key that reveals neither when its row was written nor how many came before."""
    return secrets.randbelow(_KEYS) + 1


def key_from(submission: uuid.UUID) -> int:
    """Derive a key from a form's submission, so that sending it again writes no second row."""
    secret = settings.SECRET_KEY.encode()
    digest = hmac.digest(secret, b"foundation.key" + submission.bytes, "sha256")
    return int.from_bytes(digest[:8]) % _KEYS + 1


def rewrite(
    rows: TenantQuerySet[Any], added: Iterable[AnonymousModel] = (), *, keep_keys: bool = False
) -> int:
    """Write these rows and the added ones anew in random order; return how many.

    Inside one transaction, all of them then carry the same `xmin` and lie in random places, so that
    neither shows which was written when. Other tables must not point at rows whose keys are not
    kept.
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
    """Write rows that others point at anew in place, in random order; otherwise like `rewrite`."""
    # Lock in key order, so that two calls at once can't deadlock.
    locked = rows.select_for_update(no_key=True).order_by("pk")
    keys = list(locked.values_list("pk", flat=True))
    SystemRandom().shuffle(keys)
    for key in keys:
        rows.filter(pk=key).update(agency=models.F("agency"))
    return len(keys)
