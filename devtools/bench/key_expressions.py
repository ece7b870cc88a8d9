"""SQL that shifts keys where the register says they stand, as `recovery.moving.shifting` does.

The row `copy` says by how much: `by` for numbers, `mask` for UUIDs.
"""

from collections.abc import Callable, Iterable
from typing import Any

from psycopg import sql
from psycopg.types.json import Jsonb

from foundation.codes import ALPHABET
from foundation.keys import KEYS
from recovery.moving.register import KeyPlace, Path

# The functions below are gone with the connection.
FUNCTIONS = (
    # The same arithmetic as in `Shift.number`.
    sql.SQL("""
        CREATE FUNCTION pg_temp.shifted(key bigint, by bigint) RETURNS bigint
        IMMUTABLE LANGUAGE sql RETURN CASE
            WHEN key BETWEEN 1 AND {most} THEN (key - 1 + by) % {most} + 1 ELSE key
        END
    """).format(most=sql.Literal(KEYS - 1)),
    # JSON with its keys shifted; for `tree` see below.
    sql.SQL("""
        CREATE FUNCTION pg_temp.walked(value jsonb, tree jsonb, by bigint) RETURNS jsonb
        IMMUTABLE LANGUAGE plpgsql AS $$
        BEGIN
            IF jsonb_typeof(value) = 'number' AND tree ? 'key' AND value::text ~ '^[0-9]+$' THEN
                RETURN to_jsonb(pg_temp.shifted(value::text::bigint, by));
            ELSIF jsonb_typeof(value) = 'object' THEN
                RETURN coalesce((
                    SELECT jsonb_object_agg(one.key, coalesce(
                        pg_temp.walked(one.value, coalesce(tree -> 'names' -> one.key, (
                            SELECT each.value FROM jsonb_each(tree -> 'like') AS each
                            WHERE one.key LIKE each.key LIMIT 1
                        )), by), one.value))
                    FROM jsonb_each(value) AS one
                ), value);
            ELSIF jsonb_typeof(value) = 'array' THEN
                RETURN coalesce((
                    SELECT jsonb_agg(coalesce(
                        pg_temp.walked(one.value, coalesce(
                            tree -> 'names' -> (one.place - 1)::text, tree -> 'like' -> '%'
                        ), by), one.value) ORDER BY one.place)
                    FROM jsonb_array_elements(value) WITH ORDINALITY AS one(value, place)
                ), value);
            END IF;
            RETURN value;
        END $$
    """),
)


def shifted(
    place: KeyPlace, type_: str, column: sql.Composable, paths: Iterable[Path]
) -> sql.Composed:
    """The column with its keys shifted. KeyError: nobody says how, for what holds this."""
    if place in (KeyPlace.KEY, KeyPlace.AGENCY, KeyPlace.USER):
        return _BY_TYPE[type_](column)
    if place is KeyPlace.PATHS:
        tree = sql.Literal(Jsonb(tree_of(paths)))
        return sql.SQL("pg_temp.walked({}, {}, copy.by)").format(column, tree)
    return {KeyPlace.TEXT: _text, KeyPlace.SEALED: _sealed, KeyPlace.RENEWED: _sealed}[place](
        column
    )


def tree_of(paths: Iterable[Path]) -> dict[str, Any]:
    """Paths as a tree: `names` and `like` lead on, and where a path ends stands `key`."""
    tree: dict[str, Any] = {}
    for path in paths:
        here = tree
        for step in path:
            if "*" in step:
                pattern = step.replace("_", r"\_").replace("*", "%")
                here = here.setdefault("like", {}).setdefault(pattern, {})
            else:
                here = here.setdefault("names", {}).setdefault(step, {})
        here["key"] = True
    return tree


def number(column: sql.Composable) -> sql.Composed:
    return sql.SQL("pg_temp.shifted({}, copy.by)").format(column)


def _numbers(column: sql.Composable) -> sql.Composed:
    return sql.SQL(
        "(SELECT coalesce(array_agg({one} ORDER BY each.place), {column})"
        " FROM unnest({column}) WITH ORDINALITY AS each(key, place))"
    ).format(one=number(sql.SQL("each.key")), column=column)


def _uuid(column: sql.Composable) -> sql.Composed:
    # Only the last group changes, so random ones stay in their order.
    return sql.SQL(
        "(left({column}::text, 24) || lpad(to_hex("
        "('x' || right({column}::text, 12))::bit(48)::bigint # copy.mask), 12, '0'))::uuid"
    ).format(column=column)


def _text(column: sql.Composable) -> sql.Composed:
    return sql.SQL(
        "CASE WHEN {column} LIKE 'digest %' OR {column} !~ '(^| )[0-9]+$' THEN {column}"
        " ELSE regexp_replace({column}, '[0-9]+$', '') || {number} END"
    ).format(
        column=column,
        number=number(sql.SQL("substring({} from '[0-9]+$')::bigint").format(column)),
    )


def _sealed(column: sql.Composable) -> sql.Composed:
    """A code or digest of the same form that nobody holds."""
    return sql.SQL(
        "CASE WHEN {column} ~ '^[0-9a-f]*$' THEN left({digest}, length({column}))"
        " ELSE translate(left({digest}, length({column})), '0123456789abcdef', {letters}) END"
    ).format(
        column=column,
        digest=sql.SQL("encode(sha256(convert_to({} || ' ' || copy.by, 'UTF8')), 'hex')").format(
            column
        ),
        letters=sql.Literal(ALPHABET[:16]),
    )


_BY_TYPE: dict[str, Callable[[sql.Composable], sql.Composed]] = {
    "bigint": number,
    "bigint[]": _numbers,
    "integer": number,
    "uuid": _uuid,
}
