"""Two beats do no harm: each job that beat sends changes nothing when it runs once more."""

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from cqi_portal.celery import app
from cqi_portal.schedule import SCHEDULE
from devtools.demo.database import DEMO, DemoDatabase, built, looking_at
from devtools.demo.people import AGENCY
from foundation import tenancy
from foundation.models import Agency
from notifications.models import Message
from tests.recovery import databases

pytestmark = pytest.mark.xdist_group("demo")
State = dict[str, tuple[int, int]]


@pytest.fixture(scope="module")
def copied(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Agency]:
    """A demo of these tests' own, which jobs may change."""
    with django_db_blocker.unblock():
        built()
        name = databases.migrated("twice", copied_from=DEMO)
        with looking_at(DemoDatabase(name, "")):
            yield Agency.objects.get(slug=AGENCY)
        databases.drop(name)


def state(agency: Agency) -> State:
    """For each table the number of its rows, and a checksum of all that is in them."""
    with tenancy.entering(agency), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public'"
            " AND has_table_privilege(relid, 'SELECT') ORDER BY relname"
        )
        found: State = {}
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*), coalesce(sum(hashtext(t::text)), 0) FROM "{table}" AS t'  # noqa: S608
            )
            found[table] = cursor.fetchone() or (0, 0)
        return found


def changed(before: State, after: State) -> list[str]:
    return [table for table in after if before[table] != after[table]]


@pytest.mark.parametrize("job", SCHEDULE)
def test_a_job_that_two_beats_send_changes_nothing_the_second_time(
    job: str, copied: Agency
) -> None:
    app.loader.import_default_modules()
    app.tasks[job].apply(throw=True)
    once = state(copied)
    app.tasks[job].apply(throw=True)
    assert changed(once, state(copied)) == []


def test_a_change_would_be_seen(copied: Agency) -> None:
    before = state(copied)
    with tenancy.entering(copied):
        messages = Message.objects.within(copied)
        messages.filter(pk=messages.values_list("pk")[:1]).update(read_at="2026-01-01T00:00Z")
    assert changed(before, state(copied)) == ["notifications_message"]
