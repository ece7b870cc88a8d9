"""Which version of program and database a backup fits, and which secrets it was written under."""

import hashlib
from collections.abc import Iterable
from functools import cache
from typing import Any

import psycopg
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from recovery.problems import OtherVersion

Connection = psycopg.Connection[tuple[Any, ...]]

# The version of the program, as `pyproject.toml` names it.
VERSION = "0.2.0"
# The version of the container.
FORMAT = 1
_LABEL = b"cqi.recovery.fingerprint"
_ROUNDS = 200_000
_NAMED = 3


@cache
def known_migrations() -> frozenset[str]:
    """All migrations of this version, as "app.name"."""
    found = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return frozenset(".".join(each) for each in found)


def applied_migrations(connection: Connection) -> frozenset[str]:
    """Those of the database, of the apps that this version has; none if it was never migrated."""
    apps = {name.partition(".")[0] for name in known_migrations()}
    if connection.execute("SELECT to_regclass('public.django_migrations')").fetchone() == (None,):
        return frozenset()
    rows = connection.execute("SELECT app || '.' || name FROM public.django_migrations")
    return frozenset(name for (name,) in rows if name.partition(".")[0] in apps)


def expect_this_version(migrations: Iterable[str], whose: str, version: str = "") -> None:
    """OtherVersion: these are not the migrations of this version."""
    found = frozenset(migrations)
    for what, missing in (
        ("older", known_migrations() - found),
        ("newer", found - known_migrations()),
    ):
        if missing:
            named = ", ".join(sorted(missing)[:_NAMED])
            of = f" {version}" if version else ""
            raise OtherVersion(
                f"{whose} is of another version{of}, {what} than this one ({VERSION}; {named}). "
                "Use the version that fits it, and upgrade afterward."
            )


def postgresql(connection: Connection) -> str:
    ((shown,),) = connection.execute("SHOW server_version").fetchall()
    return str(shown)


def fingerprints() -> tuple[str, ...]:
    """One for SECRET_KEY and one for each fallback; none leads back to its key."""
    keys = (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS))
    return tuple(
        hashlib.pbkdf2_hmac("sha256", key.encode(), _LABEL, _ROUNDS).hex()[:16] for key in keys
    )
