"""Closing a cell: each piece of work ends, is handed over, or is monitored further."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Field
from django.utils.translation import gettext as _

from accounts.models import Member
from cells.cell import rules as cell_rules
from cells.cell.models import Cell
from cells.handing_on import goes_on
from cells.handing_on.goes_on import Child, ChildChoice, Key
from cells.handing_on.models import Fate, HowItWent, Settlement, Touched
from cells.ideas import lineage
from cells.ideas.actions import leave_behind
from cells.ideas.models import Opportunity, OpportunityState
from cells.plans.actions import EVERY
from cells.plans.models import (
    ActionPlan,
    ActionStep,
    Cadence,
    PDSACycle,
    PlanStatus,
    StepStatus,
    SustainPlan,
)
from cells.ranking.models import PriorityRound
from foundation import events
from foundation.edits import required
from foundation.refusals import enforce
from foundation.transitions import StatefulModel
from groups import actions as group_actions
from groups import rules as group_rules
from groups.models import Closure, DecisionStatus, Seat
from measures.definitions.actions import own
from measures.definitions.models import Measure
from notifications.actions import tell


@dataclass
class _Settled:
    """A child whose choice was carried out, with the rows it changed."""

    child: Child
    choice: ChildChoice
    touched: list[Touched] = field(default_factory=list)

    def change(self, row: goes_on.Work, **values: Any) -> None:
        """Change a (locked) row, and keep its former values."""
        before = {}
        for name, value in values.items():
            declared = row._meta.get_field(name)
            assert isinstance(declared, Field)
            column = declared.attname
            was = getattr(row, column)
            before[column] = was.isoformat() if isinstance(was, date) else was
            if isinstance(row, StatefulModel) and name == row.moves.field:
                row.become(value)
            else:
                setattr(row, name, value)
        row.version += 1
        row.save()
        self.touched.append(
            Touched(model=str(row._meta.model_name), row=row.pk, before=before, version=row.version)
        )


@transaction.atomic
def close_cell(
    cell: Cell,
    *,
    choices: Mapping[Key, ChildChoice],
    why: str,
    on: date,
    by: Member,
    late_reason: str = "",
) -> Cell:
    """Close a cell, with a choice for each of its children (`goes_on.children`).

    ValidationError: no reason, a child without a choice, a choice its kind does not have, an end
    without an explanation, an absent person to continue it.
    """
    rows = Cell.objects.within(by.agency).select_related("group")
    cell = rows.select_for_update(of=("self",)).get(pk=cell.pk)
    cell.agency = cell.group.agency = by.agency
    votes = PriorityRound.objects.within(by.agency).started().filter(cell=cell)
    undecided = cell.group.decisions.filter(status=DecisionStatus.OPEN).exists()
    enforce(cell_rules.closing_cell(cell, by, undecided=undecided, under_way=votes.exists()))
    required(why=why)
    children = goes_on.children(cell)
    _check(cell, children, choices, by)
    settled = {child.key: _Settled(child, choices[child.key]) for child in children}
    _lock(cell)
    places = _places(settled.values(), by)
    for each in settled.values():
        _carry_out(each, places, by.agency.today())
    _settle_measures(settled.values(), places, by.agency.today())
    _end_the_rest(cell, why, by.agency.today())
    cell.group = group_actions.close_group(
        cell.group, on=on, by=by, why=why, late_reason=late_reason
    )
    closure = group_actions.closure_of(cell.group)
    assert closure is not None
    for each in settled.values():
        _write_down(cell, closure, each, by)
    _tell(cell, list(settled.values()), by)
    events.record("cell.closed", cell, by=by, closure=closure.pk, settled=len(settled))
    return cell


def _lock(cell: Cell) -> None:
    """Lock rows in the same order as every other action."""
    for model in (Opportunity, ActionPlan, ActionStep, PDSACycle, SustainPlan, Measure):
        found = goes_on.rows(model, cell).order_by("pk").select_for_update(of=("self",))
        list(found.values_list("pk"))


def _check(
    cell: Cell, children: list[Child], choices: Mapping[Key, ChildChoice], by: Member
) -> None:
    if {child.key for child in children} != set(choices):
        raise ValidationError(
            _("What goes on in the cell has changed meanwhile. Please look at the list again.")
        )
    wrong: dict[str, str] = {}
    for child in children:
        wrong |= _wrong(cell, child, choices[child.key], by)
    going: dict[int, set[int]] = {}
    for child in children:
        to_cell = choices[child.key].to_cell
        for measure in child.measures if to_cell is not None else ():
            assert to_cell is not None
            going.setdefault(measure.pk, set()).add(to_cell.pk)
            if len(going[measure.pk]) > 1:
                wrong[f"{child.name}_to"] = _(
                    "It shares a measure with other work. Hand both to the same cell."
                )
    if wrong:
        raise ValidationError(wrong)


def _wrong(cell: Cell, child: Child, choice: ChildChoice, by: Member) -> dict[str, str]:
    """Errors of a choice, by field."""
    if choice.fate not in child.fates:
        return {f"{child.name}_fate": _("Choose one of the answers.")}
    if choice.fate == Fate.END:
        wrong = {}
        if not choice.why.strip():
            wrong[f"{child.name}_why"] = _("Say why it ends, or what you learned.")
        if child.begun and choice.outcome not in HowItWent.values:
            wrong[f"{child.name}_outcome"] = _("Say how it went, as far as you can tell.")
        return wrong
    if not _is_there(choice, cell, by):
        return {f"{child.name}_to": _("Choose who goes on with it.")}
    if choice.to_cell is not None and child.kind == goes_on.IDEA:
        for owner in lineage.owners(child.idea):
            if not group_rules.seeing(choice.to_cell.group, owner):
                return {
                    f"{child.name}_to": _(
                        "The person whose idea it is can’t see that cell. Choose another one."
                    )
                }
    return {}


def _is_there(choice: ChildChoice, cell: Cell, by: Member) -> bool:
    """Whether the person can continue it: in the program, and in the receiving cell."""
    today = by.agency.today()
    if choice.to is None:
        return False
    members = Member.objects.within(by.agency).on(today).not_paused(today)
    if not members.filter(pk=choice.to.pk).exists():
        return False
    if choice.fate == Fate.SUSTAIN:
        return choice.to_cell is None
    if choice.to_cell is None or choice.to_cell.pk == cell.pk:
        return False
    known = Cell.objects.within(by.agency).visible_to(by, today).open(today)
    seats = Seat.objects.within(by.agency).on(today).filter(member=choice.to)
    return (
        known.filter(pk=choice.to_cell.pk).exists()
        and seats.filter(group=choice.to_cell.group_id).exists()
    )


Places = dict[int, set[int]]


def _places(settled: Iterable[_Settled], by: Member) -> Places:
    """By receiving cell, the keys of the people who sit there."""
    cells = {e.choice.to_cell.pk: e.choice.to_cell for e in settled if e.choice.to_cell is not None}
    seats = Seat.objects.within(by.agency).on(by.agency.today())
    return {
        pk: set(seats.filter(group=each.group_id).values_list("member", flat=True))
        for pk, each in cells.items()
    }


def _carry_out(each: _Settled, places: Places, today: date) -> None:
    child, choice = each.child, each.choice
    if child.kind == goes_on.IDEA:
        if choice.fate == Fate.END:
            _end_idea(each, today)
        else:
            _hand_idea(each, places)
    elif child.kind == goes_on.WATCH:
        _settle_watch(each, today)
    elif child.kind == goes_on.TEST:
        each.change(child.test, broken_off_on=today, broken_off_because=choice.why.strip())


def _end_idea(each: _Settled, today: date) -> None:
    child, why = each.child, each.choice.why.strip()
    each.change(child.idea, state=OpportunityState.ENDED, state_on=today, reason=why)
    plan = child.plan
    if plan is not None and plan.status in (PlanStatus.DRAFT, PlanStatus.ACTIVE):
        each.change(plan, status=PlanStatus.STOPPED, ended_on=today, next_review_on=None)
    for step in child.steps:
        each.change(step, status=StepStatus.DROPPED, ended_on=today, reason=why)
    for test in child.tests:
        each.change(test, broken_off_on=today, broken_off_because=why)


def _hand_idea(each: _Settled, places: Places) -> None:
    child, to, to_cell = each.child, each.choice.to, each.choice.to_cell
    assert to is not None
    assert to_cell is not None
    there = places[to_cell.pk]
    each.change(child.idea, cell=to_cell)
    plan = child.plan
    if plan is not None and plan.looked_at_by_id is not None and plan.looked_at_by_id not in there:
        each.change(plan, looked_at_by=to)
    for step in child.steps:
        owner = step.owner if step.owner_id is None or step.owner_id in there else to
        helper = step.co_owner if step.co_owner_id in there else None
        if helper is not None and owner is not None and helper.pk == owner.pk:
            helper = None
        each.change(step, owner=owner, co_owner=helper)
    for test in child.tests:
        if test.leader_id is not None and test.leader_id not in there:
            each.change(test, leader=to)


def _settle_watch(each: _Settled, today: date) -> None:
    """Let a sustain plan continue with the named person, or end it; a slipped one is left so."""
    plan, choice = each.child.watch, each.choice
    if plan.asks:
        each.change(plan, left_on=today)
    held = SustainPlan.objects.within(plan.agency).filter(plan=plan).first()
    if held is None:
        return
    if choice.fate == Fate.END:
        if held.ended_on is None:
            each.change(held, ended_on=today, next_look_on=None)
        return
    due = held.next_look_on or today + EVERY[Cadence(held.cadence)]
    each.change(held, looked_at_by=choice.to, ended_on=None, next_look_on=due)


def _settle_measures(settled: Iterable[_Settled], places: Places, today: date) -> None:
    """Move a measure where it is needed: with handed-over work first, then with monitored work."""
    users: dict[int, list[_Settled]] = {}
    measures: dict[int, Measure] = {}
    for each in settled:
        judged_by = (
            [each.child.measure] if each.child.kind == goes_on.MEASURE else each.child.measures
        )
        for measure in judged_by:
            measures[measure.pk] = measure
            users.setdefault(measure.pk, []).append(each)
    order = [Fate.HAND_OVER, Fate.SUSTAIN, Fate.END]
    for pk, measure in measures.items():
        first = min(users[pk], key=lambda each: order.index(each.choice.fate))
        to, to_cell = first.choice.to, first.choice.to_cell
        if first.choice.fate == Fate.END:
            first.change(measure, retired_on=today)
        elif to_cell is not None:
            collects = measure.collected_by_id in places[to_cell.pk]
            collector = measure.collected_by if collects else to
            first.change(measure, owner=to_cell.group, collected_by=collector)
            own(measure, to_cell.group, today)
        else:
            first.change(measure, collected_by=to)


def _end_the_rest(cell: Cell, why: str, today: date) -> None:
    """End steps and plans of ideas that were dropped before: they need no decision."""
    for step in goes_on.rows(ActionStep, cell):
        step.become(StepStatus.DROPPED)
        step.ended_on, step.reason = today, why.strip()
        step.version += 1
        step.save()
    for plan in goes_on.rows(ActionPlan, cell):
        plan.become(PlanStatus.STOPPED)
        plan.ended_on, plan.next_review_on = today, None
        plan.version += 1
        plan.save()


def _write_down(cell: Cell, closure: Closure, each: _Settled, by: Member) -> None:
    choice = each.choice
    ended = choice.fate == Fate.END
    settlement = Settlement.objects.within(by.agency).create(
        cell=cell,
        closure=closure,
        kind=each.child.kind,
        row=each.child.row.pk,
        fate=choice.fate,
        outcome=choice.outcome if ended and each.child.begun else "",
        why=choice.why.strip(),
        to=None if ended else choice.to,
        to_cell=None if ended else choice.to_cell,
    )
    for touched in each.touched:
        touched.agency, touched.settlement = by.agency, settlement
    settlement.touched.bulk_create(each.touched)
    name = {Fate.END: "ended", Fate.HAND_OVER: "handed_over", Fate.SUSTAIN: "sustained"}
    events.record(
        f"child.{name[choice.fate]}",
        cell,
        by=by,
        kind=each.child.kind,
        row=each.child.row.pk,
        to=choice.to.pk if choice.to is not None and not ended else None,
    )


def _tell(cell: Cell, settled: list[_Settled], by: Member) -> None:
    """Tell the ideas' owners, and everybody who continues something."""
    ended, told = [], set()
    for each in settled:
        child, choice = each.child, each.choice
        if child.kind == goes_on.IDEA and choice.fate == Fate.END:
            ended.append(child.idea)
        elif child.kind == goes_on.IDEA:
            for owner, idea in lineage.owners(child.idea).items():
                if owner.pk != by.pk:
                    tell(owner, "opportunity.handed_over", subject=idea)
        if choice.to is not None and choice.fate != Fate.END and choice.to.pk != by.pk:
            place = choice.to_cell or cell
            if (choice.to.pk, place.pk) not in told:
                told.add((choice.to.pk, place.pk))
                tell(choice.to, "duty.given", subject=place)
    leave_behind(cell, ended, by=by)
