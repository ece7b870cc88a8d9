"""Annotations on charts of measures, provided by upper apps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, DateField, F, Model, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.functional import Promise

from foundation import prepared
from foundation.models import Agency
from measures.definitions.models import Measure


@dataclass(frozen=True)
class AnnotationRows:
    """A query set, with the fields for each row's day and label."""

    queryset: QuerySet[Model]
    on: str
    label: str


@dataclass(frozen=True)
class AnnotationMark:
    """One annotation: its number on the chart, and its words beside the chart."""

    number: int
    on: date
    title: str
    label: str


@dataclass(frozen=True)
class AnnotationKind:
    """A kind of annotation; `title` comes before each label."""

    code: str
    title: str | Promise
    rows: Callable[[Measure], AnnotationRows]


_kinds: dict[str, AnnotationKind] = {}


def register(kind: AnnotationKind) -> None:
    _kinds[kind.code] = kind


def marks(measure: Measure) -> list[AnnotationMark]:
    """Annotations of all plans this measure should show, oldest first; a query built once."""
    values = {"agency": measure.agency_id, "row": measure.pk}
    found = prepared.of_agency(_rows).tuples(values)
    rows = sorted(found, key=lambda row: (row[1], row[0], row[2]))
    return [
        AnnotationMark(number, on, str(_kinds[code].title), label)
        for number, (code, on, label) in enumerate(rows, 1)
    ]


def any_measure(agency: Agency) -> Measure:
    """A stand-in for the measure that a run of a kept query passes as its row."""
    measure: Measure = prepared.of(Measure, id=prepared.ROW, agency_id=prepared.AGENCY)
    measure.agency = agency
    return measure


def _rows(agency: Agency) -> QuerySet[Model, tuple[str, date, str]]:
    measure = any_measure(agency)
    parts = [_columns(kind, kind.rows(measure)) for kind in _kinds.values()]
    return parts[0].union(*parts[1:], all=True)


def _columns(kind: AnnotationKind, rows: AnnotationRows) -> QuerySet[Model, tuple[str, date, str]]:
    return rows.queryset.order_by().values_list(
        Cast(Value(kind.code), CharField()),
        Cast(F(rows.on), DateField()),
        Cast(F(rows.label), CharField()),
    )
