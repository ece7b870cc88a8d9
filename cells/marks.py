"""What happened when, on the time axis of a measure's chart: each app part brings its own marks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cells import ramps
from cells.models import ActionPlan, ActionStep, EvaluationReview, Measure, StepStatus
from cells.models.plans import OutcomeStandard


@dataclass(frozen=True)
class Rows:
    """A query set, and the fields that say when each of its rows happened and what it is called."""

    queryset: QuerySet[Any]
    on: str
    label: str


@dataclass(frozen=True)
class Mark:
    """One thing that happened: its number on the chart, and its words beside it."""

    number: int
    on: date
    title: str
    label: str


@dataclass(frozen=True)
class Kind:
    """A kind of thing that happens: `title` is said before the label of each."""

    code: str
    title: str | Promise
    rows: Callable[[Measure], Rows]


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.code] = kind


def marks(measure: Measure) -> list[Mark]:
    """All that happened in the plans that this measure is to show, oldest first; one query."""
    parts = [_columns(kind, kind.rows(measure)) for kind in _kinds.values()]
    rows = sorted(parts[0].union(*parts[1:], all=True), key=lambda row: (row[1], row[0], row[2]))
    return [
        Mark(number, on, str(_kinds[code].title), label)
        for number, (code, on, label) in enumerate(rows, 1)
    ]


def _columns(kind: Kind, rows: Rows) -> QuerySet[Any]:
    return rows.queryset.order_by().values_list(
        Cast(Value(kind.code), CharField()),
        Cast(F(rows.on), DateField()),
        Cast(F(rows.label), CharField()),
    )


def plans_of(measure: Measure) -> QuerySet[Any]:
    """The keys of the plans that were begun and that this measure is to show."""
    standards = OutcomeStandard.objects.within(measure.agency).filter(
        measure=measure, plan__activated_on__isnull=False
    )
    return standards.values("plan")


def _decisions(measure: Measure) -> Rows:
    plans = ActionPlan.objects.within(measure.agency).filter(
        pk__in=plans_of(measure), opportunity__chosen_on__isnull=False
    )
    return Rows(plans, on="opportunity__chosen_on", label="opportunity__title")


def _plans(measure: Measure) -> Rows:
    plans = ActionPlan.objects.within(measure.agency).filter(pk__in=plans_of(measure))
    return Rows(plans, on="activated_on", label="opportunity__title")


def _steps(measure: Measure) -> Rows:
    steps = ActionStep.objects.within(measure.agency).filter(
        plan__in=plans_of(measure), status=StepStatus.DONE
    )
    return Rows(steps, on="ended_on", label="what")


def _tests(measure: Measure) -> Rows:
    return Rows(ramps.tried(measure), on="started_on", label="title")


def _changes(measure: Measure) -> Rows:
    reviews = EvaluationReview.objects.within(measure.agency).filter(
        plan__in=plans_of(measure), outcome__in=["adapt", "stop", "slipped"]
    )
    return Rows(reviews, on="on", label="plan__opportunity__title")


register(Kind("1decision", _("Decided"), _decisions))
register(Kind("2plan", _("Plan started"), _plans))
register(Kind("3test", _("Small test"), _tests))
register(Kind("4step", _("Step done"), _steps))
register(Kind("5change", _("Looked at it, and changed something"), _changes))
