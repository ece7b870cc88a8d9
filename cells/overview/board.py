"""All cells side by side: where each is, what waits, what is late, who sits in it, what came."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from accounts.models import Member
from cells.cell import place
from cells.cell.models import Cell, CellQuerySet
from cells.overview import facts, partnership_signals
from cells.overview.late import OverdueWork, late_of
from cells.overview.next_step import ahead
from cells.overview.partnership_signals import Sign
from cells.overview.stages import MissionStage, stage
from cells.plans.evaluation import JudgedMeasure, begun_by
from cells.plans.models import OutcomeStandard, StandardRole
from foundation import policies
from groups.composition import ConsumerShare, composition
from groups.composition import share as share_of
from groups.models import Group


@dataclass(frozen=True)
class BoardLine:
    """One cell on the board. `share` is None without voting members; `judged` is how its latest
    plan does by its outcome measure, None before there is one."""

    cell: Cell
    stage: MissionStage
    next: str
    late: OverdueWork
    share: ConsumerShare | None
    judged: JudgedMeasure | None
    signs: list[Sign]


def board(cells: CellQuerySet, reader: Member) -> list[BoardLine]:
    """The open cells among these, by name; in a fixed number of queries."""
    agency, today = reader.agency, reader.agency.today()
    rows = facts.with_facts(cells.open(today), reader, today)
    rows = partnership_signals.with_signs(rows, agency, today)
    outcomes = OutcomeStandard.objects.within(agency).filter(
        plan=OuterRef("last_plan"), role=StandardRole.OUTCOME
    )
    rows = rows.annotate(judged_by=Subquery(outcomes.order_by("pk").values("pk")[:1]))
    found: list[Any] = list(rows.order_by("group__name", "pk"))
    shares = _shares(reader, [cell.group_id for cell in found])
    judged = begun_by(agency, {cell.judged_by for cell in found if cell.judged_by})
    late = late_of(agency, found, today)
    return [
        _line(cell, reader, late[cell.pk], shares.get(cell.group_id), judged.get(cell.judged_by))
        for cell in found
    ]


def _line(
    cell: Cell,
    reader: Member,
    late: OverdueWork,
    share: ConsumerShare | None,
    judged: JudgedMeasure | None,
) -> BoardLine:
    cell.agency = cell.group.agency = reader.agency
    place.settle(cell, cell)
    known = facts.facts(cell)
    return BoardLine(
        cell=cell,
        stage=stage(known),
        next=ahead(cell, known, reader, reader.agency.today()).words,
        late=late,
        share=share,
        judged=judged,
        signs=[sign for sign in partnership_signals.signs(cell, reader) if sign.alert],
    )


def _shares(reader: Member, keys: Iterable[int]) -> dict[int, ConsumerShare | None]:
    today = reader.agency.today()
    settings = policies.settings_of(reader.agency, today)
    groups = Group.objects.within(reader.agency).filter(pk__in=keys)
    return {
        each.group_id: share_of(each, reader, settings=settings)
        for each in composition(groups, today)
    }
