"""All cells side by side: stage, next steps, overdue work, people and results."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from accounts.models import Member
from cells.cell.models import Cell
from cells.overview.facts import CellFacts
from cells.overview.late import OverdueWork, late_of
from cells.overview.next_step import ahead
from cells.overview.partnership_signals import Sign, signs_of
from cells.overview.stages import MissionStage
from cells.plans.evaluation import JudgedMeasure, outcomes_of
from foundation import policies
from groups.composition import ConsumerShare, composition_of
from groups.composition import share as share_of


@dataclass(frozen=True)
class BoardLine:
    """One cell on the board.

    `share` is None without voting members; `judged` is its latest plan by its outcome measure, None
    before there is one.
    """

    cell: Cell
    stage: MissionStage
    next: str
    late: OverdueWork
    share: ConsumerShare | None
    judged: JudgedMeasure | None
    signs: list[Sign]


def board(found: Collection[CellFacts], reader: Member) -> list[BoardLine]:
    """A line for each of these cells, in their order; in a fixed number of queries."""
    agency, today = reader.agency, reader.agency.today()
    signs = signs_of(found, reader, today)
    shares = _shares(reader, [each.cell.group_id for each in found])
    judged = outcomes_of(agency, [each.last_plan for each in found if each.last_plan is not None])
    late = late_of(agency, [each.cell for each in found], today)
    return [
        BoardLine(
            cell=each.cell,
            stage=each.stage,
            next=ahead(each, reader, today).words,
            late=late[each.cell.pk],
            share=shares.get(each.cell.group_id),
            judged=None if each.last_plan is None else judged.get(each.last_plan),
            signs=[sign for sign in signs[each.cell.pk] if sign.alert],
        )
        for each in found
    ]


def _shares(reader: Member, keys: Iterable[int]) -> dict[int, ConsumerShare | None]:
    today = reader.agency.today()
    settings = policies.settings_of(reader.agency, today)
    return {
        each.group_id: share_of(each, reader, settings=settings)
        for each in composition_of(reader.agency, keys, today)
    }
