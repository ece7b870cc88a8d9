"""Fixtures on real servers: this worker's database, and a running portal with a browser."""

import pytest

from devtools import worker
from devtools.postgresql.base import written_by_migrations
from devtools.servers.processes import ServerError


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None) -> None:
    """This worker's database, a copy of the run's migrated template."""
    try:
        worker.make_database(worker.database())
        written_by_migrations()
    except ServerError as error:
        pytest.exit(str(error), returncode=3)
