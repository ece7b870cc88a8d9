"""What the schedule destroys as a whole: tables, dates, people and ties, derived from the register.

A row of these tables goes once its time is over and nothing that stays refers to it: a meeting with
its minutes, a claim with its payment and postings. Functions of the owner work that out and destroy
the rows (`privacy/retention`), in the tables listed in `privacy_wholeplace`. `Wholes` fills that
list; a test compares it with `wanted()`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

from foundation import personal_data
from foundation.models import Agency
from foundation.out_of_use import Listed, groups_of, is_tenant, later_row, people_of
from foundation.personal_data import ClassedTable
from foundation.reach import expression
from foundation.retention import Counts, KeptFor, RetentionClass
from foundation.walls import SqlStep

# The code of a run that announces and destroys wholes of all classes.
RUN = "wholes"


@dataclass(frozen=True)
class WholePlace:
    """One table whose rows go as part of a whole; SQL is over a row called `kept`.

    `since` is the row's date (`is_moment`: a time); a table with a `parent` counts as that row to
    which its column `link` leads. `ties` are columns and their tables, "claim_id:compensation_claim
    …", whose rows have to go, too. `subject_code` and `subject_key` are the columns that speak of
    another row, which goes only together with this one. `history` holds its versions. `unless`
    tells whether the row is still needed ($2 is the last date that is over). Parents have a lower
    `level`.
    """

    place: str
    code: str
    months: int
    days: int
    least_months: int
    least_days: int
    tax_due: bool
    held: bool
    key: str
    level: int
    parent: str | None
    link: str | None
    since: str
    is_moment: bool
    people: str
    groups: str
    history: str | None
    ties: str
    subject_code: str | None
    subject_key: str | None
    unless: str


def wanted() -> tuple[WholePlace, ...]:
    """The tables that the register lets go as parts of a whole, parents first."""
    found = []
    for each in personal_data.registered():
        steps = _up(each)
        if steps is not None:
            found.append(_place(each, steps))
    return tuple(sorted(found, key=lambda each: each.level))


def whole_codes() -> frozenset[str]:
    """The classes of the schedule of which rows go as parts of a whole."""
    return frozenset(each.code for each in wanted())


def _up(found: ClassedTable) -> list[ClassedTable] | None:
    """The rows it stays within, nearest first, if the last of them goes as a whole."""
    steps: list[ClassedTable] = []
    while found.kept.within:
        assert found.model is not None
        other = found.model._meta.get_field(found.kept.within).related_model
        assert isinstance(other, type)
        above = personal_data.of_table(other._meta.db_table)
        assert above is not None
        steps.append(above)
        found = above
    term = found.kept.term
    if term is None or not found.kept.is_whole or found.model is None:
        return None
    return steps if is_tenant(found.model) else None


def _place(found: ClassedTable, steps: list[ClassedTable]) -> WholePlace:
    """ValueError: its time is shorter than a day."""
    top = steps[-1] if steps else found
    term, model = top.kept.term, found.model
    assert term is not None
    assert model is not None
    if term.usual is None or term.usual.hours:
        raise ValueError(f"{term.code} has no time in days")
    least = term.least or KeptFor()
    past = personal_data.history_of(found)
    code, key = found.subject or (None, None)
    return WholePlace(
        found.table,
        term.code,
        term.usual.months,
        term.usual.days,
        least.months,
        least.days,
        term.counts is Counts.TAX_DUE,
        term.held,
        str(model._meta.pk.column),
        len(steps),
        steps[0].table if steps else None,
        _column(model, found.kept.within) if steps else None,
        *(("", False) if steps else _since(found, model)),
        people_of(found),
        groups_of(model),
        past.table if past is not None else None,
        " ".join(_ties(found, model)),
        code,
        key,
        _unless(found),
    )


def _since(found: ClassedTable, model: type[models.Model]) -> tuple[str, bool]:
    path = found.kept.since.split("__")
    end: type[models.Model] = model
    for step in path[:-1]:
        other = end._meta.get_field(step).related_model
        assert isinstance(other, type)
        assert issubclass(other, models.Model)
        end = other
    date = end._meta.get_field(path[-1])
    return expression(model, path, "kept", 0), isinstance(date, models.DateTimeField)


def _ties(found: ClassedTable, model: type[models.Model]) -> Iterator[str]:
    for name in found.kept.ties:
        other = model._meta.get_field(name).related_model
        assert isinstance(other, type)
        assert issubclass(other, models.Model)
        yield f"{_column(model, name)}:{other._meta.db_table}"


def _column(model: type[models.Model], name: str) -> str:
    column = model._meta.get_field(name)
    assert isinstance(column, models.Field)
    return str(column.column)


def _unless(found: ClassedTable) -> str:
    parts = [found.kept.unless] if found.kept.unless else []
    if found.kept.last_of:
        parts.append(later_row(found))
    return " OR ".join(f"({each})" for each in parts) or "false"


type Earliest = Callable[[Agency], date | None]
_earliest: list[Earliest] = []


def register(earliest: Earliest) -> None:
    """Ask this function, too, from which day on all records are here."""
    _earliest.append(earliest)


def records_from(agency: Agency) -> date | None:
    """The first day of which all records are still here; None: nothing was destroyed yet."""
    return max((day for each in _earliest if (day := each(agency)) is not None), default=None)


def turned_by(found: RetentionClass) -> str:
    """The code by which a class is paused: its own, or that of all wholes."""
    return RUN if found.whole else found.code


# A trigger that keeps rows from being deleted lets the owner's functions for destroying through.
OPENED = """
DO $$
DECLARE
    found record;
    opened constant text := '(current_setting(''cqi.erasing'', true) IS DISTINCT FROM ''on'''
        ' OR CURRENT_USER = SESSION_USER)';
    made text;
BEGIN
    FOR found IN
        SELECT t.tgname, pg_get_triggerdef(t.oid) AS made FROM pg_trigger t
        WHERE t.tgrelid = 'public.{table}'::regclass AND NOT t.tgisinternal
            AND t.tgtype & 1 = 1 AND t.tgtype & 8 = 8
    LOOP
        CONTINUE WHEN found.made LIKE '%cqi.erasing%';
        IF found.made LIKE '% WHEN (%' THEN
            made := replace(found.made, ' WHEN (', ' WHEN (' || opened || ' AND ');
        ELSE
            made := replace(found.made, ' EXECUTE FUNCTION',
                ' WHEN (' || opened || ') EXECUTE FUNCTION');
        END IF;
        EXECUTE format('DROP TRIGGER %I ON public.{table}', found.tgname);
        EXECUTE made;
    END LOOP;
END
$$;
"""


class OpenedToDestroying(SqlStep):
    """Let the owner's functions past the triggers that keep rows of these tables from going.

    Nothing undoes it: without the functions, nothing passes.
    """

    def statements(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, state: ProjectState
    ) -> Iterable[str]:
        return [OPENED.replace("{table}", table) for table in self.parts]

    def describe(self) -> str:
        return f"Destroying passes the triggers of {len(self.parts)} tables"


class Wholes(Listed):
    """List tables whose rows go as parts of a whole; in a migration of its own."""

    table = "privacy_wholeplace"
    columns = tuple(WholePlace.__dataclass_fields__)
