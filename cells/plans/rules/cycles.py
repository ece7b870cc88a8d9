"""Who may plan, start and fill in a test of a change; and what a test still lacks."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.cell.rules import recording
from cells.plans.models.cycles import CycleOutcome, CyclePart, PDSACycle
from cells.plans.models.plans import ActionPlan, PlanStatus
from cells.plans.rules.plans import planning
from foundation.refusals import Refusal


def planning_cycle(plan: ActionPlan, by: Member) -> Refusal | None:
    """Adding a test, even while the plan is being made; it starts once the plan is under way."""
    return planning(plan.opportunity, by)


def recording_cycle(plan: ActionPlan, by: Member) -> Refusal | None:
    """Recording a test done outside the portal, whatever happened to plan, idea or cell."""
    return recording(plan.opportunity.cell, by)


def lacking_in_cycle(cycle: PDSACycle) -> dict[str, str | Promise]:
    """What the test still lacks before it may start, by form field."""
    lacks: dict[str, tuple[bool, str | Promise]] = {
        "objective": (bool(cycle.objective), _("Say what you want to learn.")),
        "prediction": (bool(cycle.prediction), _("Say what you think will happen.")),
        "what": (bool(cycle.what), _("Say what exactly will be done.")),
        "leader": (cycle.leader_id is not None, _("Say who is in charge.")),
        "who": (bool(cycle.who), _("Say who takes part.")),
        "where": (bool(cycle.where), _("Say where.")),
        "scale": (bool(cycle.scale), _("Say how small you start.")),
        "from_day": (cycle.from_day is not None, _("Say on which day it starts.")),
        "to_day": (cycle.to_day is not None, _("Say on which day it ends.")),
        "measure": (
            cycle.measure_id is not None or bool(cycle.looked_at),
            _("Say which number, or what else, will show it."),
        ),
    }
    return {name: words for name, (there, words) in lacks.items() if not there}


def _over(cycle: PDSACycle) -> Refusal | None:
    if cycle.broken_off_on is not None:
        return Refusal(
            _("This test was ended when its cell closed."), _("You can still read how it went.")
        )
    if cycle.ended_on is not None:
        return Refusal(_("This test has ended."), _("Plan the next one."))
    return None


def writing_in_cycle(cycle: PDSACycle, part: CyclePart, by: Member) -> Refusal | None:
    """Filling in or editing a part, until the part after the next one is begun.

    The plan can't change once the test has started: a prediction made afterwards is none.
    """
    if (refusal := _over(cycle)) is not None:
        return refusal
    over = {
        CyclePart.PLAN: cycle.started_on is not None,
        CyclePart.DO: cycle.studied_on is not None,
    }
    if over.get(part, False):
        return Refusal(
            _("This part of the test is over."), _("Write what you know now in the next part.")
        )
    before = {
        CyclePart.DO: cycle.started_on,
        CyclePart.STUDY: cycle.done_on,
        CyclePart.ACT: cycle.studied_on,
    }
    if part in before and before[part] is None:
        return Refusal(
            _("This part of the test comes later."), _("Fill in the part before it first.")
        )
    if cycle.started_on is not None:
        # Whatever happened to the idea or the cell meanwhile, what was learned is kept.
        return recording(cycle.plan.opportunity.cell, by)
    return planning(cycle.plan.opportunity, by)


def starting_cycle(cycle: PDSACycle, by: Member) -> Refusal | None:
    if (refusal := writing_in_cycle(cycle, CyclePart.PLAN, by)) is not None:
        return refusal
    if cycle.plan.status != PlanStatus.ACTIVE:
        return Refusal(
            _("The plan has not started yet."), _("Start the plan first; its page says how.")
        )
    if lacks := lacking_in_cycle(cycle):
        return Refusal(
            _("The test is not whole yet."), " ".join(str(words) for words in lacks.values())
        )
    return None


def concluding(cycle: PDSACycle, by: Member, *, has_next: bool) -> Refusal | None:
    """Concluding a test; changing the conclusion until the next test continues it."""
    if cycle.ended_on is None:
        return writing_in_cycle(cycle, CyclePart.ACT, by)
    if has_next:
        return Refusal(
            _("The next test goes on from this one."), _("Write what you know now in that one.")
        )
    return recording(cycle.plan.opportunity.cell, by)


def taking_away_cycle(cycle: PDSACycle, by: Member) -> Refusal | None:
    """Deleting a test that was never started; one that was tried stays, with its results."""
    if cycle.started_on is not None:
        return Refusal(
            _("This test has started."), _("Write down what happened, and leave the change there.")
        )
    if cycle.broken_off_on is not None:
        return _over(cycle)
    return planning(cycle.plan.opportunity, by)


def going_on_from(cycle: PDSACycle, by: Member, *, has_next: bool) -> Refusal | None:
    """Adding the next test of the same change, which continues this one."""
    if cycle.outcome == CycleOutcome.ABANDON:
        return Refusal(_("You left this change."), _("Plan a test of another one."))
    if cycle.broken_off_on is not None:
        return _over(cycle)
    if cycle.ended_on is None:
        return Refusal(_("This test is still going on."), _("Finish all four parts first."))
    if has_next:
        return Refusal(_("The next test is there already."), _("Go on from the last one."))
    return planning_cycle(cycle.plan, by)
