"""The database of a release, stored as compressed SQL: the demo agency as that version built it."""

import lzma
import subprocess
from pathlib import Path

from devtools.servers.postgres import SUPERUSER, Cluster, binaries
from devtools.servers.processes import ServerError

NAME = "database.sql.xz"
MOST = 2_000_000
"""The most bytes of one stored database: every clone of the project carries all of them."""


def store(cluster: Cluster, database: str, release: Path) -> None:
    """Write a database into the folder of a release."""
    packed = lzma.compress(_run("pg_dump", cluster, database), preset=9)
    if len(packed) > MOST:
        raise ServerError(f"The stored database has {len(packed)} bytes, more than {MOST}.")
    (release / NAME).write_bytes(packed)


def load(cluster: Cluster, database: str, release: Path) -> None:
    """Fill an empty database with that of a release."""
    text = lzma.decompress((release / NAME).read_bytes())
    _run("psql", cluster, database, "--quiet", "--set=ON_ERROR_STOP=1", text=text)


def copy_schema(cluster: Cluster, source: str, target: str) -> None:
    """Fill an empty database with another's schema.

    Restoring spells some expressions otherwise than they were when first written, so schemas are
    compared after each was restored.
    """
    text = _run("pg_dump", cluster, source, "--schema-only")
    _run("psql", cluster, target, "--quiet", "--set=ON_ERROR_STOP=1", text=text)


def _run(program: str, cluster: Cluster, database: str, *more: str, text: bytes = b"") -> bytes:
    done = subprocess.run(
        [binaries() / program, "--host", cluster.sockets, "--username", SUPERUSER, *more, database],
        input=text,
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        raise ServerError(f"{program} did not succeed: {done.stderr.decode()[-2000:]}")
    return done.stdout
