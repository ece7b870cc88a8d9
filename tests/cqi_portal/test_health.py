"""A database restart costs nobody a page; each part's trouble is reported separately."""

import contextlib
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep, time

import psycopg
import pytest
from celery.signals import after_task_publish
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import Settings

from cqi_portal import health, tasks
from cqi_portal.health import DOWN, LATE, MISSED, NEVER, NEWER, OK, OLDER, UNKNOWN
from devtools import worker
from devtools.servers import processes, templates
from devtools.servers.keeper import TEMPORARY
from devtools.servers.postgres import SUPERUSER, Cluster
from devtools.servers.valkey import free_port
from devtools.stack import Stack
from tests.owner import owner

READY = "/healthz/ready"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def cluster(django_db_setup: None) -> Iterator[Cluster]:
    """A PostgreSQL for this test alone, with the portal's tables."""
    folder = Path(tempfile.mkdtemp(prefix="cqi-test-restart-", dir=TEMPORARY))
    processes.private_folder(folder, processes.server_user())
    cluster = Cluster(folder, folder, durable=False)
    assert templates.copy(templates.home_of(templates.manifest()), cluster)
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.abandon()
        processes.remove(folder)


@pytest.fixture
def serving(cluster: Cluster, tmp_path: Path) -> Iterator[Stack]:
    """The real web server, with its pool, on that PostgreSQL."""
    port = free_port()
    environment = processes.product_environment(
        **worker.environment(),
        BASE_URL=f"http://127.0.0.1:{port}",
    ) | {"DATABASE_URL": cluster.url("cqi_app", templates.DATABASE)}
    stack = Stack(environment, tmp_path, port)
    stack.web.start()
    stack.wait_for_pages()
    yield stack
    stack.web.stop()


def status(stack: Stack, path: str = "/healthz") -> int:
    try:
        url = f"http://127.0.0.1:{stack.port}{path}"
        with urllib.request.urlopen(url, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def many(stack: Stack) -> list[int]:
    """Enough requests at once to make the pool open all its connections."""
    with ThreadPoolExecutor(8) as at_once:
        return list(at_once.map(lambda _number: status(stack), range(40)))


def test_after_a_restart_of_the_database_every_request_is_answered(
    cluster: Cluster, serving: Stack
) -> None:
    assert set(many(serving)) == {200}
    cluster.stop()
    cluster.start()
    after = [status(serving) for _request in range(12)]
    assert after == [200] * 12, serving.web.log.read_text()[-6000:]
    assert set(many(serving)) == {200}


def test_while_the_database_is_away_only_that_is_told(cluster: Cluster, serving: Stack) -> None:
    cluster.stop()
    assert status(serving, READY) == 503
    cluster.start()
    assert status(serving) == 200


def test_what_was_asked_for_is_answered_before_a_web_server_ends(
    cluster: Cluster, serving: Stack
) -> None:
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    address = cluster.url(SUPERUSER, templates.DATABASE)
    with psycopg.connect(address) as holding, ThreadPoolExecutor(1) as asking:
        holding.execute("LOCK TABLE django_migrations")
        asked = asking.submit(status, serving, READY)
        end = monotonic() + 30
        while holding.execute(waiting).fetchone() == (0,) and monotonic() < end:
            sleep(0.05)
        serving.web.signal(signal.SIGTERM)
        sleep(1)
        assert serving.web.alive()
        with pytest.raises(urllib.error.URLError):
            status(serving)
        holding.rollback()
        # A connection that is dropped has no status; which one depends on whether another
        # test's worker left its heartbeat less than a minute ago.
        assert asked.result() in {200, 503}
    serving.web.stop()
    assert not serving.web.alive()


def ready() -> tuple[int, dict[str, str]]:
    answer = Client().get(READY)
    lines = answer.content.decode().splitlines()
    return answer.status_code, dict(line.split(" ") for line in lines)


@pytest.fixture
def alive(db: None) -> None:
    health.told("beat")
    health.told("worker")


def test_all_is_well(alive: None) -> None:
    parts = dict.fromkeys(("database", "schema", "broker", "worker", "beat"), OK)
    # Old backups are told, and don't make a portal unready.
    assert ready() == (200, {**parts, "backup": NEVER, "proof": NEVER})


def test_jobs_and_beat_tell_that_they_are_alive(db: None) -> None:
    with health._broker() as broker:
        broker.delete(health._key("beat"), health._key("worker"))
    assert ready()[1] == {**ready()[1], "worker": LATE, "beat": LATE}
    tasks.pulse.delay()
    assert ready()[1] == {**ready()[1], "worker": OK, "beat": LATE}
    after_task_publish.send(sender=tasks.PULSE)
    assert ready() == (200, {**ready()[1], "worker": OK, "beat": OK})


@pytest.mark.parametrize(
    ("beat", "worker", "told"),
    [
        (10, 10, {"beat": OK, "worker": OK}),
        (10, MISSED + 10, {"beat": OK, "worker": LATE}),
        (MISSED + 100, MISSED + 100, {"beat": LATE, "worker": OK}),
        (MISSED + 100, 3 * MISSED + 100, {"beat": LATE, "worker": LATE}),
    ],
)
def test_a_silent_beat_is_not_laid_to_the_worker(
    beat: int, worker: int, told: dict[str, str]
) -> None:
    now = time()
    assert health.of_pulses(now, now - beat, now - worker) == told


def test_a_broker_that_is_away_is_told(alive: None, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    code, parts = ready()
    assert code == 503
    assert parts["database"] == parts["schema"] == OK
    assert (parts["broker"], parts["worker"], parts["beat"]) == (DOWN, UNKNOWN, UNKNOWN)


@contextlib.contextmanager
def recorded(statement: str, *values: str) -> Iterator[None]:
    """The database's record of migrations, changed by its owner until the block ends."""
    with owner() as raw:
        rows = raw.execute("SELECT app, name, applied FROM django_migrations").fetchall()
        raw.execute(statement.encode(), values)
    try:
        yield
    finally:
        with owner() as raw:
            raw.execute("DELETE FROM django_migrations")
            raw.cursor().executemany(
                "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", rows
            )


OF_A_LATER_VERSION = (
    "INSERT INTO django_migrations (app, name, applied) VALUES ('accounts', '9999_later', now())"
)
NOT_YET = "DELETE FROM django_migrations WHERE app = 'accounts' AND name = '0001_initial'"


@pytest.mark.parametrize(("statement", "state"), [(OF_A_LATER_VERSION, NEWER), (NOT_YET, OLDER)])
def test_a_schema_of_another_version_is_told_and_the_portal_does_not_start_on_it(
    alive: None, statement: str, state: str
) -> None:
    health.refuse_what_does_harm()
    with recorded(statement):
        assert ready()[1]["schema"] == state
        with pytest.raises(health.NotFit, match=state):
            health.refuse_what_does_harm()


@pytest.mark.parametrize("program", [["-c", "import cqi_portal.wsgi"], ["-m", "celery"]])
def test_neither_pages_nor_jobs_start_on_a_schema_of_another_version(
    db: None, program: list[str]
) -> None:
    if "celery" in program:
        program = [*program, "--app", "cqi_portal.celery:app", "worker", "--pool", "solo"]
    with recorded(OF_A_LATER_VERSION):
        ended = subprocess.run(
            [sys.executable, *program],
            cwd=ROOT,
            env=processes.product_environment(**worker.environment()),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert ended.returncode != 0
    assert "accounts.9999_later" in ended.stderr


def test_the_portal_does_not_start_where_the_serving_login_has_too_much(db: None) -> None:
    name = connection.settings_dict["NAME"]
    with psycopg.connect(worker_url(), autocommit=True) as raw:
        raw.execute(f'GRANT TEMPORARY ON DATABASE "{name}" TO PUBLIC'.encode())
        try:
            with pytest.raises(health.NotFit, match="temporary"):
                health.refuse_what_does_harm()
        finally:
            raw.execute(f'REVOKE TEMPORARY ON DATABASE "{name}" FROM PUBLIC'.encode())
    health.refuse_what_does_harm()


def worker_url() -> str:
    from devtools.servers.keeper import cluster_in

    return cluster_in(worker.folder()).url("postgres", "postgres")


def test_every_migration_is_applied(db: None) -> None:
    assert health.migrations_apart() == (set(), set())
    assert MigrationRecorder(connection).applied_migrations()
