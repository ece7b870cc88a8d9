"""All cells side by side: where each is, what waits, what is late, who sits in it, what came."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from accounts.models import Member
from cells import charting, facts, signs
from cells.ahead import ahead
from cells.late import Late, late, with_late
from cells.models import Cell, CellQuerySet, Measure, OutcomeStandard
from cells.signs import Sign
from cells.stages import Stage, stage
from groups.composition import Share, composition, share
from groups.models import Group
from indicators.thresholds import settings_of


@dataclass(frozen=True)
class Line:
    """One cell on the board. `share` is None without voting members; `shown` by what it is judged,
    with what that number's chart says."""

    cell: Cell
    stage: Stage
    next: str
    late: Late
    share: Share | None
    shown: Measure | None
    said: str
    signs: list[Sign]


def board(cells: CellQuerySet, reader: Member) -> list[Line]:
    """The open cells among these, by name; in a fixed number of queries."""
    agency, today = reader.agency, reader.agency.today()
    rows = facts.with_facts(cells.open(today), reader, today)
    rows = signs.with_signs(with_late(rows, agency, today), agency, today)
    judged = OutcomeStandard.objects.within(agency).filter(plan=OuterRef("last_plan"))
    rows = rows.annotate(judged_by=Subquery(judged.order_by("pk").values("measure")[:1]))
    found: list[Any] = list(rows.order_by("group__name", "pk"))
    shares = _shares(reader, [cell.group_id for cell in found])
    keys = {cell.judged_by for cell in found if cell.judged_by}
    measures = Measure.objects.within(agency).filter(pk__in=keys).with_numbers().in_bulk()
    return [_line(cell, reader, shares, measures.get(cell.judged_by)) for cell in found]


def _line(
    cell: Cell, reader: Member, shares: dict[int, Share | None], measure: Measure | None
) -> Line:
    cell.agency = cell.group.agency = reader.agency
    facts.settle(cell, cell)
    known = facts.facts(cell)
    return Line(
        cell=cell,
        stage=stage(known),
        next=ahead(cell, known, reader, reader.agency.today()).words,
        late=late(cell),
        share=shares.get(cell.group_id),
        shown=measure,
        said=charting.said(measure, charting.of_columns(measure)) if measure else "",
        signs=[sign for sign in signs.signs(cell, reader) if sign.alert],
    )


def _shares(reader: Member, keys: Iterable[int]) -> dict[int, Share | None]:
    today = reader.agency.today()
    settings = settings_of(reader.agency, "membership", today)
    groups = Group.objects.within(reader.agency).filter(pk__in=keys)
    return {
        each.group_id: share(each, reader, settings=settings, past=False)
        for each in composition(groups, today)
    }
