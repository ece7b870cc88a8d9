"""The resources of one process of a test run: its database and its Valkey numbers."""

import os
from pathlib import Path

from devtools.servers import keeper, templates
from devtools.servers.postgres import address

FOLDER = "CQI_TEST_SERVERS"
VALKEY = "CQI_TEST_VALKEY"


def name() -> str:
    """The name of this xdist worker, or `main`."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def number() -> int:
    """0 for the only process, 1 for gw0 and so on."""
    return 0 if name() == "main" else int(name().removeprefix("gw")) + 1


def database() -> str:
    """The name of this worker's database."""
    return f"test_{name()}"


def folder() -> Path:
    """The folder of this run's servers."""
    return Path(os.environ[FOLDER])


def environment() -> dict[str, str]:
    """The environment that makes the product use this worker's database and Valkey number."""
    return {
        "DATABASE_URL": address(folder(), "cqi_app", database()),
        "DATABASE_OWNER_URL": address(folder(), "cqi_owner", database()),
        "REDIS_URL": f"{os.environ[VALKEY]}/{number()}",
        # One for all workers of a run: their databases begin as copies of each other's.
        "KEY_STORE": str(folder() / "keys"),
    }


def make_database(name: str, copied_from: str = templates.DATABASE) -> None:
    """Create a database: migrated and empty, or a copy of another that is not in use."""
    keeper.wait(folder())
    keeper.cluster_in(folder()).run(
        "postgres",
        f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
        # Copying files takes a third of the time of writing all pages to the log.
        f'CREATE DATABASE "{name}" TEMPLATE "{copied_from}" OWNER cqi_owner STRATEGY file_copy',
        # Copying loses what roles.sql revokes from everybody on a database.
        f'REVOKE TEMPORARY ON DATABASE "{name}" FROM PUBLIC',
    )
