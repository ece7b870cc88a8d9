"""Days are sealed in their order, by the database only, and each digest can be worked out again."""

import hashlib
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import Member
from evidence import actions, tasks
from evidence.checking import check, digest_of
from evidence.covered import KINDS
from evidence.models import RecordHead, RecordProof, SealedRecord
from evidence.reading import newest
from foundation import tenancy
from foundation.models import Agency, PolicyChange


def days_ago(agency: Agency, count: int) -> date:
    return agency.today() - timedelta(days=count)


@pytest.fixture
def sealed(agency: Agency, administrator: Member) -> Agency:
    """An agency with a seal of each day from ten days ago."""
    actions.seal(agency, days_ago(agency, 10))
    assert actions.seal_due(agency) == 8
    return agency


def test_a_day_without_records_has_a_head(sealed: Agency) -> None:
    heads = list(RecordHead.objects.within(sealed).order_by("day"))
    assert [each.day for each in heads] == [days_ago(sealed, ago) for ago in range(10, 1, -1)]
    assert {each.records for each in heads} == {0}
    assert len({each.digest for each in heads}) == 9
    text = f"{heads[0].digest}\n{heads[1].day}"
    assert heads[1].digest == hashlib.sha256(text.encode()).hexdigest()
    assert check(sealed) == []


@pytest.mark.parametrize("ago", [3, 2, 0, -1])
def test_only_the_next_day_is_sealed_once_the_one_after_it_is_over(
    agency: Agency, administrator: Member, ago: int
) -> None:
    actions.seal(agency, days_ago(agency, 2 if ago > 0 else 4 - 2))
    for day in (days_ago(agency, ago), days_ago(agency, 1)):
        with pytest.raises(DatabaseError, match="not the next one"), transaction.atomic():
            actions.seal(agency, day)


TABLES = (
    "evidence_sealedrecord",
    "evidence_recordsalt",
    "evidence_sealremoval",
    "evidence_recordhead",
)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO {table} SELECT * FROM {table}",
        "UPDATE {table} SET agency_id = agency_id",
        "DELETE FROM {table}",
        "TRUNCATE {table} CASCADE",
    ],
)
def test_the_serving_login_writes_no_seal(sealed: Agency, table: str, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table=table))


def test_another_agency_is_not_sealed(agency: Agency, administrator: Member) -> None:
    with tenancy.entering(None), pytest.raises(DatabaseError), transaction.atomic():
        actions.seal(agency, days_ago(agency, 2))


def test_queries_are_those_of_the_database(agency: Agency) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT k, evidence_query(k), evidence_recent(k) FROM unnest(evidence_kinds()) k"
        )
        there = {code: (query, recent) for code, query, recent in cursor.fetchall()}
    assert there == {code: (each.query, each.recent) for code, each in KINDS.items()}


def test_agencies_are_found_once_a_day_and_caught_up(sealed: Agency, administrator: Member) -> None:
    assert tasks.due() == [sealed.pk]
    tasks.keep(sealed.pk)
    assert tasks.due() == []
    proof = RecordProof.objects.within(sealed).get()
    assert (proof.on, proof.whole_on) == (sealed.today(), sealed.today())
    assert proof.day == days_ago(sealed, 2)
    RecordProof.objects.within(sealed).update(on=days_ago(sealed, 1))
    tasks.sweep()
    proof.refresh_from_db()
    assert proof.on == sealed.today()


def test_an_agency_without_a_day_to_seal_waits(agency: Agency, administrator: Member) -> None:
    assert agency.date_of(agency.opened) == agency.today()
    assert actions.seal_due(agency) == 0
    tasks.keep(agency.pk)
    assert tasks.due() == []
    Agency.objects.filter(pk=agency.pk).update(opened=agency.opened - timedelta(days=2))
    assert tasks.due() == [agency.pk]
    tasks.keep(agency.pk)
    assert [each.day for each in RecordHead.objects.within(agency)] == [days_ago(agency, 2)]


def test_facts_of_any_text_have_the_same_digest_in_the_database(
    agency: Agency, administrator: Member
) -> None:
    """Quotes, controls, other scripts and nothing at all are written alike by both."""
    facts = ['"\\/\b\f\n\r\t', "\x01\x1f\x7f", "Ñandú 🙂 \u2028", "", None, "<&'>"]
    salt = "ab" * 32
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT encode(sha256(decode(%s, 'hex') || convert_to(to_jsonb(%s::text[])::text,"
            " 'UTF8')), 'hex')",
            [salt, facts],
        )
        assert cursor.fetchone() == (digest_of(salt, facts),)


def test_a_setting_of_the_last_days_is_sealed_on_its_own_day(
    sealed: Agency, administrator: Member
) -> None:
    last = newest(sealed)
    assert last is not None
    PolicyChange.objects.within(sealed).create(
        code="dialogues.disposition",
        value=21,
        since=sealed.today(),
        reason="Sooner.",
        by=administrator,
        made_on=sealed.today(),
    )
    actions.prove(sealed)
    assert check(sealed) == []
    assert SealedRecord.objects.within(sealed).count() == 0


def test_days_caught_up_at_once_have_what_was_recorded_on_each(
    agency: Agency, administrator: Member
) -> None:
    """What was overlooked before them is told with the last one, on which it was found."""
    actions.seal(agency, days_ago(agency, 10))
    for ago in (12, 8, 8, 5):
        day = days_ago(agency, ago)
        PolicyChange.objects.within(agency).create(
            code="dialogues.disposition",
            value=21,
            since=day,
            reason="Sooner.",
            by=administrator,
            made_on=day,
            made_at=datetime.combine(day, time(12), agency.zone),
        )
    assert actions.seal_due(agency, whole=True) == 8
    heads = list(RecordHead.objects.within(agency).order_by("day"))
    told = {(agency.today() - each.day).days: (each.records, each.late) for each in heads}
    assert told == dict.fromkeys(range(2, 11), (0, 0)) | {8: (2, 0), 5: (1, 0), 2: (1, 1)}
    for before, head in pairwise(heads):
        rows = SealedRecord.objects.within(agency).filter(day=head.day)
        text = "\n".join([before.digest, head.day.isoformat(), *sorted(r.digest for r in rows)])
        assert head.digest == hashlib.sha256(text.encode()).hexdigest()
    assert [each.code for each in check(agency)] == ["late"]
