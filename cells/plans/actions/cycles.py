"""Small tests of a change: planned, started, done, studied, concluded."""

from datetime import date
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import Member
from cells.plans import rules
from cells.plans.actions.plans import locked as locked_plan
from cells.plans.models.cycles import CycleOutcome, CyclePart, Foretold, PDSACycle
from cells.plans.models.drivers import Driver, DriverLevel
from cells.plans.models.plans import ActionPlan
from foundation import events
from foundation.edits import required, same
from foundation.refusals import enforce
from measures.definitions.models import Measure
from notifications.actions import tell


class PlannedTest(TypedDict, total=False):
    """The plan of a test, without its title; omitted fields stay as they are."""

    objective: str
    prediction: str
    what: str
    leader: Member | None
    who: str
    where: str
    scale: str
    from_day: date | None
    to_day: date | None
    measure: Measure | None
    looked_at: str
    change_idea: Driver | None


class ChangedTest(PlannedTest, total=False):
    """The same, with its title."""

    title: str


def _locked(cycle: PDSACycle, by: Member) -> PDSACycle:
    """Lock the plan, then the test: what may be done depends on both."""
    plan = locked_plan(cycle.plan, by)
    cycle = PDSACycle.objects.within(by.agency).select_for_update().get(pk=cycle.pk)
    cycle.plan = plan
    return cycle


def _record(name: str, cycle: PDSACycle, by: Member, **numbers: int | str) -> None:
    cell = cycle.plan.opportunity.cell_id
    plan = cycle.plan_id
    events.record(name, cycle, by=by, on_behalf_of=None, plan=plan, cell=cell, **numbers)


def _save(cycle: PDSACycle, name: str, by: Member, **numbers: int | str) -> PDSACycle:
    cycle.version += 1
    cycle.save()
    _record(name, cycle, by, **numbers)
    return cycle


@transaction.atomic
def plan_cycle(
    plan: ActionPlan,
    *,
    title: str,
    by: Member,
    former: PDSACycle | None = None,
    **planned: Unpack[PlannedTest],
) -> PDSACycle:
    """Add a test; everything but its title may follow until it starts.

    With `former`, it is the next test of that ramp.
    """
    plan = locked_plan(plan, by)
    enforce(rules.planning_cycle(plan, by))
    cycles = PDSACycle.objects.within(by.agency).filter(plan=plan)
    if former is not None:
        former = _locked(former, by)
        if former.plan_id != plan.pk:
            raise ValidationError(_("Go on from a test of the same plan."))
        has_next = cycles.filter(former=former).exists()
        enforce(rules.going_on_from(former, by, has_next=has_next))
    last = cycles.aggregate(last=Max("number"))["last"] or 0
    cycle = PDSACycle(
        agency=by.agency, plan=plan, number=last + 1, former=former, planned_on=by.agency.today()
    )
    _fill_in(cycle, by, title=title, **planned)
    cycle.save()
    _record("cycle.planned", cycle, by, number=cycle.number)
    _tell_leader(cycle, None, by)
    return cycle


@transaction.atomic
def record_cycle(
    plan: ActionPlan,
    *,
    title: str,
    what: str,
    happened: str,
    unexpected: str = "",
    from_day: date,
    to_day: date,
    by: Member,
) -> PDSACycle:
    """Record a test done outside the portal; what was learned follows as usual.

    It has no prediction: nobody predicts what has already happened. ValidationError by field.
    """
    plan = locked_plan(plan, by)
    enforce(rules.recording_cycle(plan, by))
    required(title=title, what=what, happened=happened)
    if to_day < from_day:
        raise ValidationError({"to_day": _("The last day can't be before the first one.")})
    if to_day > by.agency.today():
        raise ValidationError({"to_day": _("This day is still to come.")})
    cycles = PDSACycle.objects.within(by.agency).filter(plan=plan)
    cycle = cycles.create(
        agency=by.agency,
        plan=plan,
        number=(cycles.aggregate(last=Max("number"))["last"] or 0) + 1,
        title=title.strip(),
        what=what.strip(),
        happened=happened.strip(),
        unexpected=unexpected.strip(),
        from_day=from_day,
        to_day=to_day,
        planned_on=from_day,
        started_on=from_day,
        done_on=to_day,
        recorded_on=by.agency.today(),
        recorded_by=by,
    )
    _record("cycle.recorded", cycle, by, number=cycle.number)
    return cycle


@transaction.atomic
def change_cycle(
    cycle: PDSACycle, *, by: Member, version: int | None = None, **planned: Unpack[ChangedTest]
) -> PDSACycle:
    """Fill in its plan; omitted fields stay as they are."""
    cycle = _locked(cycle, by)
    enforce(rules.writing_in_cycle(cycle, CyclePart.PLAN, by))
    same(cycle, version)
    before = cycle.leader_id
    _fill_in(cycle, by, **planned)
    cycle = _save(cycle, "cycle.changed", by)
    _tell_leader(cycle, before, by)
    return cycle


def _fill_in(cycle: PDSACycle, by: Member, **planned: Unpack[ChangedTest]) -> None:
    for name, value in planned.items():
        if name not in ChangedTest.__optional_keys__:
            raise TypeError(f"a test has no {name} to plan")
        setattr(cycle, name, value.strip() if isinstance(value, str) else value)
    required(title=cycle.title)
    wrong: dict[str, str] = {}
    measure: Measure | None = cycle.measure
    if measure is not None and measure.owner_id != cycle.plan.opportunity.cell.group_id:
        wrong["measure"] = _("Choose one of the measures of this cell.")
    idea: Driver | None = cycle.change_idea
    if idea is not None and (idea.plan_id != cycle.plan_id or idea.level != DriverLevel.IDEA):
        wrong["change_idea"] = _("Choose one of the change ideas of this plan.")
    if cycle.from_day and cycle.to_day and cycle.to_day < cycle.from_day:
        wrong["to_day"] = _("The last day can't be before the first one.")
    if wrong:
        raise ValidationError(wrong)


def _tell_leader(cycle: PDSACycle, before: int | None, by: Member) -> None:
    if cycle.leader is not None and cycle.leader_id not in (before, by.pk):
        tell(cycle.leader, "cycle.given", subject=cycle)


@transaction.atomic
def start_cycle(cycle: PDSACycle, *, by: Member) -> PDSACycle:
    """Start the test, which fixes its plan and its prediction."""
    cycle = _locked(cycle, by)
    enforce(rules.starting_cycle(cycle, by))
    cycle.started_on = by.agency.today()
    return _save(cycle, "cycle.started", by)


@transaction.atomic
def record_doing(
    cycle: PDSACycle,
    *,
    happened: str,
    unexpected: str,
    over: bool,
    by: Member,
    version: int | None = None,
) -> PDSACycle:
    """Record what was done and seen, even unexpected; `over`: the test is done."""
    cycle = _locked(cycle, by)
    enforce(rules.writing_in_cycle(cycle, CyclePart.DO, by))
    same(cycle, version)
    if over or cycle.done_on is not None:
        required(happened=happened)
    cycle.happened, cycle.unexpected = happened.strip(), unexpected.strip()
    if over and cycle.done_on is None:
        cycle.done_on = by.agency.today()
        return _save(cycle, "cycle.done", by)
    return _save(cycle, "cycle.changed", by)


@transaction.atomic
def record_study(
    cycle: PDSACycle, *, foretold: str, learned: str, by: Member, version: int | None = None
) -> PDSACycle:
    """Record whether the prediction held, and what the cell learned."""
    cycle = _locked(cycle, by)
    enforce(rules.writing_in_cycle(cycle, CyclePart.STUDY, by))
    same(cycle, version)
    required(learned=learned)
    if foretold not in Foretold.values:
        raise ValidationError({"foretold": _("Choose one of the answers.")})
    cycle.foretold, cycle.learned = foretold, learned.strip()
    cycle.studied_on = cycle.studied_on or by.agency.today()
    return _save(cycle, "cycle.studied", by)


@transaction.atomic
def conclude_cycle(
    cycle: PDSACycle, *, outcome: str, reason: str, by: Member, version: int | None = None
) -> PDSACycle:
    """Adopt, adapt or abandon the change, with the reason; the test has ended.

    It can be repeated with another decision until a next test continues from it.
    """
    cycle = _locked(cycle, by)
    following = PDSACycle.objects.within(by.agency).filter(former=cycle)
    enforce(rules.concluding(cycle, by, has_next=following.exists()))
    same(cycle, version)
    required(reason=reason)
    if outcome not in CycleOutcome.values:
        raise ValidationError({"outcome": _("Choose one of the answers.")})
    name = "cycle.ended" if cycle.ended_on is None else "cycle.reconsidered"
    cycle.ended_on = cycle.ended_on or by.agency.today()
    cycle.outcome, cycle.reason = outcome, reason.strip()
    return _save(cycle, name, by, outcome=outcome)


@transaction.atomic
def take_away_cycle(cycle: PDSACycle, *, by: Member) -> None:
    """Delete a test that was never started; its history stays."""
    cycle = _locked(cycle, by)
    enforce(rules.taking_away_cycle(cycle, by))
    _record("cycle.taken_away", cycle, by, number=cycle.number)
    cycle.delete()
