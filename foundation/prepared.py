"""Queries that are built, compiled and planned once, then run again with other values.

Django takes longer to build a large query and its SQL than the database takes to answer, and so
does the database to plan it. So a query is built with stand-ins, values that occur nowhere else;
each run replaces them with the real ones, and the server prepares the statement once for each
connection. `settings.PREPARED = False` builds and plans every query anew.
"""

import re
import sys
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import (
    FETCH_ONE,
    BigIntegerField,
    BooleanField,
    F,
    Func,
    Model,
    QuerySet,
    Value,
)
from django.db.models.query import get_related_populators
from psycopg.types.numeric import Int4, Int8

from foundation import policies
from foundation.models import Agency
from foundation.postgresql.base import prepared_cursor

# Real keys start at 1 and never get this high; our data starts later than these days.
AGENCY, MEMBER, USER, ROW = 1 << 62, (1 << 62) + 1, (1 << 62) + 2, (1 << 62) + 3
KEYS = (1 << 62) + 4
DAY, SINCE = date(1, 1, 2), date(1, 1, 4)
MOMENT = datetime(1, 1, 3, tzinfo=UTC)
SLUG, CODE = "/", "//"

# The most compiled queries that a process keeps, of some 20 kB each. The one unused the longest
# makes room: the demo's pages need 150, another agency with other policies a part of them again.
KEPT = 2000
_kept: dict[Hashable, "Prepared"] = {}


# PostgreSQL reads a whole number as one of four bytes if it fits.
_FOUR_BYTES = 2**31


class Plain:
    """Django's own SQL, which is planned anew at each run."""

    def __init__(self, sql: str, params: Sequence[Any], names: Mapping[int, str]) -> None:
        """`names`: under which names the values of these places are passed."""
        self._sql, self._params, self._names = sql, params, names

    def rows(self, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        filled = [
            values[self._names[place]] if place in self._names else param
            for place, param in enumerate(self._params)
        ]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, filled)
            return [*cursor.fetchall()]


class Parameter(NamedTuple):
    """What a run passes: the value of this name, or else the same one each time."""

    name: str
    value: Any = None


class Statement:
    """The same SQL as the server prepares it: what differs between runs and days is a parameter.

    That is named values, days and numbers. Equal ones are one parameter, since PostgreSQL compares
    expressions (those of a `GROUP BY`, say) by its number. Everything else stays in the text, where
    the planner reads it.
    """

    def __init__(self, sql: str, params: Sequence[Any], names: Mapping[int, str]) -> None:
        numbers: dict[Parameter, int] = {}
        rest = iter(enumerate(params))

        def written(mark: re.Match[str]) -> str:
            if mark[0] == "%%":
                return "%"
            place, param = next(rest)
            if place in names:
                parameter = Parameter(names[place])
            elif isinstance(param, int | date) and not isinstance(param, bool):
                parameter = Parameter("", _as_written(param))
            else:
                # Django's own operations, which are not typed.
                return str(connection.ops.compose_sql("%s", [param]))  # type: ignore[attr-defined]
            return f"${numbers.setdefault(parameter, len(numbers) + 1)}"

        # Many days and agencies share one text.
        self.text = sys.intern(re.sub("%[s%]", written, sql))
        self._parameters = tuple(numbers)

    def rows(self, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        filled = [_as_key(values[name]) if name else value for name, value in self._parameters]
        with prepared_cursor() as cursor:
            cursor.execute(self.text, filled)
            return [*cursor.fetchall()]


def _as_written(value: int | date) -> int | date:
    """A number in the size that PostgreSQL gives it when it stands in a text."""
    if isinstance(value, int):
        return Int4(value) if -_FOUR_BYTES <= value < _FOUR_BYTES else Int8(value)
    return value


def _as_key(value: Any) -> Any:
    """Numbers in the size of a key: psycopg would go by the value, and prepare each size."""
    if isinstance(value, list):
        return [_as_key(each) for each in value]
    return Int8(value) if isinstance(value, int) else value


class Prepared:
    """A compiled query; its columns are converted as Django would convert them."""

    _model: type[Model]
    _fields: dict[str, int]
    _annotations: dict[str, int]

    def __init__(self, queryset: QuerySet[Any], stand_ins: Mapping[Any, str]) -> None:
        """`stand_ins` maps each stand-in to the name under which a run passes the real value."""
        compiler = queryset.query.get_compiler(connection=connection)
        self._query: Statement | Plain | None = None
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return
        names = {
            place: stand_ins[param]
            for place, param in enumerate(params)
            if type(param) in (int, Int8, str, date, datetime) and param in stand_ins
        }
        rest = [param for place, param in enumerate(params) if place not in names]
        _refuse_made_of(stand_ins, f"{sql} {rest}")
        self._query = (Statement if settings.PREPARED else Plain)(sql, params, names)
        self._names = [*(queryset.query.selected or ())]
        columns = [column[0] for column in compiler.select]
        self._converters = compiler.get_converters(columns)
        shape = compiler.klass_info
        if shape is not None and shape["select_fields"]:
            self._model = shape["model"]
            self._fields = {
                columns[place].target.attname: place for place in shape["select_fields"]
            }
            self._annotations = dict(compiler.annotation_col_map)
            # What `select_related` asks for.
            self._related = get_related_populators(
                shape, compiler.select, connection.alias, FETCH_ONE
            )

    def tuples(self, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The rows as tuples of their columns."""
        if self._query is None:
            return []
        return [tuple(self._read(row)) for row in self._query.rows(values)]

    def _read(self, row: tuple[Any, ...]) -> list[Any]:
        read = list(row)
        for place, (converters, expression) in self._converters.items():
            for converter in converters:
                read[place] = converter(read[place], expression, connection)
        return read

    def dicts(self, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The rows of `values()`."""
        return [dict(zip(self._names, row, strict=True)) for row in self.tuples(values)]

    def models(self, values: Mapping[str, Any]) -> list[Any]:
        """The rows as model instances, with the query set's related rows and annotations."""
        found = []
        for row in self.tuples(values):
            kept = [row[place] for place in self._fields.values()]
            each = self._model.from_db(connection.alias, [*self._fields], kept)
            for related in self._related:
                related.populate(row, each)
            for name, place in self._annotations.items():
                setattr(each, name, row[place])
            found.append(each)
        return found


def _refuse_made_of(stand_ins: Mapping[Any, str], text: str) -> None:
    """Reject values computed from a stand-in: no run would replace them."""
    for key in stand_ins:
        if isinstance(key, int) and str(key) in text:
            raise RuntimeError(f"A value was computed from the stand-in for {stand_ins[key]}.")


def prepared(
    key: Hashable, build: Callable[[], QuerySet[Any]], stand_ins: Mapping[Any, str]
) -> Prepared:
    """The query under this key, built and kept on first use.

    While it is being built the database refuses every query, so that no value that may differ at
    the next run gets baked in.
    """
    if not settings.PREPARED:
        return Prepared(build(), stand_ins)
    found = _kept.pop(key, None)
    if found is None:
        with _asking_nothing():
            found = Prepared(build(), stand_ins)
        while len(_kept) >= KEPT:
            # Another thread may have made room in between.
            _kept.pop(next(iter(_kept)), None)
    _kept[key] = found
    return found


def texts() -> set[str]:
    """The statements of all kept queries: what a connection prepares once it was asked for each."""
    queries = [each._query for each in [*_kept.values()]]
    return {each.text for each in queries if isinstance(each, Statement)}


@contextmanager
def _asking_nothing() -> Iterator[None]:
    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        raise RuntimeError(f"A prepared query asked the database while it was built: {sql}")

    with connection.execute_wrapper(refuse):
        yield


def of(model: type[Model], **known: Any) -> Any:
    """A row of which only these fields are known; reading any other would query the database."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname in known]
    return model.from_db(connection.alias, names, [known[name] for name in names])


def agency(real: Agency | None = None, on: date | None = None) -> Agency:
    """A stand-in for any agency, with the real one's policies and the day a query is built with."""
    row: Agency = of(Agency, id=AGENCY)
    row.goes_by, row.stays_on = real, on
    return row


def one_of_keys(column: str, stand_in: int = KEYS) -> Func:
    """A condition in a query that `of_keys` runs: the column is any of the keys of that run.

    Several lists in one query have stand-ins of their own, from `KEYS` on.
    """
    keys = Value(stand_in, BigIntegerField())
    return Func(
        F(column),
        keys,
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )


def of_keys(
    build: Callable[[Agency, date], QuerySet[Any]], real: Agency, on: date, keys: Iterable[int]
) -> tuple[Prepared, dict[str, Any]]:
    """The query that a module's function makes for an agency and a day, and the values of a run.

    It is made once for all agencies with the same policies, whatever keys it is run with.
    """
    found = prepared(
        (build, on, *policies.changes(real)),
        lambda: build(agency(real, on), on),
        {AGENCY: "agency", KEYS: "keys"},
    )
    return found, {"agency": real.pk, "keys": list(keys)}


def of_agency(build: Callable[[Agency], QuerySet[Any, Any]]) -> Prepared:
    """The query that a module's function makes for any agency and day, kept by the function.

    A run passes `agency`, and what else it contains: `row`, `keys`, `code`, or `day` for `DAY`,
    `since` for `SINCE` and `moment` for `MOMENT`.
    """
    stand_ins = {
        AGENCY: "agency",
        ROW: "row",
        KEYS: "keys",
        CODE: "code",
        DAY: "day",
        SINCE: "since",
        MOMENT: "moment",
    }
    return prepared(build, lambda: build(agency()), stand_ins)


def prefetched(row: Model, name: str, parts: Iterable[Model]) -> None:
    """Let `row.<name>.all()` be these rows, as if Django had prefetched them; no query."""
    manager = getattr(row, name)
    rows = manager.all()
    rows._result_cache = [*parts]
    rows._prefetch_done = True
    for part in rows._result_cache:
        setattr(part, manager.field.name, row)
    # Where Django looks for what it has prefetched; an instance has it once anything was.
    vars(row).setdefault("_prefetched_objects_cache", {})[name] = rows
