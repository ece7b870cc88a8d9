"""The health of each part of the portal, and the databases the portal refuses to start on."""

from collections.abc import Iterable
from functools import cache
from time import time
from typing import Any

import redis
from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from foundation import key_store
from foundation.postgresql.base import mixes_sessions
from recovery.freshness import Age, freshness

OK, DOWN, OLDER, NEWER, LATE, UNKNOWN = "ok", "down", "older", "newer", "late", "unknown"
NEVER = "never"
# Seconds between beat's pulse jobs, which only record that beat sent them and a worker ran them.
PULSE = 60
MISSED = 3 * PULSE


class NotFit(Exception):
    """A database on which the portal would do harm; the text says what to do."""


def states() -> dict[str, str]:
    """The state of each part: database, schema, broker, worker, beat."""
    return {**_of_database(), **_of_jobs(time())}


def warnings(parts: dict[str, str]) -> dict[str, str]:
    """The age of the last backup and the last proof, which doesn't make a portal unready.

    `parts`: the states.
    """
    if parts["schema"] != OK:
        return {"backup": UNKNOWN, "proof": UNKNOWN}
    found = freshness(timezone.now())
    said = {Age.FRESH: OK, Age.LATE: LATE, Age.NEVER: NEVER}
    return {"backup": said[found.backup.age], "proof": said[found.proof.age]}


def told(part: str) -> None:
    """Record that this part (`beat` or `worker`) is alive now."""
    with _broker() as broker:
        broker.set(_key(part), time(), ex=24 * 60 * 60)


def migrations_apart() -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Migrations the database has not applied, and applied ones this code does not know."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    known = set(_migrations())
    apps = {app for app, _name in known}
    return known - applied, {each for each in applied - known if each[0] in apps}


def refuse_what_does_harm() -> None:
    """Raise NotFit for a database that mixes agencies, grants too much, or fits another version."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_database_privilege(current_database(), 'TEMPORARY'), rolsuper, rolbypassrls"
            " FROM pg_roles WHERE rolname = current_user"
        )
        temporary, *ignores_walls = cursor.fetchone() or (True, True)
    if any(ignores_walls):
        raise NotFit(
            "DATABASE_URL names a login that row-level security does not hold. Use cqi_app."
        )
    if temporary:
        raise NotFit(
            "The serving login may make temporary tables, and so run code as the owner. "
            "Run foundation/sql/roles.sql in this database as a superuser."
        )
    missing, unknown = migrations_apart()
    if missing:
        raise NotFit(f"The database is older than this version: migrate first ({_named(missing)}).")
    if unknown:
        raise NotFit(f"The database is newer than this version ({_named(unknown)}).")
    if not key_store.usable():
        raise NotFit(
            "KEY_STORE names a folder that this process can't read and write. All web and worker "
            "processes need it."
        )
    if mixes_sessions():
        raise NotFit(
            "DATABASE_URL leads to a pooler that gives one session's settings to another: agencies "
            "would see each other's data. Pool by session, or connect directly."
        )


def _of_database() -> dict[str, str]:
    try:
        missing, unknown = migrations_apart()
    except OperationalError:
        return {"database": DOWN, "schema": UNKNOWN}
    return {"database": OK, "schema": OLDER if missing else NEWER if unknown else OK}


def _of_jobs(now: float) -> dict[str, str]:
    try:
        with _broker() as broker:
            found: Any = broker.mget(_key("beat"), _key("worker"))
    except redis.RedisError:
        return {"broker": DOWN, "worker": UNKNOWN, "beat": UNKNOWN}
    beat, worker = (float(each or 0) for each in found)
    return {"broker": OK, **of_pulses(now, beat, worker)}


def of_pulses(now: float, beat: float, worker: float) -> dict[str, str]:
    """The states of worker and beat, from the time of each one's last pulse.

    While beat is silent, a worker that has run beat's last job is not to blame.
    """
    since = now if now - beat < MISSED else beat
    return {
        "worker": OK if worker and since - worker < MISSED else LATE,
        "beat": OK if now - beat < MISSED else LATE,
    }


def _broker() -> "redis.Redis":
    return redis.Redis.from_url(
        settings.CELERY_BROKER_URL, socket_connect_timeout=1, socket_timeout=1
    )


def _key(part: str) -> str:
    return f"cqi_portal.alive.{part}"


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def _named(migrations: Iterable[tuple[str, str]]) -> str:
    return ", ".join(".".join(each) for each in sorted(migrations)[:3])
