"""One backup of two agencies for all these tests of a process, and an empty database."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from recovery import encryption
from recovery.writing import Written
from tests.recovery import databases


@dataclass(frozen=True)
class Backup:
    """A backup of two agencies: its database, its file, its private and its public key."""

    database: str
    path: Path
    written: Written
    private: str
    public: str

    @property
    def data(self) -> bytes:
        return self.path.read_bytes()


@pytest.fixture(scope="session")
def backup(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Backup]:
    name = databases.migrated("from")
    private, public = encryption.new_key()
    with django_db_blocker.unblock():
        databases.with_two_agencies(name)
    data, written = databases.backed_up(name, public)
    path = tmp_path_factory.mktemp("backup") / "two.age"
    path.write_bytes(data)
    yield Backup(name, path, written, private, public)
    databases.drop(name)


@pytest.fixture(scope="session")
def target(django_db_setup: None) -> Iterator[str]:
    """An empty, migrated database, for attempts that leave nothing."""
    name = databases.migrated("into")
    yield name
    databases.drop(name)
