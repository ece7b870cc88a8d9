"""The portal refuses to start behind a pooler that mixes sessions, tried with PgBouncer itself."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg.conninfo import conninfo_to_dict

from devtools import worker
from devtools.servers import processes
from devtools.servers.keeper import TEMPORARY
from foundation.postgresql.base import DatabaseWrapper, mixes_sessions

ROOT = Path(__file__).parents[2]
PROGRAM = shutil.which("pgbouncer") or shutil.which("/usr/sbin/pgbouncer")
PORT = 6432
CONFIGURATION = """
[databases]
* = host={server}

[pgbouncer]
listen_port = {port}
unix_socket_dir = {folder}
auth_type = any
pool_mode = {mode}
default_pool_size = 8
ignore_startup_parameters = extra_float_digits,options
"""

pytestmark = pytest.mark.skipif(
    PROGRAM is None and not os.environ.get("CI"), reason="PgBouncer is not installed here."
)


def listens(address: str) -> bool:
    """Whether somebody answers there; the file of the socket comes a moment earlier."""
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(address) == 0


@pytest.fixture
def pooled(request: pytest.FixtureRequest, db: None) -> Iterator[str]:
    """The address of this test's database through a PgBouncer of the wanted mode."""
    assert PROGRAM is not None, "Install the package pgbouncer."
    database = settings.DATABASES["default"]
    folder = TEMPORARY / f"cqi-pooler-{worker.name()}"
    user = processes.server_user()
    processes.private_folder(folder, user)
    given = folder / "pgbouncer.ini"
    given.write_text(
        # As PostgreSQL's own user, which the trusting server lets in by any name.
        CONFIGURATION.format(
            server=f"{database['HOST']} user=cqi_app",
            port=PORT,
            folder=folder,
            mode=request.param,
        )
    )
    processes.give(given, user)
    log = folder / "pgbouncer.log"
    pooler = processes.start([PROGRAM, given], log=log, user=user)
    try:
        reached = str(folder / f".s.PGSQL.{PORT}")
        processes.wait_until(lambda: listens(reached), process=pooler, within=20, log=log)
        yield f"postgresql://cqi_app@{quote(str(folder), safe='')}:{PORT}/{database['NAME']}"
    finally:
        processes.stop(pooler)
        processes.remove(folder)


@pytest.mark.parametrize(
    ("pooled", "mixes"), [("transaction", True), ("session", False)], indirect=["pooled"]
)
def test_only_a_pooler_that_mixes_sessions_is_found(pooled: str, mixes: bool) -> None:
    def connect() -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(pooled, autocommit=True)

    assert mixes_sessions(connect) is mixes


@pytest.mark.parametrize("pooled", ["transaction"], indirect=True)
def test_no_page_is_served_behind_it(pooled: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "import cqi_portal.wsgi"],
        cwd=ROOT,
        env=processes.product_environment(**worker.environment() | {"DATABASE_URL": pooled}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode != 0
    assert "agencies would see each other's data" in ended.stderr


@pytest.mark.parametrize("pooled", ["session"], indirect=True)
def test_what_a_session_prepared_ends_with_it(pooled: str) -> None:
    """The next session on the same server connection prepares its own under the same name."""
    reached = {"HOST": conninfo_to_dict(pooled)["host"], "PORT": PORT}
    servers = set()
    for number in range(3):
        wrapper = DatabaseWrapper({**connection.settings_dict, **reached}, connection.alias)
        try:
            for _turn in range(2):
                with wrapper.prepared_cursor() as cursor:
                    cursor.execute("SELECT $1::int, pg_backend_pid()", [number])
                    found, server = cursor.fetchone()
                    assert found == number
                    servers.add(server)
        finally:
            wrapper.close()
    assert len(servers) == 1
