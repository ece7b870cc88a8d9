"""Duties of people who are gone from a cell, and who can reassign them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Member
from cells.cell.models import Cell, CellQuerySet
from cells.plans.models import ActionPlan, ActionStep, PDSACycle, PlanStatus, SustainPlan
from foundation.columns import columns_of
from foundation.models import Agency
from groups.models import Seat
from measures.definitions.models import Measure

DutyRow = ActionStep | PDSACycle | ActionPlan | SustainPlan | Measure


@dataclass(frozen=True)
class DutyKind:
    """Rows of a model that somebody is responsible for (`field`), in a group at `group`."""

    code: str
    words: str | Promise
    model: type[DutyRow]
    field: str
    group: str
    title: str
    going_on: Q


@dataclass(frozen=True)
class LeftBehind:
    """An unattended duty, its title, and who was responsible."""

    row: DutyRow
    title: str
    person: Member


@dataclass(frozen=True)
class _Title:
    """A title annotated on a duty's row."""

    duty_title: str


KINDS = (
    DutyKind(
        "steps",
        _("Steps"),
        ActionStep,
        "owner",
        "plan__opportunity__cell__group",
        "what",
        Q(status__in=["to_do", "started"], plan__status__in=[PlanStatus.DRAFT, PlanStatus.ACTIVE]),
    ),
    DutyKind(
        "tests",
        _("Small tests"),
        PDSACycle,
        "leader",
        "plan__opportunity__cell__group",
        "title",
        Q(ended_on=None, broken_off_on=None)
        & (Q(plan__status=PlanStatus.ACTIVE) | Q(started_on__isnull=False)),
    ),
    DutyKind(
        "plans",
        _("Looking at how a plan goes"),
        ActionPlan,
        "looked_at_by",
        "opportunity__cell__group",
        "opportunity__title",
        Q(status__in=[PlanStatus.DRAFT, PlanStatus.ACTIVE]),
    ),
    DutyKind(
        "lasting",
        _("Looking whether it lasts"),
        SustainPlan,
        "looked_at_by",
        "plan__opportunity__cell__group",
        "plan__opportunity__title",
        Q(ended_on=None),
    ),
    DutyKind(
        "measures",
        _("Recording numbers"),
        Measure,
        "collected_by",
        "owner",
        "name",
        Q(retired_on=None),
    ),
)


# In a closed cell, plans that are still monitored continue, with their measures.
OUTLASTING = ("lasting", "measures")


def _open(group: str, on: date) -> Q:
    return Q(**{f"{group}__closed": None}) | Q(**{f"{group}__closed__gt": on})


def of(kind: DutyKind, agency: Agency, on: date) -> QuerySet[Any]:
    """Current duties of this kind, in open cells or outlasting them."""
    rows: QuerySet[Any] = kind.model.objects.within(agency).filter(kind.going_on)
    if kind.code not in OUTLASTING:
        rows = rows.filter(_open(kind.group, on))
    return rows.filter(**{f"{kind.field}__isnull": False})


def left_behind(kind: DutyKind, agency: Agency, on: date) -> QuerySet[Any]:
    """Duties whose person has left the program or the cell, or whose access is paused."""
    return of(kind, agency, on).filter(_away(agency, on, kind.group, kind.field))


def _away(agency: Agency, on: date, group: str | OuterRef, person: str) -> Q:
    """A condition on rows with a person and a group: they are gone, or they left the group."""
    there = Member.objects.within(agency).on(on).not_paused(on)
    seats = Seat.objects.within(agency).filter(group=OuterRef(group), member=OuterRef(person))
    # Nobody counts as having left a cell that has itself ended.
    left = Exists(seats.filter(_open("group", on), until__lte=on)) & ~Exists(seats.on(on))
    return Q(~Exists(there.filter(pk=OuterRef(person)))) | Q(left)


def cells_left_behind(agency: Agency, on: date, among: Q | None = None) -> CellQuerySet:
    """Cells with duties of people who are gone.

    `among`: a condition on the cells, which the database looks at first.
    """
    group = OuterRef("group")
    held = Q()
    for kind in KINDS:
        duties = of(kind, agency, on).order_by()
        held |= Q(
            Exists(duties.filter(**{kind.field: OuterRef("pk"), kind.group: OuterRef(group)}))
        )
    away = Member.objects.within(agency).filter(_away(agency, on, group, "pk"), held)
    cells = Cell.objects.within(agency)
    return (cells if among is None else cells.filter(among)).filter(Exists(away))


def held_by(member: Member, on: date) -> list[tuple[DutyKind, int]]:
    """The number of the member's current duties by kind, in all open cells."""
    counted = [
        (kind, of(kind, member.agency, on).filter(**{kind.field: member}).count()) for kind in KINDS
    ]
    return [(kind, count) for kind, count in counted if count]


def hanging(member: Member, on: date) -> list[str]:
    """What they leave behind when they go, and who will see it waiting."""
    held = sum(count for _kind, count in held_by(member, on))
    if not held:
        return []
    words = ngettext(
        "%(count)d task in a cell is theirs to do (a step, a test, a check or a number). After "
        "they leave, whoever runs the cell hands it to somebody else.",
        "%(count)d tasks in cells are theirs to do (steps, tests, checks or numbers). After they "
        "leave, whoever runs the cell hands them to somebody else.",
        held,
    )
    return [words % {"count": held}]


def in_cell(cell: Cell, on: date) -> dict[DutyKind, list[LeftBehind]]:
    """Unattended duties in a cell, by kind, without empty kinds."""
    found = {kind: _in_cell(kind, cell, on) for kind in KINDS}
    return {kind: duties for kind, duties in found.items() if duties}


def _in_cell(kind: DutyKind, cell: Cell, on: date) -> list[LeftBehind]:
    rows = left_behind(kind, cell.agency, on).filter(**{kind.group: cell.group_id})
    named = rows.select_related(kind.field).annotate(duty_title=F(kind.title)).order_by("pk")
    return [
        LeftBehind(row, columns_of(_Title, row).duty_title, getattr(row, kind.field))
        for row in named
    ]
