"""Erasing and the schedule are no tampering: salts go with their rows, and seals still fit."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from accounts.actions import erase
from devtools.demo import people
from devtools.demo.database import DemoDatabase
from evidence import actions
from evidence.checking import check
from evidence.models import RecordHead, RecordSalt, RemovalReason, SealedRecord, SealRemoval
from foundation import tenancy
from foundation.models import Agency
from foundation.wholes import RUN
from indicators.models import FrozenSnapshot
from privacy.erasing import actions as erasing
from privacy.erasing.models import Mention
from privacy.retention import actions as schedule
from privacy.retention.models import RetentionRun
from tests.privacy.lives import Raw, a_month_later, ages_ago
from tests.privacy.test_nothing_of_a_person_stays import (
    SHOWN,
    a_copy,
    call_them,
    entered,
    erasable,
    superuser,
)

pytestmark = pytest.mark.xdist_group("demo")


def unsealed(raw: Raw) -> None:
    """Forget all seals: what follows is sealed as it stands then."""
    raw.execute("UPDATE oversight_review SET sealed_day = NULL, sealed_digest = ''")
    raw.execute("UPDATE oversight_historicalreview SET sealed_day = NULL, sealed_digest = ''")
    for table in ("recordsalt", "sealremoval", "sealedrecord", "recordhead", "recordproof"):
        raw.execute(f"DELETE FROM evidence_{table}".encode())  # noqa: S608


@contextmanager
def the_demo(blocker: DjangoDbBlocker) -> Iterator[tuple[Agency, DemoDatabase]]:
    with blocker.unblock(), a_copy() as copy:
        agency = Agency.objects.get(slug=people.AGENCY)
        with tenancy.entering(agency):
            yield agency, copy


def test_erasing_a_person_is_not_reported(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with the_demo(django_db_blocker) as (agency, copy):
        ada = entered(agency, "Ada Flores")
        with superuser(copy) as raw:
            call_them(raw, erasable(agency, ada)[0])
            raw.execute("UPDATE oversight_finding SET text = %s", [f"As {SHOWN} said."])
            unsealed(raw)
        actions.seal(agency, agency.today() - timedelta(days=3))
        sealed = SealedRecord.objects.within(agency).count()
        assert check(agency) == []
        erase(entered(agency, SHOWN), by=ada)
        assert check(agency) == []
        for mention in Mention.objects.within(agency).open():
            erasing.remove_name(mention, by=ada)
        assert check(agency) == []
        gone = SealRemoval.objects.within(agency)
        assert {each.reason for each in gone} == {RemovalReason.WORDS}
        told = [each.row for each in gone.filter(kind="finding") if each.row is not None]
        assert told
        assert not RecordSalt.objects.within(agency).filter(kind="finding", row__in=told).exists()
        # Days later, what is left of them is sealed again, with the note.
        with superuser(copy) as raw:
            raw.execute("UPDATE evidence_sealremoval SET at = at - interval '2 days'")
        actions.seal(agency, agency.today() - timedelta(days=2))
        new = SealedRecord.objects.within(agency).filter(number__gt=sealed)
        assert new.filter(kind="removal").count() == len(gone)
        again = RecordSalt.objects.within(agency).filter(kind="finding", row__in=told)
        assert {each.version for each in again} == {2}
        assert check(agency) == []
        with superuser(copy) as raw:
            raw.execute("UPDATE oversight_finding SET text = 'All is well.'")
        assert {each.code for each in check(agency)} == {"changed"}


def test_the_schedule_is_not_reported(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with the_demo(django_db_blocker) as (agency, copy):
        ada = entered(agency, "Ada Flores")
        with superuser(copy) as raw:
            # One that no review needs.
            raw.execute(
                "INSERT INTO indicators_frozensnapshot (agency_id, as_of, text, checksum,"
                " frozen_at) SELECT agency_id, as_of, text, checksum, frozen_at"
                " FROM indicators_frozensnapshot LIMIT 1"
            )
            ages_ago(raw)
            unsealed(raw)
        actions.seal(agency, agency.today() - timedelta(days=2))
        assert check(agency) == []
        digests = set(SealedRecord.objects.within(agency).values_list("digest", flat=True))
        schedule.turn(on=True, by=ada)
        run = schedule.announce(agency)
        assert run is not None
        with superuser(copy) as raw:
            a_month_later(raw)
        before = RecordSalt.objects.within(agency).count()
        schedule.destroy_wholes(agency, run.pk)
        assert check(agency) == []
        gone = SealRemoval.objects.within(agency)
        assert {(each.reason, each.row) for each in gone} == {(RemovalReason.SCHEDULE, None)}
        assert {"posting", "seat"} <= {each.kind for each in gone}
        assert RecordSalt.objects.within(agency).count() == before - len(gone)
        # Frozen snapshots are put aside first, and can come back.
        there = FrozenSnapshot.objects.within(agency).count()
        assert there
        schedule.take(agency, "snapshots")
        assert FrozenSnapshot.objects.within(agency).count() < there
        assert SealRemoval.objects.within(agency).filter(kind="snapshot").count() == 0
        assert check(agency) == []
        taken = RetentionRun.objects.within(agency).open().get(code="snapshots")
        with superuser(copy) as raw:
            a_month_later(raw)
        schedule.destroy(agency, taken.pk)
        assert SealRemoval.objects.within(agency).filter(kind="snapshot").exists()
        assert check(agency) == []
        # The digests are all there, and say nothing without their salts.
        after = set(SealedRecord.objects.within(agency).values_list("digest", flat=True))
        assert after == digests
        assert RecordHead.objects.within(agency).count() == 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM evidence_recordsalt s WHERE s.kind = 'posting'")
            (posted,) = cursor.fetchone()
        assert posted < before
        assert run.code == RUN
