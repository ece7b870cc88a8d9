"""Queries that are built and compiled once, then run again with other values.

Django takes longer to build a large query and its SQL than the database takes to answer. So a query
is built with stand-ins, values that occur nowhere else, and each run replaces them with the real
ones. `settings.PREPARED = False` builds every query anew.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

from foundation.models import Agency

# Real keys start at 1 and never get this high; our data starts later than these days.
AGENCY, MEMBER, USER = 1 << 62, (1 << 62) + 1, (1 << 62) + 2
DAY = date(1, 1, 2)
MOMENT = datetime(1, 1, 3, tzinfo=UTC)
SLUG, CODE = "/", "//"

# The most compiled queries that a process keeps.
KEPT = 500
_kept: dict[Hashable, "Prepared"] = {}


class Prepared:
    """A compiled query; its columns are converted as Django would convert them."""

    _model: type[Model]
    _fields: dict[str, int]
    _annotations: dict[str, int]

    def __init__(self, queryset: QuerySet[Any], stand_ins: Mapping[Any, str]) -> None:
        """`stand_ins` maps each stand-in to the name under which a run passes the real value."""
        compiler = queryset.query.get_compiler(connection=connection)
        try:
            self._sql, params = compiler.as_sql()
        except EmptyResultSet:
            self._sql, params = "", ()
            return
        self._params = tuple(params)
        self._names = {
            place: stand_ins[param]
            for place, param in enumerate(self._params)
            if type(param) in (int, str, date, datetime) and param in stand_ins
        }
        self._refuse_made_of(stand_ins)
        columns = [column[0] for column in compiler.select]
        self._converters = compiler.get_converters(columns)
        shape = compiler.klass_info
        if shape is not None and shape["select_fields"]:
            self._model = shape["model"]
            self._fields = {
                columns[place].target.attname: place for place in shape["select_fields"]
            }
            self._annotations = dict(compiler.annotation_col_map)

    def _refuse_made_of(self, stand_ins: Mapping[Any, str]) -> None:
        """Reject values computed from a stand-in: no run would replace them."""
        rest = [param for place, param in enumerate(self._params) if place not in self._names]
        for key in (AGENCY, MEMBER, USER):
            if key in stand_ins and str(key) in f"{self._sql} {rest}":
                raise RuntimeError(f"A value was computed from the stand-in for {stand_ins[key]}.")

    def tuples(self, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The rows as tuples of their columns."""
        if not self._sql:
            return []
        filled = [
            values[self._names[place]] if place in self._names else param
            for place, param in enumerate(self._params)
        ]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, filled)
            rows = cursor.fetchall()
        return [tuple(self._read(row)) for row in rows]

    def _read(self, row: tuple[Any, ...]) -> list[Any]:
        read = list(row)
        for place, (converters, expression) in self._converters.items():
            for converter in converters:
                read[place] = converter(read[place], expression, connection)
        return read

    def models(self, values: Mapping[str, Any]) -> list[Any]:
        """The rows as model instances, with the query set's annotations."""
        found = []
        for row in self.tuples(values):
            kept = [row[place] for place in self._fields.values()]
            each = self._model.from_db(connection.alias, [*self._fields], kept)
            for name, place in self._annotations.items():
                setattr(each, name, row[place])
            found.append(each)
        return found


def prepared(
    key: Hashable, build: Callable[[], QuerySet[Any]], stand_ins: Mapping[Any, str]
) -> Prepared:
    """The query under this key, built and kept on first use.

    While it is being built the database refuses every query, so that no value that may differ at
    the next run gets baked in.
    """
    if not settings.PREPARED:
        return Prepared(build(), stand_ins)
    found = _kept.get(key)
    if found is None:
        with _asking_nothing():
            found = Prepared(build(), stand_ins)
        if len(_kept) >= KEPT:
            _kept.clear()
        _kept[key] = found
    return found


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


def agency(real: Agency | None = None) -> Agency:
    """A stand-in for any agency, with the real one's policies."""
    row: Agency = of(Agency, id=AGENCY)
    row.goes_by = real
    return row
