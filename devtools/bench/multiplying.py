"""Multiply the demo agency by SQL: more years in it, and more agencies like it beside it.

Where keys stand, the register of `recovery.moving` says. A further year is another year and a half
with other people, other groups and other measures, as many days earlier; what an agency has only
once stays as it is. Only for throw-away databases: triggers and foreign keys are off meanwhile.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg import sql

from devtools.bench.key_expressions import FUNCTIONS, number, shifted
from recovery.contents import Connection
from recovery.moving.people import ADDRESSES, USERS
from recovery.moving.register import (
    PATHS,
    ROWS,
    KeyColumn,
    KeyPlace,
    agency_tables,
    columns,
    counted,
    live,
    register,
)
from recovery.moving.shifting import Shift

AGENCY = "foundation_agency"
GROUPS = "groups_group"
# Whole weeks, so that each day of the week stays one.
YEAR = 52 * 7
# What rows in use look like is enough: these hold whole rows as JSON.
STAYS = {name.partition(".")[0] for name in ROWS}
# An agency has it only once, or one at a time; or all that is in it hangs on something like that.
ONCE = {
    "compensation_accountingperiod",
    "compensation_balance",
    "compensation_budgetline",
    "compensation_employmentdecision",
    "compensation_ledgerproof",
    "compensation_organization",
    "compensation_planversion",
    "compensation_raterule",
    "compensation_specialcaserule",
    "concerns_concern",
    "concerns_concernmessage",
    "concerns_concernpresence",
    "concerns_concernseal",
    "concerns_keyholder",
    "concerns_takenon",
    "dialogues_voicedoor",
    "documents_charterterms",
    "documents_document",
    "documents_processstep",
    "documents_ratification",
    "documents_rating",
    "documents_ratingitem",
    "documents_version",
    "evidence_recordhead",
    "evidence_recordproof",
    "evidence_recordsalt",
    "evidence_sealedrecord",
    "evidence_sealremoval",
    "foundation_policychange",
    "indicators_frozensnapshot",
    "indicators_indicatorsnapshot",
    "indicators_recomputation",
    "indicators_stalemark",
    "oversight_approvedminutes",
    "oversight_committee",
    "oversight_committeestep",
    "oversight_conflictdisclosure",
    "oversight_finding",
    "oversight_judgement",
    "oversight_managementresponse",
    "oversight_minutesaddendum",
    "oversight_pauseruling",
    "oversight_recommendation",
    "oversight_review",
    "privacy_dataagreement",
    "safety_outsidecontact",
    "satisfaction_answer",
    "satisfaction_comment",
    "satisfaction_sealedanswer",
    "satisfaction_surveycode",
    "satisfaction_surveyinvitation",
    "satisfaction_surveyround",
}
# What a group has only once: committees and governing bodies are not copied into another year.
OF_SOLE_GROUPS = {"groups_closure", "groups_cqiperiod"}
NAMES = {"accounts_member.name", "accounts_member.display_name"}

_ONE = sql.SQL("SELECT id FROM {}")
_SOLE_GROUPS = sql.SQL(
    "SELECT id FROM {} WHERE agency_id = {} AND kind IN ('committee', 'governing_body')"
)
_EARLIER = {
    "date": sql.SQL("{} - copy.days"),
    "timestamp with time zone": sql.SQL("{} - make_interval(days => copy.days)"),
}
_SEQUENCES = """
    SELECT place::text, c.relname, a.attname
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped,
    LATERAL (SELECT pg_get_serial_sequence(quote_ident(c.relname), a.attname)::regclass) AS s(place)
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND place IS NOT NULL
"""
_MOVE = sql.SQL("SELECT setval({}, greatest((SELECT max({}) FROM {}), 1))")


@dataclass(frozen=True)
class Copy:
    """One further agency or year: by how much its keys are shifted, and its days."""

    number: int
    by: int
    days: int = 0

    @property
    def row(self) -> tuple[int, int, int, int]:
        return self.number, self.by, self.shift.uuid(uuid.UUID(int=0)).int, self.days

    @property
    def shift(self) -> Shift:
        """The shift that an import would do the same with."""
        return Shift(self.by, self.by.to_bytes(32), turned=True)


class Multiplier:
    """Copies the agency that is the only one in the database at the start."""

    def __init__(self, connection: Connection) -> None:
        """The connection is a superuser's, and commits each statement."""
        self._connection = connection
        for statement in FUNCTIONS:
            connection.execute(statement)
        found = columns(connection)
        self._held = register(found)
        self._led = {each.declared_as: each.leads_to for each in found if each.leads_to}
        self._columns: dict[str, list[KeyColumn]] = {}
        left_to_sequences = counted(found) | {f"{ADDRESSES}.id"}
        for each in found:
            if f"{each.table}.{each.name}" not in left_to_sequences:
                self._columns.setdefault(each.table, []).append(each)
        self.tables = [name for name in agency_tables(found) if name not in STAYS]
        ((self.agency,),) = connection.execute(_ONE.format(sql.Identifier(AGENCY))).fetchall()
        # The further agencies, in order.
        self.copies: list[Copy] = []
        self._room = 0

    def add_years(self, count: int) -> None:
        """Let the agency have so many further years; before any further agency."""
        if not count:
            return
        room = self._highest_key()
        copies = [Copy(year, year * room, year * YEAR) for year in range(1, count + 1)]
        with self._loading(copies):
            self._add_accounts("y")
            for table in self.tables:
                if live(table) not in ONCE:
                    self._insert(table, self._of_other_year(table), self._but_sole_groups(table))
            opened = sql.SQL("UPDATE {} SET opened = opened - make_interval(days => {})")
            self._connection.execute(opened.format(sql.Identifier(AGENCY), count * YEAR))

    def add_agencies(self, up_to: int) -> None:
        """Add agencies until there are so many."""
        self._room = self._room or self._highest_key()
        there = len(self.copies) + 1
        copies = [Copy(number, number * self._room) for number in range(there, up_to)]
        if not copies:
            return
        with self._loading(copies):
            self._add_accounts("a")
            for table in (AGENCY, *self.tables):
                self._insert(table, self._of_other_agency(table), sql.SQL("true"))
        self.copies += copies

    def rows(self) -> int:
        """How many rows all agencies have."""
        counts = sql.SQL(" + ").join(
            sql.SQL("(SELECT count(*) FROM {})").format(sql.Identifier(table))
            for table in self.tables
        )
        ((rows,),) = self._connection.execute(sql.SQL("SELECT ") + counts).fetchall()
        return int(rows)

    @contextmanager
    def _loading(self, copies: Sequence[Copy]) -> Iterator[None]:
        """Insert for these copies, then let sequences go on behind, and let the planner know."""
        self._connection.execute(
            "CREATE TEMP TABLE copy (number bigint, by bigint, mask bigint, days integer)"
        )
        with self._connection.cursor() as cursor:
            cursor.executemany("INSERT INTO copy VALUES (%s, %s, %s, %s)", [c.row for c in copies])
        self._connection.execute("SET session_replication_role = replica")
        yield
        self._connection.execute("RESET session_replication_role")
        self._connection.execute("DROP TABLE copy")
        for name, table, column in self._connection.execute(_SEQUENCES).fetchall():
            self._connection.execute(
                _MOVE.format(sql.Literal(name), sql.Identifier(column), sql.Identifier(table))
            )
        self._connection.execute("VACUUM (ANALYZE)")

    def _highest_key(self) -> int:
        query = "SELECT max(last_value) FROM pg_sequences WHERE schemaname = 'public'"
        ((highest,),) = self._connection.execute(query).fetchall()
        return int(highest)

    def _add_accounts(self, mark: str) -> None:
        """Copy the accounts that are there, with other addresses and names; nobody signs in."""
        theirs = sql.SQL("{} || copy.number || '.' || {}")
        for table, whose, names in (
            (USERS, "id", ("email", "member_name")),
            (ADDRESSES, "user_id", ("email",)),
        ):
            change = {whose: number(sql.Identifier("stored", whose))} | {
                name: theirs.format(sql.Literal(mark), sql.Identifier("stored", name))
                for name in names
            }
            mine = sql.SQL("stored.{} IN ({})").format(sql.Identifier(whose), self._users())
            self._insert(table, change, mine)

    def _users(self) -> sql.Composed:
        """The accounts that rows of the agency name."""
        return sql.SQL(" UNION ").join(
            sql.SQL("SELECT {} FROM {} WHERE agency_id = {}").format(
                sql.Identifier(column), sql.Identifier(table), self.agency
            )
            for table in self.tables
            for column, place in self._held[table].items()
            if place is KeyPlace.USER
        )

    def _of_other_agency(self, table: str) -> dict[str, sql.Composable]:
        """The columns that differ in another agency."""
        if table == AGENCY:
            slug = sql.SQL("stored.slug || '-' || copy.number")
            return {"id": number(sql.SQL("stored.id")), "slug": slug}
        return {
            each.name: self._shifted(each) for each in self._columns[table] if self._place(each)
        }

    def _of_other_year(self, table: str) -> dict[str, sql.Composable]:
        """The columns that differ in another year of the same agency."""
        change: dict[str, sql.Composable] = {}
        for each in self._columns[table]:
            column, leads_to = sql.Identifier("stored", each.name), self._leads_to(each)
            if f"{table}.{each.name}" in NAMES:
                change[each.name] = sql.SQL("{} || ' ' || copy.number").format(column)
            elif each.type in _EARLIER:
                change[each.name] = _EARLIER[each.type].format(column)
            elif self._place(each) in (None, KeyPlace.AGENCY) or leads_to & ONCE:
                continue
            elif GROUPS in leads_to:
                change[each.name] = sql.SQL("CASE WHEN {0} IN ({1}) THEN {0} ELSE {2} END").format(
                    column, self._sole_groups(), self._shifted(each)
                )
            else:
                change[each.name] = self._shifted(each)
        return change

    def _but_sole_groups(self, table: str) -> sql.Composable:
        """A condition that leaves out groups of which there is one, and what they have once."""
        column = "id" if live(table) == GROUPS else "group_id"
        if column == "group_id" and live(table) not in OF_SOLE_GROUPS:
            return sql.SQL("true")
        return sql.SQL("stored.{} NOT IN ({})").format(sql.Identifier(column), self._sole_groups())

    def _sole_groups(self) -> sql.Composed:
        return _SOLE_GROUPS.format(sql.Identifier(GROUPS), self.agency)

    def _place(self, column: KeyColumn) -> KeyPlace | None:
        return self._held.get(column.table, {}).get(column.name)

    def _leads_to(self, column: KeyColumn) -> frozenset[str]:
        """The tables it leads to; histories have no constraints of their own."""
        return column.leads_to | self._led.get(column.declared_as, frozenset())

    def _shifted(self, column: KeyColumn) -> sql.Composed:
        place = self._place(column)
        assert place is not None
        return shifted(
            place,
            column.type,
            sql.Identifier("stored", column.name),
            PATHS.get(column.declared_as, ()),
        )

    def _insert(
        self, table: str, change: Mapping[str, sql.Composable], only: sql.Composable
    ) -> None:
        """Insert each row of the first agency once for each copy, with these columns changed."""
        names = [each.name for each in self._columns[table]]
        if "agency_id" in names:
            only += sql.SQL(" AND stored.agency_id = {}").format(self.agency)
        elif table == AGENCY:
            only += sql.SQL(" AND stored.id = {}").format(self.agency)
        self._connection.execute(
            sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} AS stored, copy WHERE {}").format(
                sql.Identifier(table),
                sql.SQL(", ").join(map(sql.Identifier, names)),
                sql.SQL(", ").join(
                    change.get(name, sql.Identifier("stored", name)) for name in names
                ),
                sql.Identifier(table),
                only,
            )
        )
