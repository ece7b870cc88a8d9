"""A database that began with any release becomes today's, and what a release froze stays.

Each release has its database stored with it: the demo agency, as that version built it.
"""

from collections import deque
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoDbBlocker

from devtools import worker
from devtools.demo.database import DemoDatabase, looking_at
from devtools.releases import manifest, stored
from devtools.releases.schema import Connection, Schema, differences, schema_of
from devtools.servers import keeper, templates
from devtools.servers.postgres import SUPERUSER, Cluster
from foundation.models import Agency
from recovery.versions import VERSION
from tests.browser.crawl import HOME, read, route_of, signed_in

pytestmark = pytest.mark.xdist_group("release")
RELEASES = manifest.releases()
PERSONAS = ("rosa", "june", "ada")


def connected(database: str) -> Connection:
    host = settings.DATABASES["default"]["HOST"]
    return psycopg.connect(host=host, dbname=database, user=SUPERUSER)


def made(name: str) -> tuple[Cluster, str]:
    """The cluster, and an empty database in it that is this worker's alone."""
    keeper.wait(worker.folder())
    cluster, database = keeper.cluster_in(worker.folder()), f"{name}_{worker.name()}"
    cluster.run("postgres", f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
    cluster.create(database)
    return cluster, database


def restored_schema(of: str, name: str) -> Schema:
    cluster, database = made(name)
    stored.copy_schema(cluster, of, database)
    with connected(database) as connection:
        return schema_of(connection)


@pytest.fixture(scope="module")
def fresh(django_db_setup: None) -> Schema:
    """The schema of a database that began today; it stays as `fresh_…`."""
    source = f"today_{worker.name()}"
    worker.make_database(source)
    return restored_schema(source, "fresh")


@pytest.fixture(scope="module", params=RELEASES, ids=lambda folder: folder.name)
def upgraded(request: pytest.FixtureRequest, django_db_setup: None) -> str:
    """The name of a release's stored database, brought up to today."""
    cluster, name = made("upgraded")
    stored.load(cluster, name, request.param)
    templates.migrate(cluster, name)
    return name


def test_this_version_is_frozen_or_still_to_be() -> None:
    assert RELEASES
    assert tuple(map(int, VERSION.split("."))) >= tuple(map(int, RELEASES[-1].name.split(".")))


@pytest.mark.parametrize("release", RELEASES, ids=lambda folder: folder.name)
def test_nothing_that_a_release_froze_has_changed(release: Path) -> None:
    frozen = manifest.contents(release)
    assert len(frozen) > 20
    assert [*manifest.broken(frozen, manifest.migrations())] == []
    assert (release / stored.NAME).stat().st_size <= stored.MOST


def test_an_edit_of_what_was_frozen_is_found(tmp_path: Path) -> None:
    home = tmp_path / "cells" / "migrations"
    home.mkdir(parents=True)
    kept, edited, gone = (home / f"000{number}_step.py" for number in (1, 2, 3))
    for each in (kept, edited, gone):
        each.write_text("operations = []\n")
    manifest.freeze(tmp_path / "1.0.0", tmp_path)
    frozen = manifest.contents(tmp_path / "1.0.0")
    assert [*manifest.broken(frozen, manifest.migrations(tmp_path))] == []
    edited.write_text("operations = [1]\n")
    gone.unlink()
    (home / "0004_new.py").write_text("")
    found = [*manifest.broken(frozen, manifest.migrations(tmp_path))]
    assert found == [
        "cells/migrations/0002_step.py was edited",
        "cells/migrations/0003_step.py is gone",
    ]


def test_its_schema_is_that_of_a_database_which_begins_today(upgraded: str, fresh: Schema) -> None:
    found = differences(restored_schema(upgraded, "compared"), fresh)
    assert not found, "\n".join(found)


PLANTED = {
    "column cells_cell.planted": "ALTER TABLE cells_cell ADD planted text",
    "column cells_cell.focus": "ALTER TABLE cells_cell ALTER focus DROP NOT NULL",
    "constraint cells_cell.planted": "ALTER TABLE cells_cell ADD CONSTRAINT planted CHECK (true)",
    "index planted": "CREATE INDEX planted ON cells_cell (focus)",
    "policy cells_cell.within": "DROP POLICY within ON cells_cell",
    "table cells_cell": "ALTER TABLE cells_cell DISABLE ROW LEVEL SECURITY",
    "table foundation_event": "GRANT UPDATE ON foundation_event TO cqi_app",
    "trigger foundation_event.append_only": (
        "ALTER TABLE foundation_event DISABLE TRIGGER append_only"
    ),
    "function refuse_change()": (
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RETURN NEW; END $$"
    ),
    "function erase_words(bigint)": "GRANT EXECUTE ON FUNCTION erase_words(bigint) TO PUBLIC",
    "sequence cells_cell_id_seq": "ALTER SEQUENCE cells_cell_id_seq CYCLE",
    "type planted": "CREATE TYPE planted AS ENUM ('one')",
    "schema public": "GRANT CREATE ON SCHEMA public TO PUBLIC",
    "extension btree_gist": "ALTER EXTENSION btree_gist SET SCHEMA pg_catalog",
    "rights of new r of cqi_owner": (
        "ALTER DEFAULT PRIVILEGES FOR ROLE cqi_owner GRANT ALL ON TABLES TO cqi_across"
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_what_only_one_of_the_two_has_is_found(
    name: str, fresh: Schema, django_db_setup: None
) -> None:
    with connected(f"fresh_{worker.name()}") as connection:
        connection.execute(PLANTED[name].encode())
        found = differences(schema_of(connection), fresh)
        connection.rollback()
    assert any(f": {name}" in each for each in found), found


def pages(client: Client) -> Iterator[tuple[str, int]]:
    """Each kind of page that links lead to from home, with the status of its answer."""
    seen, routes, waiting = {HOME}, set[str](), deque([HOME])
    while waiting:
        url = waiting.popleft()
        if (route := route_of(url)) in routes:
            continue
        routes.add(route)
        answer = client.get(url, follow=True)
        yield url, answer.status_code
        if answer.headers.get("content-type", "").startswith("text/html"):
            shown, _forms = read(answer.request["PATH_INFO"], answer.text)
            waiting.extend(
                link for link in shown.links if link.startswith("/") and link not in seen
            )
            seen.update(shown.links)


def test_every_page_opens(upgraded: str, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock(), looking_at(DemoDatabase(upgraded, "")):
        assert Agency.objects.exists()
        for person in PERSONAS:
            found = dict(pages(signed_in.__wrapped__(person)))
            assert len(found) > 30, person
            assert {url: status for url, status in found.items() if status != 200} == {}, person
