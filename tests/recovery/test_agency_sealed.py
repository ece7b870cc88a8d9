"""An agency that moves keeps its seals: they fit its rows there, under other keys."""

from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from devtools.demo import people
from devtools.demo.database import DEMO, DemoDatabase, built, looking_at
from evidence import words
from evidence.checking import check
from evidence.models import RecordHead, RecordSalt
from evidence.reading import of_words
from foundation import tenancy
from foundation.models import Agency
from oversight.models import Review
from tests.recovery import databases, moving
from tests.recovery.conftest import Backup

pytestmark = pytest.mark.xdist_group("demo")


def printed(agency: Agency) -> tuple[str, ...]:
    review = Review.objects.within(agency).exclude(sealed_day=None).get()
    return words.words_of(review.sealed_digest)


def test_an_agency_takes_its_seals_along(
    backup: Backup, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> None:
    with django_db_blocker.unblock():
        built()
        source = databases.migrated("sealed", copied_from=DEMO)
        target = databases.migrated("sealed_there", copied_from=backup.database)
        with looking_at(DemoDatabase(source, "")):
            agency = Agency.objects.get(slug=people.AGENCY)
            with tenancy.entering(agency):
                paper, heads = printed(agency), RecordHead.objects.within(agency).count()
        data, _written = moving.exported(source, people.AGENCY, backup.public)
        path = tmp_path / "riverside.age"
        path.write_bytes(data)
        moving.imported(path, target, backup.private)
        with looking_at(DemoDatabase(target, "")):
            there = Agency.objects.get(slug=people.AGENCY)
            assert there.pk != agency.pk
            with tenancy.entering(there):
                assert check(there) == []
                assert RecordSalt.objects.within(there).count() > 500
                assert RecordHead.objects.within(there).count() == heads
                head = of_words(there, paper)
                assert head is not None
                assert printed(there) == paper
            with databases.owners(target) as connection:
                connection.execute(
                    "ALTER TABLE compensation_entry DISABLE TRIGGER USER",
                )
                connection.execute(
                    "UPDATE compensation_entry SET debit = debit + 1 WHERE debit > 0"
                    " AND posting_id IN (SELECT max(id) FROM compensation_posting)"
                )
                connection.execute("ALTER TABLE compensation_entry ENABLE TRIGGER USER")
            with tenancy.entering(there):
                assert [each.code for each in check(there)] == ["changed"]
        for name in (source, target):
            databases.drop(name)
