"""The one entry into an agency's data, for requests, tasks and commands.

PostgreSQL's row-level security lets the serving login see only rows of the entered agency; outside
an agency it sees none. `across()` switches to a read-only role.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.db import connection, models, transaction
from django.db.models.functions import Cast

from foundation.postgresql.base import SETTING, show_rows_of

if TYPE_CHECKING:
    from foundation.models import Agency

_entered: ContextVar[int | None] = ContextVar("entered_agency", default=None)
_kept: ContextVar[dict[int, dict[str, Any]] | None] = ContextVar("kept", default=None)


def entered() -> int | None:
    """The key of the agency entered on this thread, or None."""
    return _entered.get()


def kept(agency: int) -> dict[str, Any]:
    """A cache for the entered agency, dropped on leaving; always empty for any other agency."""
    everything = _kept.get()
    if everything is None or _entered.get() != agency:
        return {}
    return everything.setdefault(agency, {})


def forget_kept(agency: int) -> None:
    """Drop the cache, since something in it has changed."""
    (_kept.get() or {}).pop(agency, None)


@contextmanager
def entering(agency: "Agency | int | None") -> Iterator[None]:
    """Show the database this agency's rows (None: no agency's) until the block ends."""
    key = agency if agency is None or isinstance(agency, int) else agency.pk
    before = _entered.get()
    if before == key:
        yield
        return
    _set(key)
    token, keeping = _entered.set(key), _kept.set({})
    try:
        yield
    finally:
        _entered.reset(token)
        _kept.reset(keeping)
        # In a broken transaction, the rollback restores the setting.
        if not connection.needs_rollback:
            _set(before)


@contextmanager
def entering_by(slug: str) -> Iterator["Agency | None"]:
    """Enter the agency of this slug, found and entered in one query; None if there is none."""
    from foundation import prepared

    before = _entered.get()
    statement = prepared.prepared("foundation.entering", _entering, {prepared.SLUG: "slug"})
    found = statement.models({"slug": slug})
    if not found:
        yield None
        return
    (agency,) = found
    token, keeping = _entered.set(agency.pk), _kept.set({})
    try:
        yield agency
    finally:
        _entered.reset(token)
        _kept.reset(keeping)
        if not connection.needs_rollback:
            _set(before)


@contextmanager
def across() -> Iterator[None]:
    """Read the rows of all agencies, without writing, until the block ends."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE cqi_across")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute("RESET ROLE")


def _entering() -> "models.QuerySet[Agency]":
    from foundation import prepared
    from foundation.models import Agency

    setting = models.Func(
        models.Value(SETTING),
        Cast("pk", models.TextField()),
        models.Value(False),
        function="set_config",
        output_field=models.TextField(),
    )
    return Agency.objects.filter(slug=prepared.SLUG).annotate(setting=setting)


def _set(key: int | None) -> None:
    with connection.cursor() as cursor:
        show_rows_of(cursor, key)
