"""Somebody with all rights over the database changes the record, and is found.

Each attack is on a copy of the demo, as the superuser, past all triggers; then all is put back.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoDbBlocker

from accounts.models import Member
from devtools.demo import people
from devtools.demo.database import DemoDatabase
from evidence import actions, checking, words
from evidence.checking import NotWhole, check
from evidence.covered import KINDS
from evidence.models import RecordHead, RecordProof, RecordSalt, SealedRecord
from evidence.reading import newest, of_words
from foundation import tenancy
from foundation.models import Agency, PolicyChange
from oversight.models import Review
from tests.evidence.changed_records import CHANGES, FINDING, POSTING, SEAT, SETTING, SNAPSHOT
from tests.privacy.test_nothing_of_a_person_stays import a_copy, superuser

pytestmark = pytest.mark.xdist_group("demo")
Raw = psycopg.Connection[tuple[Any, ...]]
TABLES = (
    *(f"compensation_{name}" for name in ("posting", "entry")),
    "foundation_policychange",
    "groups_seat",
    "groups_historicalseat",
    "indicators_frozensnapshot",
    "oversight_review",
    "oversight_finding",
    "documents_version",
    "documents_processstep",
    "documents_charterterms",
    *(f"evidence_{name}" for name in ("sealedrecord", "recordsalt", "sealremoval")),
    *(f"evidence_{name}" for name in ("recordhead", "recordproof")),
)


@dataclass(frozen=True)
class World:
    """A copy of the demo, its agency, and a connection that may do anything."""

    copy: DemoDatabase
    agency: Agency
    raw: Raw

    def one(self, query: str, *values: object) -> tuple[Any, ...]:
        found = self.raw.execute(query.encode(), values or None).fetchone()
        assert found is not None
        return found

    def do(self, statement: str, *values: object) -> int:
        return self.raw.execute(statement.encode(), values or None).rowcount

    def record_of(self, kind: str, row: int) -> tuple[date, int]:
        """The day and number of the first record of a row."""
        found = SealedRecord.objects.within(self.agency).filter(salt__kind=kind, salt__row=row)
        return found.order_by("number").values_list("day", "number")[0]


def seal_a_setting(agency: Agency, raw: Raw) -> None:
    """Change a setting on the last day that is sealed, as if it had been changed then."""
    last = newest(agency)
    assert last is not None
    raw.execute("DELETE FROM evidence_recordproof")
    raw.execute("DELETE FROM evidence_recordhead WHERE day = %s", [last.day])
    raw.execute(
        "DELETE FROM evidence_recordsalt WHERE record_id IN"
        " (SELECT id FROM evidence_sealedrecord WHERE day = %s)",
        [last.day],
    )
    raw.execute("DELETE FROM evidence_sealedrecord WHERE day = %s", [last.day])
    ada = Member.objects.within(agency).get(display_name="Ada Flores")
    PolicyChange.objects.within(agency).create(
        code="dialogues.disposition",
        value=21,
        since=last.day,
        reason="Sooner.",
        by=ada,
        made_on=last.day,
        made_at=last.through - timedelta(hours=3),
    )
    actions.seal(agency, last.day)
    actions.prove(agency)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), a_copy() as copy:
        agency = Agency.objects.get(slug=people.AGENCY)
        with tenancy.entering(agency), superuser(copy) as raw:
            raw.commit()
            raw.autocommit = True
            raw.execute("SET session_replication_role = replica")
            seal_a_setting(agency, raw)
            for table in TABLES:
                raw.execute(f"CREATE TEMP TABLE kept_{table} AS TABLE public.{table}".encode())
            yield World(copy, agency, raw)


@pytest.fixture(autouse=True)
def put_back(world: World) -> Iterator[None]:
    yield
    with world.raw.transaction():
        for table in TABLES:
            world.do(f"DELETE FROM public.{table}")  # noqa: S608
            world.do(f"INSERT INTO public.{table} SELECT * FROM kept_{table}")  # noqa: S608


def test_the_demos_record_is_whole(world: World) -> None:
    assert check(world.agency) == []
    kinds = set(SealedRecord.objects.within(world.agency).values_list("kind", flat=True))
    assert kinds == {*KINDS} - {"removal"}
    # The history before the first seal was sealed as it was then, and nothing came late.
    heads = RecordHead.objects.within(world.agency).order_by("day")
    assert len(heads) > 100
    assert sum(each.records for each in heads[1:]) > 200
    assert {each.late for each in heads} == {0}
    (review,) = Review.objects.within(world.agency).exclude(sealed_day=None)
    head = of_words(world.agency, words.words_of(review.sealed_digest))
    assert head is not None
    assert head.day == review.sealed_day


@pytest.mark.parametrize("what", CHANGES)
def test_a_changed_record_is_named(world: World, what: str) -> None:
    kind, which, change = CHANGES[what]
    (row,) = world.one(which)
    assert world.do(change, row) >= 1
    day, number = world.record_of(kind, row)
    found = check(world.agency)
    assert found[0] == NotWhole(day, "changed", kind, number, row)
    assert {each.row for each in found} == {row}


GONE = {
    "posting": (
        POSTING,
        "WITH lines AS (DELETE FROM compensation_entry e WHERE e.posting_id = %s RETURNING"
        " e.posting_id) DELETE FROM compensation_posting p USING lines WHERE p.id = posting_id",
    ),
    "setting": (SETTING, "DELETE FROM foundation_policychange WHERE id = %s"),
    "snapshot": (SNAPSHOT, "DELETE FROM indicators_frozensnapshot WHERE id = %s"),
    "finding": (FINDING, "DELETE FROM oversight_finding WHERE id = %s"),
}


@pytest.mark.parametrize("kind", GONE)
def test_a_deleted_record_is_named(world: World, kind: str) -> None:
    which, delete = GONE[kind]
    (row,) = world.one(which)
    day, number = world.record_of(kind, row)
    assert world.do(delete, row) >= 1
    assert check(world.agency)[0] == NotWhole(day, "gone", kind, number, row)


def test_a_deleted_seat_is_named_with_its_history_or_without(world: World) -> None:
    (row,) = world.one(SEAT)
    day, number = world.record_of("seat", row)
    world.do("DELETE FROM groups_seat WHERE id = %s", row)
    found = check(world.agency)
    assert {(each.code, each.kind, each.row) for each in found} == {("changed", "seat", row)}
    world.do("DELETE FROM groups_historicalseat WHERE id = %s", row)
    assert check(world.agency)[0] == NotWhole(day, "gone", "seat", number, row)


def test_neither_triggers_nor_a_setting_make_deleting_lawful(world: World) -> None:
    """With triggers on, and the setting of destroying, the superuser still leaves the salt."""
    (row,) = world.one(FINDING)
    with superuser(world.copy) as raw:
        raw.execute("SET session_replication_role = origin")
        raw.execute("SELECT set_config('cqi.erasing', 'on', false)")
        raw.execute("DELETE FROM oversight_recommendation WHERE false")
        raw.execute("ALTER TABLE oversight_recommendation DISABLE TRIGGER ALL")
        raw.execute("SET session_replication_role = replica")
        raw.execute("DELETE FROM oversight_recommendation WHERE finding_id = %s", [row])
        raw.execute("SET session_replication_role = origin")
        raw.execute("UPDATE oversight_finding SET text = 'x' WHERE id = %s", [row])
    assert [each.code for each in check(world.agency) if each.row == row] == ["changed"]


def _copied(world: World, table: str, row: object, **changed: str) -> int:
    """Insert a copy of a row under a free key, with some columns from SQL; returns the key."""
    names = [
        str(name)
        for (name,) in world.raw.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped AND attgenerated = ''",
            [table],
        ).fetchall()
    ]
    (key,) = world.one(f"SELECT max(id) + 1000000 FROM {table}")  # noqa: S608
    given = {"id": str(key), **changed}
    world.do(
        f"INSERT INTO {table} ({', '.join(map(_quoted, names))})"  # noqa: S608
        f" SELECT {', '.join(given.get(name, _quoted(name)) for name in names)}"
        f" FROM {table} WHERE id = {row}"
    )
    assert isinstance(key, int)
    return key


def _quoted(name: str) -> str:
    return f'"{name}"'


def test_an_inserted_record_of_the_past_is_named(world: World) -> None:
    (row,) = world.one(SETTING)
    key = _copied(world, "foundation_policychange", row, made_at="made_at + interval '1 second'")
    found = check(world.agency)
    assert [(each.code, each.kind, each.row) for each in found] == [("unsealed", "setting", key)]
    (row,) = world.one(SEAT)
    seat = _copied(world, "groups_seat", row, since="'2001-01-01'", until="'2001-02-01'")
    found = check(world.agency)
    assert {(each.code, each.row) for each in found} == {("unsealed", key), ("unsealed", seat)}


def test_an_inserted_record_that_was_then_sealed_is_late(world: World) -> None:
    """Who inserts a posting of the past before the night can't have it in the day's head."""
    last = newest(world.agency)
    assert last is not None
    world.do("DELETE FROM evidence_recordhead WHERE day = %s", last.day)
    world.do(
        "DELETE FROM evidence_recordsalt s USING evidence_sealedrecord r WHERE r.id = s.record_id"
        " AND r.day = %s",
        last.day,
    )
    world.do("DELETE FROM evidence_sealedrecord WHERE day = %s", last.day)
    world.do("DELETE FROM evidence_recordproof")
    (row,) = world.one("SELECT min(id) FROM compensation_posting WHERE kind = 'approved'")
    key = _copied(world, "compensation_posting", row, at="at - interval '40 days'")
    head = actions.seal(world.agency, last.day)
    assert head.late == 1
    late = SealedRecord.objects.within(world.agency).get(late=True)
    assert check(world.agency) == [NotWhole(last.day, "late", "posting", late.number, key)]


def test_swapped_records_are_named(world: World) -> None:
    rows = "SELECT id FROM compensation_posting WHERE kind = 'paid' ORDER BY id LIMIT 2"
    one, two = (row for (row,) in world.raw.execute(rows).fetchall())
    swapping = "UPDATE {table} SET {column} = %s WHERE {column} = %s{more}"
    lines = swapping.format(table="compensation_entry", column="posting_id", more="")
    for new, old in ((-one, one), (one, two), (two, -one)):
        world.do(lines, new, old)
    found = check(world.agency)
    assert {each.row for each in found if each.code == "changed"} <= {one, two}
    assert found[0].kind == "posting"
    # Salts that change places do not hide it.
    more = " AND kind = 'posting'"
    salts = swapping.format(table="evidence_recordsalt", column='"row"', more=more)
    for new, old in ((-one, one), (one, two), (two, -one)):
        world.do(salts, new, old)
    assert check(world.agency) != []


def _without_the_day(world: World, day: date) -> None:
    world.do("DELETE FROM evidence_recordhead WHERE day = %s", day)
    world.do(
        "DELETE FROM evidence_recordsalt s USING evidence_sealedrecord r"
        " WHERE r.id = s.record_id AND r.day = %s",
        day,
    )
    world.do("DELETE FROM evidence_sealedrecord WHERE day = %s", day)


def _day_with_records(world: World) -> date:
    heads = RecordHead.objects.within(world.agency).filter(records__gt=2).order_by("day")
    return heads[5].day


def test_a_day_taken_out_with_its_head_is_named(world: World) -> None:
    day = _day_with_records(world)
    _without_the_day(world, day)
    found = check(world.agency)
    assert (found[0].day, found[0].code) == (day, "day")
    assert "unsealed" in {each.code for each in found}


def test_the_last_days_taken_out_are_remembered_by_the_proof(world: World) -> None:
    last = newest(world.agency)
    assert last is not None
    _without_the_day(world, last.day)
    actions.seal(world.agency, last.day)
    if last.records == 0:
        # A day without records has the same head again.
        assert check(world.agency) == []
    else:
        assert [(each.day, each.code) for each in check(world.agency)] == [(last.day, "rewritten")]


def test_a_record_taken_out_of_the_chain_is_named(world: World) -> None:
    day = _day_with_records(world)
    record = SealedRecord.objects.within(world.agency).filter(day=day).order_by("number")[0]
    world.do("DELETE FROM evidence_recordsalt WHERE record_id = %s", record.pk)
    found = check(world.agency)
    assert NotWhole(day, "unlinked", record.kind, record.number) in found
    world.do("DELETE FROM evidence_sealedrecord WHERE id = %s", record.pk)
    assert (day, "head") in {(each.day, each.code) for each in check(world.agency)}


def _sealed_anew(world: World) -> None:
    """Write all salts, digests and heads anew, as somebody would who knows how."""
    agency = world.agency
    for salt in RecordSalt.objects.within(agency).select_related("record"):
        facts = checking._facts(agency, KINDS[salt.kind], [salt.row])[salt.row, salt.version]
        own = hashlib.sha256(str(salt.pk).encode()).hexdigest()
        text = json.dumps(list(facts), ensure_ascii=False)
        digest = hashlib.sha256(bytes.fromhex(own) + text.encode()).hexdigest()
        world.do("UPDATE evidence_recordsalt SET salt = %s WHERE id = %s", own, salt.pk)
        world.do(
            "UPDATE evidence_sealedrecord SET digest = %s WHERE id = %s", digest, salt.record_id
        )
    before = "0" * 64
    for head in RecordHead.objects.within(agency).order_by("day"):
        rows = SealedRecord.objects.within(agency).filter(day=head.day)
        lines = [before, str(head.day), *sorted(rows.values_list("digest", flat=True))]
        before = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        world.do("UPDATE evidence_recordhead SET digest = %s WHERE id = %s", before, head.pk)


def test_a_chain_written_anew_does_not_have_the_printed_words(world: World) -> None:
    (row,) = world.one(POSTING)
    world.do(
        "UPDATE compensation_entry SET debit = debit + 1 WHERE debit > 0 AND posting_id = %s", row
    )
    _sealed_anew(world)
    review = Review.objects.within(world.agency).exclude(sealed_day=None).get()
    printed = words.words_of(review.sealed_digest)
    found = check(world.agency)
    assert {each.code for each in found} == {"printed", "rewritten"}
    assert review.sealed_day is not None
    assert NotWhole(review.sealed_day, "printed", "review", None, review.pk) in found
    # If reviews and the last proof are written anew as well, only paper says it.
    world.do("DELETE FROM evidence_recordproof")
    world.do(
        "UPDATE oversight_review r SET sealed_digest = h.digest FROM evidence_recordhead h"
        " WHERE h.day = r.sealed_day"
    )
    _sealed_anew(world)
    world.do(
        "UPDATE oversight_review r SET sealed_digest = h.digest FROM evidence_recordhead h"
        " WHERE h.day = r.sealed_day"
    )
    assert check(world.agency) == []
    assert of_words(world.agency, printed) is None


def test_the_command_names_the_first_one(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("prove_record", people.AGENCY)
    head = newest(world.agency)
    assert head is not None
    said = capsys.readouterr().out
    assert "all fit" in said
    assert " ".join(words.words_of(head.digest)) in said
    (row,) = world.one(FINDING)
    world.do("UPDATE oversight_finding SET text = 'All is well.' WHERE id = %s", row)
    day, number = world.record_of("finding", row)
    with pytest.raises(CommandError, match="1 places"):
        call_command("prove_record", people.AGENCY)
    said = capsys.readouterr().out
    assert f"{day} Finding of a review no. {number} (key {row}): This record was changed" in said
    proof = RecordProof.objects.within(world.agency).get()
    assert proof.findings == [["changed", "finding", number, str(day)]]
    assert proof.since == world.agency.today()
    world.do(
        "UPDATE oversight_finding f SET text = k.text FROM kept_oversight_finding k"
        " WHERE k.id = f.id"
    )
    call_command("prove_record", people.AGENCY)
    assert RecordProof.objects.within(world.agency).get().since is None
    with pytest.raises(CommandError, match="no agency nowhere"):
        call_command("prove_record", "nowhere")


AS_SERVING = {
    "a posting": "UPDATE compensation_entry SET debit = debit + 1 WHERE debit > 0",
    "a posting is gone": "DELETE FROM compensation_posting",
    "a setting": "UPDATE foundation_policychange SET value = '7'",
    "a snapshot": "UPDATE indicators_frozensnapshot SET text = ''",
    "a seal of a review": "UPDATE oversight_review SET sealed_digest = repeat('0', 64)"
    " WHERE sealed_day IS NOT NULL",
    "a seal of an open review": "UPDATE oversight_review SET status = 'closed', closed_on = since,"
    " closed_by_id = opened_by_id, sealed_day = since, sealed_digest = repeat('0', 64)"
    " WHERE status = 'open'",
    "a proof is gone": "DELETE FROM evidence_recordproof",
    "a salt by the function": "SELECT evidence_unlink(agency_id, kind, \"row\", 'schedule')"
    " FROM evidence_recordsalt",
}


@pytest.mark.parametrize("what", AS_SERVING)
def test_the_serving_login_is_refused(world: World, what: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(AS_SERVING[what])


MAY_CHANGE = {
    "seat": "UPDATE groups_seat SET employed_peer = true WHERE standing = 'primary_consumer'"
    " AND until IS NULL",
    "finding": "UPDATE oversight_finding SET text = 'All is well.'",
    "document": "UPDATE documents_version SET in_force_on = in_force_on - 1"
    " WHERE in_force_on IS NOT NULL",
}


@pytest.mark.parametrize("kind", MAY_CHANGE)
def test_what_the_database_lets_the_serving_login_change_is_found(world: World, kind: str) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(MAY_CHANGE[kind])
            assert cursor.rowcount >= 1
        assert {(each.code, each.kind) for each in check(world.agency)} == {("changed", kind)}
        transaction.set_rollback(True)
