"""What goes as a whole goes with all that belongs to it, once nothing that stays needs it.

In a copy of the demo, all that happened is moved ages into the past. Which rows go is worked out
again row by row, from the models (`lives.py`).
"""

from datetime import timedelta
from itertools import islice

import pytest
from psycopg import sql
from pytest_django import DjangoDbBlocker

from accounts.models import Member
from devtools.demo import people
from devtools.demo.database import DemoDatabase
from foundation import personal_data, tenancy
from foundation.models import Agency
from foundation.wholes import RUN, records_from, wanted
from privacy.holds import actions as holding
from privacy.holds.models import HoldScope
from privacy.retention import actions
from privacy.retention.models import AnnouncedRow, RetentionRun
from tests.browser.crawl import signed_in
from tests.privacy.lives import LAST_OF, NEEDED, Lives, Raw, a_month_later, ages_ago, all_over
from tests.privacy.test_nothing_of_a_person_stays import (
    a_copy,
    entered,
    ledger_is_balanced,
    superuser,
)
from tests.releases.test_upgrade import PERSONAS, pages

pytestmark = pytest.mark.xdist_group("demo")
A_MONTH = timedelta(days=30)


def lives(copy: DemoDatabase, agency: Agency) -> Lives:
    with superuser(copy) as raw:
        return Lives(raw, agency, agency.today() + A_MONTH)


def announced(agency: Agency) -> set[tuple[str, str]]:
    return set(AnnouncedRow.objects.within(agency).values_list("place", "row"))


def of_versions(raw: Raw) -> set[tuple[str, str]]:
    """The rows of which a version is left."""
    return {
        (each.place, str(key))
        for each in wanted()
        if each.history
        for (key,) in raw.execute(
            sql.SQL("SELECT {} FROM {}").format(
                sql.Identifier(each.key), sql.Identifier(each.history)
            )
        ).fetchall()
    }


def destroyed(copy: DemoDatabase, agency: Agency) -> set[tuple[str, str]]:
    """Let a month pass after the announcement and destroy; return what had been announced."""
    with tenancy.entering(agency):
        run = RetentionRun.objects.within(agency).open().get(code=RUN)
        going = announced(agency)
    with superuser(copy) as raw:
        a_month_later(raw)
    with tenancy.entering(agency):
        assert actions.destroy_wholes(agency, run.pk) == len(going)
        run.refresh_from_db()
        assert (run.destroyed_on, run.taken) == (agency.today(), len(going))
        assert announced(agency) == set()
    return going


def pages_open() -> None:
    """Of each of three people, those that links lead to first."""
    for person in PERSONAS:
        found = dict(islice(pages(signed_in.__wrapped__(person)), 40))
        assert len(found) > 20, person
        assert {url: status for url, status in found.items() if status != 200} == {}, person


def test_exactly_what_nothing_needs_goes(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock(), a_copy() as copy:
        agency = Agency.objects.get(slug=people.AGENCY)
        with tenancy.entering(agency):
            ada, rosa = entered(agency, "Ada Flores"), entered(agency, "Rosa")
            actions.turn(on=True, by=ada)
        with superuser(copy) as raw:
            ages_ago(raw)
        before = lives(copy, agency)
        assert len(before.going) > 3000
        with tenancy.entering(agency):
            kept = holding.hold(scope=HoldScope.PERSON, reason="A suit.", member=rosa, by=ada)
            run = actions.announce(agency)
            assert run is not None
            found = announced(agency)
            assert found < before.going
            assert not found & of_person(before, rosa)
            # Nothing goes today, and a second run waits for the first one.
            assert actions.announce(agency) is None
            actions.turn(on=False, by=ada)
            actions.restore(agency, run.pk)
            assert announced(agency) == set()
            holding.end(kept, reason="The suit is over.", by=ada)
            assert actions.announce(agency) is None
            actions.turn(on=True, by=ada)
            assert actions.announce(agency) is not None
            assert announced(agency) == before.going
            assert records_from(agency) is None
        assert destroyed(copy, agency) == before.going
        # The hold itself came meanwhile.
        here = lives(copy, agency).keys() - {("privacy_legalhold", str(kept.pk))}
        assert here == before.keys() - before.going
        with superuser(copy) as raw:
            assert ledger_is_balanced(raw)
            assert not of_versions(raw) & before.going
        pages_open()
        with superuser(copy) as raw:
            # Versions of a row that somebody deleted themselves go, too.
            raw.execute(
                "DELETE FROM measures_adjustment WHERE id ="
                " (SELECT min(id) FROM measures_adjustment)"
            )
            all_over(raw)
            ages_ago(raw)
        with tenancy.entering(agency):
            first = records_from(agency)
            assert first is not None
            # What people said is kept for the shortest time of what days are judged by.
            assert agency.today().year - first.year == 3
        before = lives(copy, agency)
        assert len(before.going) > 900
        with tenancy.entering(agency):
            assert actions.announce(agency) is not None
            versions = announced(agency) - before.going
            assert {place for place, _row in versions} == {"measures_historicaladjustment"}
            assert len(versions) == 1
        assert destroyed(copy, agency) == before.going | versions
        with superuser(copy) as raw:
            key = versions.pop()[1]
            assert (
                raw.execute(
                    "SELECT FROM measures_historicaladjustment WHERE id = %s", [key]
                ).fetchall()
                == []
            )
        assert lives(copy, agency).keys() == before.keys() - before.going


def of_person(lives: Lives, member: Member) -> set[tuple[str, str]]:
    """The rows with a key to somebody."""
    keys = {
        table: [
            str(column.column)
            for column in model._meta.local_fields
            if column.related_model is Member
        ]
        for table, model in lives.models.items()
    }
    return {
        (table, key)
        for table, rows in lives.rows.items()
        for key, row in rows.items()
        if any(row[column] == member.pk for column in keys[table])
    }


def test_what_is_not_over_is_told_apart_in_two_ways() -> None:
    registered = personal_data.registered()
    assert {each.table for each in registered if each.kept.unless} == set(NEEDED)
    whole = [each for each in registered if each.kept.is_whole and each.kept.last_of]
    assert {each.table for each in whole} == set(LAST_OF)
