"""Migration operations that add the walls around tenant tables in SQL."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

POLICIES = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS within ON {table};
CREATE POLICY within ON {table} TO cqi_app
    USING (agency_id = NULLIF(current_setting('cqi.agency', true), '')::bigint)
    WITH CHECK (agency_id = NULLIF(current_setting('cqi.agency', true), '')::bigint);
DROP POLICY IF EXISTS across ON {table};
CREATE POLICY across ON {table} FOR SELECT TO cqi_across USING (true);
"""

ADD_CONSTRAINT = """
DO $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_constraint WHERE conrelid = '{table}'::regclass AND conname = '{name}'
    ) THEN
        ALTER TABLE {table} ADD CONSTRAINT {name} {definition};
    END IF;
END
$$;
"""

APPEND_ONLY = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
DROP TRIGGER IF EXISTS append_only ON {table};
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS append_only_truncate ON {table};
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM cqi_app;
"""


def _is_tenant(model: type[models.Model]) -> bool:
    return any(field.name == "agency" for field in model._meta.local_fields)


def _is_history(model: type[models.Model]) -> bool:
    return any(field.name == "history_id" for field in model._meta.local_fields)


def _statements(model: type[models.Model]) -> Iterator[str]:
    table = model._meta.db_table
    yield POLICIES.format(table=table)
    if _is_history(model):
        yield f"ALTER TABLE {table} ALTER COLUMN agency_id SET NOT NULL;"
        return
    key = model._meta.pk.column
    yield ADD_CONSTRAINT.format(
        table=table, name=f"{table}_wall"[:63], definition=f"UNIQUE (agency_id, {key})"
    )
    for field in model._meta.local_fields:
        other = field.related_model
        if field.name == "agency" or not isinstance(other, type) or not _is_tenant(other):
            continue
        yield ADD_CONSTRAINT.format(
            table=table,
            name=f"{table}_{field.column}_wall"[:63],
            definition=(
                f"FOREIGN KEY (agency_id, {field.column}) "
                f"REFERENCES {other._meta.db_table} (agency_id, {other._meta.pk.column}) "
                "DEFERRABLE INITIALLY DEFERRED"
            ),
        )


class SqlStep(Operation):
    """A step made of SQL that Django's state knows nothing of, and that goes with its tables."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, *parts: Any) -> None:
        self.parts = parts

    def statements(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, state: ProjectState
    ) -> Iterable[str]:
        """The SQL, for the models as they are after the step."""
        raise NotImplementedError

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Leave Django's state alone."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for text in self.statements(app_label, schema_editor, to_state):
            schema_editor.execute(text, params=None)

    # Django gives a step back the same four arguments.
    def database_backwards(self, *_: Any) -> None:
        """Do nothing: it is dropped with its tables."""

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__qualname__, list(self.parts), {})


class Walls(SqlStep):
    """Row-level security and composite keys for all tenant tables of the migration's app.

    Repeatable. It must be the last operation of each migration that adds a tenant table or a key.
    """

    def statements(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, state: ProjectState
    ) -> Iterable[str]:
        tenants = [
            model
            for model in state.apps.get_models(include_auto_created=True)
            if model._meta.app_label == app_label and _is_tenant(model)
        ]
        # Unique keys first: composite keys of the same app point at them.
        statements = [text for model in tenants for text in _statements(model)]
        return sorted(statements, key=lambda text: "FOREIGN KEY" in text)

    def describe(self) -> str:
        return "Walls around the app's tenant tables"


class AppendOnly(SqlStep):
    """Forbid update, delete and truncate on the tables of these models, by trigger and by grant."""

    def statements(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, state: ProjectState
    ) -> Iterable[str]:
        for name in self.parts:
            table = state.apps.get_model(app_label, name)._meta.db_table
            yield APPEND_ONLY.format(table=table)

    def describe(self) -> str:
        return f"Append-only: {', '.join(self.parts)}"


ERASABLE_HISTORY = """
CREATE OR REPLACE FUNCTION public.{function}(subject bigint) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entered bigint := NULLIF(current_setting('cqi.agency', true), '')::bigint;
    changed integer;
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.{table} AS live
        WHERE live.agency_id = entered AND live.{key} = subject AND live.{once} IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'row % of {table} was not erased in this agency', subject
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE public.{history} AS kept SET {values}
        WHERE kept.agency_id = entered AND kept.{key} = subject;
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END
$$;
REVOKE EXECUTE ON FUNCTION public.{function}(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.{function}(bigint) TO cqi_app;
"""


def eraser(table: str) -> str:
    """The name of the SQL function that erases a row's history."""
    return f"erase_history_of_{table}"


class ErasableHistory(Operation):
    """Let the serving login put fixed values over the history of an erased row.

    It may not change history otherwise. `once` is the row's field with the time of its erasure;
    `values` maps each column to its new text, or None for NULL.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, name: str, once: str, values: dict[str, str | None]) -> None:
        self.name, self.once, self.values = name, once, values

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Leave Django's state alone: it knows nothing of these."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        live = to_state.apps.get_model(app_label, self.name)
        table = live._meta.db_table
        written = ", ".join(
            f"{column} = {schema_editor.quote_value(value)}"
            for column, value in self.values.items()
        )
        statement = ERASABLE_HISTORY.format(
            function=eraser(table),
            table=table,
            key=live._meta.pk.column,
            once=self.once,
            history=to_state.apps.get_model(app_label, f"historical{self.name}")._meta.db_table,
            values=written,
        )
        schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        table = from_state.apps.get_model(app_label, self.name)._meta.db_table
        schema_editor.execute(f"DROP FUNCTION public.{eraser(table)}(bigint);", params=None)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__qualname__, [self.name, self.once, self.values], {})

    def describe(self) -> str:
        return f"Erasable history: {self.name}"
