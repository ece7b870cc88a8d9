"""The commands, as those who run an installation type them; and the guide, command by command."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from devtools import worker
from devtools.portal import Portal
from devtools.servers import keeper, processes
from devtools.servers.postgres import SUPERUSER, address
from recovery import encryption
from recovery.contents import left_out
from tests.recovery import databases
from tests.recovery.conftest import Backup
from tests.recovery.engine import commands, made_in, on_that_day

ROOT = Path(__file__).parents[2]
GUIDES = [ROOT / "docs" / "guide" / name for name in ("running.md", "backups.md")]
FACTS = "SELECT kind, rows, sha256 FROM recovery_fact ORDER BY id"
MEGABYTE = 1024 * 1024


def environment(name: str, *recipients: str) -> dict[str, str]:
    return processes.product_environment(
        **worker.environment()
        | {
            "DATABASE_URL": address(worker.folder(), "cqi_app", name),
            "DATABASE_OWNER_URL": address(worker.folder(), "cqi_owner", name),
            "BACKUP_RECIPIENTS": " ".join(recipients),
        }
    )


def manage(
    name: str, *arguments: str | Path, recipients: tuple[str, ...] = (), given: str = ""
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", *arguments],
        cwd=ROOT,
        env=environment(name, *recipients),
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


def facts(name: str) -> list[tuple[str, int, str]]:
    with databases.owners(name) as found:
        return [(str(kind), int(rows), str(sha)) for kind, rows, sha in found.execute(FACTS)]


@pytest.fixture
def source(backup: Backup) -> Iterator[str]:
    name = databases.migrated("source", copied_from=backup.database)
    yield name
    databases.drop(name)


def test_a_backup_is_written_and_proved(source: str, backup: Backup, tmp_path: Path) -> None:
    path, key = tmp_path / "b.age", tmp_path / "key.txt"
    key.write_text(backup.private)
    written = manage(source, "backup", path, recipients=(backup.public,))
    assert written.returncode == 0, written.stderr
    assert not written.stdout
    assert path.stat().st_mode & 0o777 == 0o600
    assert {each.name for each in tmp_path.iterdir()} == {"b.age", "key.txt"}
    ((kind, rows, sha256),) = facts(source)
    assert (kind, rows) == ("backed_up", backup.written.rows)
    assert sha256 in written.stderr

    scratch = databases.migrated("scratch")
    proved = manage(source, "verify", path, "--identity", key, "--scratch", scratch)
    assert proved.returncode == 0, proved.stderr
    assert not proved.stderr
    assert not databases.exists(scratch)
    assert facts(source)[1:] == [("proved", rows, sha256)]


def test_a_scratch_database_is_made_where_the_login_may_and_always_dropped(
    source: str, backup: Backup, tmp_path: Path
) -> None:
    key = tmp_path / "key.txt"
    key.write_text(encryption.new_key()[0])
    cluster = keeper.cluster_in(worker.folder())
    before = cluster.databases()
    refused = manage(source, "verify", backup.path, "--identity", key)
    assert refused.returncode != 0
    assert "--scratch" in refused.stderr
    cluster.run("postgres", "ALTER ROLE cqi_owner CREATEDB")
    try:
        # With a wrong key, so that nothing has to be migrated first.
        refused = manage(source, "verify", backup.path, "--identity", key)
    finally:
        cluster.run("postgres", "ALTER ROLE cqi_owner NOCREATEDB")
    assert "This private key does not open the file" in refused.stderr
    assert not {name for name in cluster.databases() - before if name.startswith("cqi_scratch_")}


def test_a_backup_that_is_not_proved_leaves_no_proof(
    source: str, backup: Backup, tmp_path: Path
) -> None:
    key, path = tmp_path / "key.txt", tmp_path / "damaged.age"
    key.write_text(backup.private)
    path.write_bytes(backup.data[:-1])
    scratch = databases.migrated("scratch")
    refused = manage(source, "verify", path, "--identity", key, "--scratch", scratch)
    assert refused.returncode != 0
    assert "The backup is not proved." in refused.stderr
    assert facts(source) == []
    assert not databases.exists(scratch)


@pytest.mark.parametrize("whose", ["own", "filled"])
def test_a_database_of_somebody_is_no_scratch_database(
    source: str, backup: Backup, tmp_path: Path, whose: str
) -> None:
    key = tmp_path / "key.txt"
    key.write_text(backup.private)
    filled = address(worker.folder(), "cqi_owner", backup.database)
    scratch = source if whose == "own" else filled
    refused = manage(source, "verify", backup.path, "--identity", key, "--scratch", scratch)
    assert refused.returncode != 0
    assert databases.exists(source)
    assert databases.exists(backup.database)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("backup",), "BACKUP_RECIPIENTS"),
        (("backup", "--recipient", "nonsense"), "nonsense"),
        (("restore", "nowhere.age", "--identity", "nowhere.txt"), "nowhere.txt"),
        (("verify", "nowhere.age", "--identity", os.devnull), "no private key"),
    ],
)
def test_what_is_missing_is_said_on_one_line(arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(CommandError) as said:
        call_command(*arguments)
    assert words in str(said.value)
    assert "\n" not in str(said.value)


def test_a_file_that_is_there_is_not_written_over(backup: Backup, tmp_path: Path) -> None:
    path = tmp_path / "b.age"
    path.write_text("mine")
    with pytest.raises(CommandError):
        call_command("backup", str(path), recipient=[backup.public])
    assert path.read_text() == "mine"


def test_nothing_is_restored_under_a_running_portal(
    portal: Portal, backup: Backup, tmp_path: Path
) -> None:
    connection.close()
    with psycopg.connect(address(worker.folder(), SUPERUSER, "postgres")) as other:
        connected = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND usename = %s"
        found = other.execute(connected, [worker.database(), "cqi_app"]).fetchone()
    assert found is not None
    assert found[0] > 0
    said = manage(
        worker.database(), "restore", backup.path, "--identity", "-", given=backup.private
    )
    assert said.returncode != 0
    assert "A portal is running on this database" in said.stderr


def peak(name: str, *arguments: str | Path, recipients: tuple[str, ...] = ()) -> int:
    """The most memory, in bytes, that the command ever held."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "manage.py", *arguments],
        cwd=ROOT,
        env=environment(name, *recipients),
        stdout=subprocess.DEVNULL,
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


GROW = """
    INSERT INTO foundation_event (agency_id, name, subject_type, subject_id, at, data)
    SELECT min(agency.id), 'planted', 'agency', 1, now(), jsonb_build_object('of', (
        SELECT string_agg(md5(random()::text || number || part), '')
        FROM generate_series(1, 8000) AS part
    )) FROM foundation_agency AS agency, generate_series(1, 250) AS number GROUP BY number
"""


def test_memory_does_not_grow_with_rows(source: str, backup: Backup, tmp_path: Path) -> None:
    small, large, key = tmp_path / "small.age", tmp_path / "large.age", tmp_path / "key.txt"
    key.write_text(backup.private)
    to = (backup.public,)
    before = peak(source, "backup", small, recipients=to)
    with databases.owners(source) as found:
        found.execute(GROW.encode())
    after = peak(source, "backup", large, recipients=to)
    assert large.stat().st_size - small.stat().st_size > 30 * MEGABYTE
    assert after - before < 10 * MEGABYTE
    scratch = databases.migrated("scratch")
    restoring = peak(source, "verify", large, "--identity", key, "--scratch", scratch)
    assert restoring - before < 20 * MEGABYTE


def test_each_command_of_the_guide_does_what_it_says(source: str, tmp_path: Path) -> None:
    engine = made_in(tmp_path)
    cluster = keeper.cluster_in(worker.folder())
    # The guide's database is called cqi.
    cluster.run("postgres", f'ALTER DATABASE "{source}" RENAME TO cqi')
    before = databases.everything("cqi")
    (nightly,) = commands(GUIDES[0])
    everything = commands(GUIDES[1])
    assert nightly in everything
    assert len(everything) == 9
    public = ""
    try:
        for block in everything:
            if block == nightly:
                public = encryption_key(tmp_path / "key.txt")
            done = subprocess.run(
                ["bash", "-euc", on_that_day(block)],
                cwd=tmp_path,
                env=environment("cqi", public) | engine.environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, (block, done.stdout, done.stderr)
        assert not databases.exists("cqi_before")
        assert not databases.exists("scratch")
        after = databases.everything("cqi")
        differing = {table for table in before if before[table] != after[table]}
        # The backup was taken before its own fact was written, and the restore wrote one.
        assert differing <= {*left_out(), "recovery_fact"}
        assert [kind for kind, _rows, _sha in facts("cqi")] == ["restored"]
        assert "compose stop web worker beat" in engine.log.read_text()
    finally:
        databases.drop("cqi")
        databases.drop("cqi_before")


def encryption_key(path: Path) -> str:
    """The public key in a key file."""
    private = encryption.identities(path.read_text())
    return str(private[0].to_public())


def test_services_and_variables_of_the_guide_exist() -> None:
    compose = (ROOT / "docker-compose.yml").read_text()
    assert "BACKUP_RECIPIENTS: ${BACKUP_RECIPIENTS-}" in compose
    assert "DATABASE_OWNER_URL" in compose.partition("  migrate:")[2].partition("  postgres:")[0]
    for service in ("web", "worker", "beat", "migrate", "postgres"):
        assert f"\n  {service}:\n" in compose
