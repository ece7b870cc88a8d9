"""An agency whose past is moved ages back, and which of its rows go, row by row from the models."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import psycopg
from django.db import models
from psycopg import sql
from psycopg.rows import dict_row

from foundation import personal_data, subjects
from foundation.models import Agency
from foundation.out_of_use import is_tenant
from foundation.personal_data import ClassedTable
from foundation.wholes import wanted

Raw = psycopg.Connection[tuple[Any, ...]]
Row = tuple[str, str]
Values = dict[str, Any]
# Whole weeks, since a concern keeps the Monday of its week.
AGES = "7308 days"
# Time is told by the schedule's own rows.
OF_THE_SCHEDULE = (
    "privacy_retentionrun",
    "privacy_retentionturn",
    "privacy_retentionrule",
    "privacy_announcedrow",
)
# What is not over although its date is.
NEEDED: dict[str, Callable[[Values], bool]] = {
    "compensation_claim": lambda row: (
        row["status"] in {"waiting", "earned", "approved", "returned"}
    ),
    "safety_call": lambda row: row["done_on"] is None and row["taken_back_on"] is None,
    "privacy_erasurerequest": lambda row: row["done_on"] is None and row["taken_back_on"] is None,
    "privacy_erasure": lambda row: row["done_on"] is None,
    "oversight_recommendation": lambda row: row["closed_on"] is None,
}
LAST_OF = {"documents_rating": "version_id"}


def columns(raw: Raw) -> list[tuple[str, str]]:
    """Every date and time of an agency's rows."""
    return raw.execute(
        "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
        " JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'"
        " WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''"
        " AND a.atttypid IN ('date'::regtype, 'timestamptz'::regtype) AND EXISTS ("
        "  SELECT FROM pg_attribute o WHERE o.attrelid = c.oid AND o.attname = 'agency_id')"
    ).fetchall()


def ages_ago(raw: Raw) -> None:
    """Move all that happened so far into the past."""
    tables: dict[str, list[str]] = {}
    for table, column in columns(raw):
        if table not in OF_THE_SCHEDULE:
            tables.setdefault(table, []).append(column)
    for table, names in tables.items():
        moved = sql.SQL(", ").join(
            sql.SQL("{0} = {0} - {1}::interval").format(sql.Identifier(each), sql.Literal(AGES))
            for each in names
        )
        raw.execute(sql.SQL("UPDATE {} SET {}").format(sql.Identifier(table), moved))


def all_over(raw: Raw) -> None:
    """Let everything end that has not ended: roles, seats, groups, plans, and what is open."""
    checks = raw.execute(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype IN ('c', 'x')"
        " AND connamespace = 'public'::regnamespace AND conrelid <> 0"
    ).fetchall()
    for table, name in checks:
        raw.execute(
            sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(
                sql.SQL(table), sql.Identifier(name)
            )
        )
    for each in wanted():
        column = each.since.removeprefix("kept.")
        if column.isidentifier():
            raw.execute(
                sql.SQL("UPDATE {0} SET {1} = '2026-11-01' WHERE {1} IS NULL").format(
                    sql.Identifier(each.place), sql.Identifier(column)
                )
            )
    raw.execute("UPDATE compensation_claim SET status = 'paid'")
    raw.execute("UPDATE oversight_recommendation SET closed_on = '2026-11-01'")
    raw.execute("UPDATE safety_call SET done_on = '2026-11-01'")


def a_month_later(raw: Raw) -> None:
    """What the schedule took or announced was so a month ago."""
    raw.execute("UPDATE privacy_announcedrow SET announced_on = announced_on - 30")
    raw.execute("UPDATE privacy_archivedrow SET destroy_on = destroy_on - 30")
    raw.execute("UPDATE privacy_retentionrun SET day = day - 30, destroy_on = destroy_on - 30")


class Lives:
    """All rows of an agency, and which of them go by a day."""

    def __init__(self, raw: Raw, agency: Agency, day: date) -> None:
        self.agency, self.day = agency, day
        self.models: dict[str, type[models.Model]] = {}
        self.rows: dict[str, dict[str, Values]] = {}
        for each in personal_data.registered():
            model = each.model
            if model is None or not is_tenant(model):
                continue
            self.models[each.table] = model
            query = sql.SQL("SELECT * FROM {} WHERE agency_id = %s").format(
                sql.Identifier(each.table)
            )
            with raw.cursor(row_factory=dict_row) as cursor:
                found = cursor.execute(query, [agency.pk]).fetchall()
            key = str(model._meta.pk.column)
            self.rows[each.table] = {str(row[key]): row for row in found}
        self.needs: dict[Row, set[Row]] = {}
        self._join()
        going = {
            (table, key)
            for table, rows in self.rows.items()
            for key, row in rows.items()
            if self._is_over(table, row)
        }
        while staying := {row for row in going if not self.needs.get(row, set()) <= going}:
            going -= staying
        self.going = going

    def keys(self) -> set[Row]:
        """The rows of all tables that go as wholes."""
        return {(each.place, key) for each in wanted() for key in self.rows[each.place]}

    def _join(self) -> None:
        whole = {each.place for each in wanted()}
        for table, model in self.models.items():
            classed = _classed(table)
            tied = {classed.kept.within, *classed.kept.ties}
            keys = [
                (column.name, str(column.column), other)
                for column in model._meta.local_fields
                if (other := _led_to(column)) is not None and other in self.rows
            ]
            for key, row in self.rows[table].items():
                for name, column, other in keys:
                    if row[column] is None:
                        continue
                    self._need((other, str(row[column])), (table, key))
                    if name in tied:
                        self._need((table, key), (other, str(row[column])))
                if classed.subject and table in whole:
                    code, subject = (row[each] for each in classed.subject)
                    about = subjects.models().get(code)
                    spoken = (about._meta.db_table, str(subject)) if about is not None else None
                    if spoken and spoken[1] in self.rows.get(spoken[0], {}):
                        self._need(spoken, (table, key))
                        self._need((table, key), spoken)

    def _need(self, row: Row, other: Row) -> None:
        self.needs.setdefault(row, set()).add(other)

    def _is_over(self, table: str, row: Values) -> bool:
        if table in NEEDED and NEEDED[table](row):
            return False
        classed = _classed(table)
        while classed.kept.within:
            above, key = self._at(classed.table, classed.kept.within, row)
            if above not in self.rows:
                return False
            row, classed = self.rows[above][key], _classed(above)
            if classed.table in NEEDED and NEEDED[classed.table](row):
                return False
        if not classed.kept.is_whole or not self._date_is_over(classed, row):
            return False
        same = LAST_OF.get(classed.table)
        return same is None or any(
            other["id"] > row["id"]
            and other[same] == row[same]
            and self._date_is_over(classed, other)
            for other in self.rows[classed.table].values()
        )

    def _date_is_over(self, classed: ClassedTable, row: Values) -> bool:
        *path, last = classed.kept.since.split("__")
        table = classed.table
        for step in path:
            table, key = self._at(table, step, row)
            row = self.rows[table][key]
        day = row[last]
        if isinstance(day, datetime):
            day = day.astimezone(self.agency.zone).date()
        term = classed.kept.term
        over = term.over(day) if term is not None and day is not None else None
        return over is not None and over <= self.day

    def _at(self, table: str, step: str, row: Values) -> Row:
        column = self.models[table]._meta.get_field(step)
        assert isinstance(column, models.Field)
        other = _led_to(column)
        assert other is not None
        return other, str(row[str(column.column)])


def _led_to(column: "models.Field[Any, Any]") -> str | None:
    other = column.related_model
    if isinstance(other, type) and issubclass(other, models.Model):
        return str(other._meta.db_table)
    return None


def _classed(table: str) -> ClassedTable:
    found = personal_data.of_table(table)
    assert found is not None
    return found
