"""Whatever an agency wrote by and about a person, nothing of it is left once they are erased.

Each example is a copy of the demo, in which a new name, a phone number and an address stand in any
of the texts that the register knows, and every text by the person says whose it is. The whole
database is read as its superuser sees it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import count
from random import Random
from typing import Any
from zipfile import ZipFile

import psycopg
import pytest
from django.conf import settings as configured
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from psycopg import sql
from pytest_django import DjangoDbBlocker

from accounts import rules, unsettled
from accounts.actions import erase
from accounts.models import Member
from devtools import worker
from devtools.demo import people
from devtools.demo.database import DemoDatabase, built, looking_at
from devtools.servers.postgres import SUPERUSER
from foundation import personal_data, reach, tenancy
from foundation.models import Agency
from foundation.out_of_use import is_tenant
from foundation.personal_data import InExport, OnErasing
from foundation.reach import ReachedColumn
from foundation.refusals import Refused
from foundation.retention import AGENCY
from indicators import frozen
from indicators.models import FrozenSnapshot
from privacy.erasing import actions as erasing
from privacy.erasing.models import Erasure, Mention
from privacy.exports.collecting import collect
from privacy.exports.packing import packed
from privacy.holds import actions as holding
from privacy.holds.models import HoldScope
from privacy.retention import actions as keeping
from privacy.retention.tasks import keep_schedule
from tests.privacy.lives import a_month_later, ages_ago, all_over

pytestmark = pytest.mark.xdist_group("demo")

NAME, SHOWN, CONTACT = "Zorvath Quillip", "Zorvie", "call (555) 019-9123 or zq@home.example"
MINE = "zqmine"
# In the example with this seed, the person has said something.
SPEAKING = -1
FORMS = (
    "Zorvath Quillip",
    "ZORVATH QUILLIP",
    "Zorvath\nQuillip",
    "Quillip",
    "zorvie",
    "Zorvie’s",
    "Zorvath",
    "555-019-9123",
    "(555) 019 9123",
    "zq@home.example",
)
LEFT = "zorvath|quillip|zorvie|019.{0,2}9123|zq@home"
Raw = psycopg.Connection[tuple[Any, ...]]


@contextmanager
def superuser(database: DemoDatabase) -> Iterator[Raw]:
    host = configured.DATABASES["default"]["HOST"]
    with psycopg.connect(host=host, dbname=database.name, user=SUPERUSER) as raw:
        # Rows that are kept as they are take what is planted, too.
        raw.execute("SET session_replication_role = replica")
        yield raw


@contextmanager
def a_copy() -> Iterator[DemoDatabase]:
    original = built()
    name = f"erasing_{worker.name()}"
    worker.make_database(name, copied_from="demo")
    copy = DemoDatabase(name, original.said)
    with looking_at(copy):
        yield copy


def call_them(raw: Raw, member: Member) -> None:
    """Give the person a name that stands nowhere else, as if it had always been theirs."""
    values = [NAME, SHOWN, CONTACT, member.pk]
    for table in ("accounts_member", "accounts_historicalmember"):
        raw.execute(
            sql.SQL(
                "UPDATE {} SET name = %s, display_name = %s, contact = %s WHERE id = %s"
            ).format(sql.Identifier(table)),
            values,
        )


def plant(raw: Raw, member: Member, chance: Random) -> None:
    """Write into every text by the person whose it is, and into some others whom they are about."""
    said = plant_own(raw, member)
    for place, table in places():
        for key, text in _rows(raw, place, table, None, member):
            if MINE in text or text.startswith("former-"):
                continue
            if place.copies and said and chance.random() < 0.3:
                _write(raw, place, table, key, f"{chance.choice(said)} as one said")
            elif chance.random() < 0.2:
                _write(raw, place, table, key, f"{chance.choice(FORMS)} said: {text}")


def plant_own(raw: Raw, member: Member) -> list[str]:
    """Write into every text by the person; return those that go wherever they are copied.

    Marks and addresses are nobody's words, and what stays may stay where it is copied.
    """
    said: list[str] = []
    number = count()
    stays = kept_words()
    for place, table in places():
        goes = str(place.value).startswith("[") and place.column not in stays.get(table, set())
        for key, _text in _rows(raw, place, table, place.author, member) if place.author else []:
            words = f"{MINE}{next(number)} I am {NAME}, call me at 555 019 9123"
            words = _write(raw, place, table, key, words)
            said += [words] if goes else []
    return said


def places() -> Iterator[tuple[ReachedColumn, str]]:
    """Every text that erasing reaches, in its live table and in its history."""
    for place in reach.wanted():
        for table in filter(None, (place.table, place.history)):
            yield place, table


def _rows(
    raw: Raw, place: ReachedColumn, table: str, author: str | None, member: Member
) -> list[tuple[Any, str]]:
    """Key and text of the rows with a text, by an author or by anybody."""
    whose = ""
    if author is not None:
        whose = f" AND {author} = {member.pk}"
    elif place.author is not None:
        # What is not overwritten but kept by a group counts as anybody's.
        whose = f" AND ({place.author}) IS DISTINCT FROM {member.pk}"
    query = sql.SQL(
        "SELECT kept.{key}, kept.{column}::text FROM {table} kept WHERE kept.agency_id = %s"
        " AND kept.{column}::text NOT IN ('', '[]', '{{}}', 'true', 'false'){whose}"
    ).format(**_named(place, table), whose=sql.SQL(whose))
    return [(key, str(text)) for key, text in raw.execute(query, [member.agency_id]).fetchall()]


def _named(place: ReachedColumn, table: str) -> dict[str, sql.Identifier]:
    key = place.key if table == place.table else "history_id"
    return {
        "table": sql.Identifier(table),
        "column": sql.Identifier(place.column),
        "key": sql.Identifier(key),
    }


def _write(raw: Raw, place: ReachedColumn, table: str, key: Any, words: str) -> str:
    """Write words into a row, as many as it holds; return what is there then."""
    (shape,) = raw.execute(
        "SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attname = %s",
        [table, place.column],
    ).fetchone() or ("",)
    value = "jsonb_build_object('reason', %s::text)" if shape == "jsonb" else f"%s::text::{shape}"
    query = sql.SQL(
        "UPDATE {table} SET {column} = {value} WHERE {key} = %s RETURNING {column}::text"
    ).format(**_named(place, table), value=sql.SQL(value))
    written = raw.execute(query, [words, key]).fetchone()
    assert written is not None
    return str(written[0]) if shape != "jsonb" else words


def remains(raw: Raw, pattern: str) -> dict[str, set[str]]:
    """By table, the columns of any type in which a pattern still stands."""
    found: dict[str, set[str]] = {}
    columns = raw.execute(
        "SELECT c.relname, a.attname FROM pg_attribute a"
        " JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')"
        " JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'"
        " WHERE a.attnum > 0 AND NOT a.attisdropped"
    ).fetchall()
    for table, column in columns:
        query = sql.SQL("SELECT 1 FROM {} kept WHERE kept.{}::text ~* %s LIMIT 1").format(
            sql.Identifier(table), sql.Identifier(column)
        )
        if raw.execute(query, [pattern]).fetchone() is not None:
            found.setdefault(str(table), set()).add(str(column))
    return found


def kept_words() -> dict[str, set[str]]:
    """Own words that stay without the name: what a group made its own, and what the books need."""
    found: dict[str, set[str]] = {}
    for each in personal_data.registered():
        for column in each.fields.values():
            if column.said_by and (column.stays_if or column.erasing is OnErasing.REDACTED):
                found.setdefault(each.table, set()).add(column.name)
                past = personal_data.history_of(each)
                if past is not None:
                    found.setdefault(past.table, set()).add(column.name)
    return found


def own_words(raw: Raw, member: Member) -> set[str]:
    """The planted marks that a copy of one's own data has to give back."""
    texts = own_texts(raw, member)
    return {text.partition(" ")[0] for text in texts if text.startswith(MINE)}


def own_texts(raw: Raw, member: Member) -> set[str]:
    """Everything somebody wrote in rows that are theirs, as the register says."""
    given = {
        (each.table, name)
        for each in personal_data.registered()
        for name, column in each.fields.items()
        if column.export is InExport.YES and {*column.said_by} & {*each.whose.paths}
    }
    return {
        text
        for place in reach.wanted()
        if place.author and (place.table, place.column) in given
        for _key, text in _rows(raw, place, place.table, place.author, member)
    }


def copied_text(member: Member, agency: Agency) -> str:
    """All texts of the copy that the person gets."""
    content = packed(member, collect(member), agency.today())
    with ZipFile(BytesIO(content)) as files:
        return "\n".join(files.read(name).decode() for name in files.namelist())


def kept_back_by_a_hold(raw: Raw, member: Member, by: Member) -> None:
    """Under a hold, erasing is refused, and everything stays; then the hold ends."""
    before = remains(raw, LEFT), remains(raw, MINE)
    kept = holding.hold(scope=HoldScope.PERSON, reason="A suit.", member=member, by=by)
    with pytest.raises(Refused):
        erase(member, by=by)
    assert (remains(raw, LEFT), remains(raw, MINE)) == before
    holding.end(kept, reason="The suit is over.", by=by)


def nothing_stays_after_the_listed_date(
    copy: DemoDatabase, agency: Agency, by: Member, member: Member
) -> None:
    """Once the time of everything is over, no row leads to the person, nor has their words."""
    with tenancy.entering(agency):
        keeping.turn(on=True, by=by)
    with superuser(copy) as raw:
        all_over(raw)
        ages_ago(raw)
    with tenancy.entering(agency):
        keep_schedule(agency.pk)
    with superuser(copy) as raw:
        a_month_later(raw)
    with tenancy.entering(agency):
        keep_schedule(agency.pk)
    with superuser(copy) as raw:
        assert remains(raw, MINE) == {}
        # The agency’s own papers stay as long as it does, with the last rating of each.
        assert leading_to(raw, member) <= {"documents_version", "documents_rating"}


def leading_to(raw: Raw, member: Member) -> set[str]:
    """The tables with a row that leads to a person, but those that stay as long as the agency."""
    found = set()
    for each in personal_data.registered():
        for classed in filter(None, (each, personal_data.history_of(each))):
            if classed.model is None or not is_tenant(classed.model) or each.kept.term is AGENCY:
                continue
            for column in classed.model._meta.local_fields:
                if column.related_model is Member:
                    query = sql.SQL("SELECT FROM {} WHERE {} = %s LIMIT 1").format(
                        sql.Identifier(classed.table), sql.Identifier(str(column.column))
                    )
                    if raw.execute(query, [member.pk]).fetchone() is not None:
                        found.add(classed.table)
    return found


def ledger_is_balanced(raw: Raw) -> bool:
    query = "SELECT 1 FROM compensation_entry GROUP BY posting_id HAVING sum(debit) <> sum(credit)"
    return raw.execute(query).fetchone() is None


def erasable(agency: Agency, by: Member) -> list[Member]:
    """The people who may be erased: among them, nobody to whom money is owed."""
    members = Member.objects.within(agency).with_roles(agency.today()).select_related("user")
    return [
        each
        for each in members.order_by("display_name")
        if rules.erasing(each, by, agency.today()) is None and unsettled.refusal(each) is None
    ]


def entered(agency: Agency, name: str) -> Member:
    member = Member.objects.within(agency).select_related("user").get(display_name=name)
    member.agency = agency
    return member


@pytest.mark.promise("erasing")
@settings(
    max_examples=1,
    # An example takes seconds: it is drawn anew rather than made smaller.
    phases=(Phase.explicit, Phase.generate),
)
@example(seed=SPEAKING)
@given(seed=st.integers(0, 10_000))
def test_nothing_of_a_person_stays_but_what_the_schedule_lists(
    seed: int, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock(), a_copy() as copy:
        agency = Agency.objects.get(slug=people.AGENCY)
        with tenancy.entering(agency):
            chance, ada = Random(seed), entered(agency, "Ada Flores")
            people_here = erasable(agency, ada)
            with superuser(copy) as raw:
                if seed == SPEAKING:
                    people_here = [each for each in people_here if own_texts(raw, each)]
                member = chance.choice(people_here)
                call_them(raw, member)
                plant(raw, member, chance)
                assert len(remains(raw, LEFT)) > 20
                wanted = own_words(raw, member)
                raw.commit()
                copied = copied_text(entered(agency, SHOWN), agency)
                assert bool(wanted) >= (seed == SPEAKING)
                assert {words for words in wanted if words not in copied} == set()
                kept_back_by_a_hold(raw, entered(agency, SHOWN), ada)
            with CaptureQueriesContext(connection) as queries:
                erase(entered(agency, SHOWN), by=ada)
            assert len(queries) < 400, len(queries)
            waiting = list(Mention.objects.within(agency).open())
            assert waiting
            for mention in waiting:
                erasing.remove_name(mention, by=ada)
            assert Erasure.objects.within(agency).get(member=member).done_on is not None
            assert all(map(frozen.intact, FrozenSnapshot.objects.within(agency)))
        with superuser(copy) as raw:
            assert remains(raw, LEFT) == {}
            mine = remains(raw, MINE)
            listed = kept_words()
            assert {
                table: left
                for table, has in mine.items()
                if (left := has - listed.get(table, set()))
            } == {}
            assert ledger_is_balanced(raw)
            raw.execute(
                "UPDATE groups_agendaitem SET text = 'Ask Zorvie' WHERE id IN"
                " (SELECT min(id) FROM groups_agendaitem)"
            )
            assert remains(raw, LEFT) == {"groups_agendaitem": {"text"}}
            raw.rollback()
        if seed == SPEAKING:
            nothing_stays_after_the_listed_date(copy, agency, ada, member)
