"""Where erasing has to reach: every column with people's words, in live rows and in history.

The serving login may change neither history nor append-only rows. Functions of the owner do, for
the places listed in the table that `Reach` fills; a test compares it with `wanted()`, which follows
from the register of personal data.
"""

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

from foundation import personal_data
from foundation.personal_data import ClassedField, ClassedTable, OnErasing
from foundation.walls import SqlStep


@dataclass(frozen=True)
class ReachedColumn:
    """One column that erasing may change, in its table and in the history of that.

    `author` is an SQL expression over a row called `kept`: the key of the member whose erasing
    puts `value` over the column (NULL: empty). Without it, only names are removed there.
    """

    table: str
    column: str
    key: str
    history: str | None
    author: str | None
    value: str | None
    copies: bool = False


def wanted() -> tuple[ReachedColumn, ...]:
    """The places that the register asks for, by table and column."""
    found = (place for each in personal_data.registered() for place in _places(each))
    return tuple(sorted(found, key=lambda place: (place.table, place.column)))


def _places(found: ClassedTable) -> Iterator[ReachedColumn]:
    model = found.model
    if model is None or model in personal_data.people() or not _is_tenant(model):
        return
    if found.whose.listed:
        # Its rows are destroyed whole, by a function of their own.
        return
    past = personal_data.history_of(found)
    for each in found.fields.values():
        written = each.erasing in (OnErasing.BLANKED, OnErasing.REPLACED)
        if (not written and not each.what.is_text) or each.erasing is OnErasing.FIXED:
            continue
        column = model._meta.get_field(each.name)
        assert isinstance(column, models.Field)
        yield ReachedColumn(
            found.table,
            str(column.column),
            str(model._meta.pk.column),
            past.table if past is not None and each.name in past.fields else None,
            _author(model, each, each.said_by or found.whose.paths) if written else None,
            _value(column, each) if written else None,
            each.name in found.copies,
        )


def _is_tenant(model: type[models.Model]) -> bool:
    return any(each.name == "agency" for each in model._meta.local_fields)


def _value(column: "models.Field[Any, Any]", each: ClassedField) -> str | None:
    if each.erasing is OnErasing.REPLACED:
        return each.value
    return None if column.null else ""


def _author(model: type[models.Model], each: ClassedField, paths: tuple[str, ...]) -> str:
    steps = [expression(model, path.split("__"), "kept", 0) for path in paths]
    author = steps[0] if len(steps) == 1 else f"COALESCE({', '.join(steps)})"
    if not each.stays_if:
        return author
    name, _equals, value = each.stays_if.partition("=")
    column = model._meta.get_field(name)
    assert isinstance(column, models.Field)
    stays = f"kept.{column.column} " + (f"= '{value}'" if value else "IS NOT NULL")
    return f"CASE WHEN {stays} THEN NULL ELSE {author} END"


def expression(model: type[models.Model], path: list[str], alias: str, depth: int) -> str:
    """SQL for the value at the end of a path of keys from a row called `alias`."""
    column = model._meta.get_field(path[0])
    assert isinstance(column, models.Field)
    if len(path) == 1:
        return f"{alias}.{column.column}"
    other = column.related_model
    assert isinstance(other, type)
    assert issubclass(other, models.Model)
    inner = f"j{depth}"
    parts = (
        "(SELECT",
        expression(other, path[1:], inner, depth + 1),
        f"FROM public.{other._meta.db_table} {inner}",
        f"WHERE {inner}.agency_id = {alias}.agency_id",
        f"AND {inner}.{other._meta.pk.column} = {alias}.{column.column})",
    )
    return " ".join(parts)


# A trigger that keeps a row as it is lets the owner's functions for erasing through, and nothing
# else: only inside these the current user is not the one who signed in.
OPENED = """
DO $$
DECLARE
    found record;
    opened constant text := '(current_setting(''cqi.erasing'', true) IS DISTINCT FROM ''on'''
        ' OR CURRENT_USER = SESSION_USER)';
    made text;
BEGIN
    FOR found IN
        SELECT t.oid, t.tgname, pg_get_triggerdef(t.oid) AS made FROM pg_trigger t
        WHERE t.tgrelid = 'public.{table}'::regclass AND NOT t.tgisinternal
            AND t.tgconstraint = 0 AND t.tgtype & 1 = 1 AND t.tgtype & 16 = 16
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
LISTED = """
INSERT INTO public.privacy_reach
    (place, field, key, history, author, value, copies)
VALUES ({values})
ON CONFLICT (place, field) DO UPDATE SET key = excluded.key, history = excluded.history,
    author = excluded.author, value = excluded.value, copies = excluded.copies
"""


class Opened(SqlStep):
    """Let erasing past the triggers that keep the rows of these tables as they are.

    Nothing undoes it: without the functions, nothing passes.
    """

    def statements(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, state: ProjectState
    ) -> Iterable[str]:
        return [OPENED.replace("{table}", table) for table in self.parts]

    def describe(self) -> str:
        return f"Erasing passes the triggers of {len(self.parts)} tables"


class Reach(SqlStep):
    """List the places that erasing may change. It writes rows: in a migration of its own."""

    def statements(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, state: ProjectState
    ) -> Iterable[str]:
        for place in self.parts:
            values = (
                "NULL" if each is None else schema_editor.quote_value(each)
                for each in astuple(place)
            )
            yield LISTED.format(values=", ".join(values))

    def describe(self) -> str:
        return f"Within erasing's reach: {len(self.parts)} columns"
