"""Who may plan, change and start a plan and its steps; and what a plan still lacks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.cell.rules import working
from cells.ideas.models import Opportunity, OpportunityState
from cells.plans.models.plans import (
    STILL_OPEN,
    ActionPlan,
    ActionStep,
    BaselineChange,
    OutcomeStandard,
    PlanStatus,
    StandardRole,
    StepStatus,
    SustainPlan,
)
from foundation import prepared
from foundation.models import Agency
from foundation.refusals import Refusal
from groups import rules as group_rules
from measures.definitions.models import Measure
from measures.kinds.shape import BetterWay


def planning(opportunity: Opportunity, by: Member) -> Refusal | None:
    if opportunity.state != OpportunityState.CHOSEN:
        return Refusal(
            _("A plan is made for an idea that the cell has chosen."),
            _("Rank the ideas and decide on one first."),
        )
    return working(opportunity.cell, by)


def changing_plan(plan: ActionPlan, by: Member) -> Refusal | None:
    """Changing its aim, goal and evaluation: not while under way, so that the goal stays put."""
    if plan.status == PlanStatus.ACTIVE:
        return Refusal(
            _("The plan is under way, so its aim and its goal stay as they are."),
            _("You can still add and change action steps. To change the rest, stop it first."),
        )
    return planning(plan.opportunity, by)


def adding_steps(plan: ActionPlan, by: Member) -> Refusal | None:
    return planning(plan.opportunity, by)


def changing_step(step: ActionStep, by: Member) -> Refusal | None:
    if not step.may_become(StepStatus.DROPPED):
        return Refusal(_("This step has ended."), _("Add a new one if more is to be done."))
    return planning(step.plan.opportunity, by)


def doing_step(step: ActionStep, by: Member) -> Refusal | None:
    """Starting or completing a step: once the plan is under way."""
    if step.plan.status != PlanStatus.ACTIVE:
        return Refusal(
            _("The plan has not started yet."), _("Start the plan first; its page says how.")
        )
    return changing_step(step, by)


def reopening_step(step: ActionStep, by: Member) -> Refusal | None:
    """Reopening a done or dropped step; a plan under way has only complete steps."""
    if step.status in STILL_OPEN:
        return Refusal(_("This step is still open."), _("Change it, or mark it as done."))
    if step.plan.status == PlanStatus.ACTIVE and lacking_in_step(step):
        return Refusal(
            _("This step does not say who does it and by when."), _("Add a new one instead.")
        )
    return planning(step.plan.opportunity, by)


def waiting_for(step: ActionStep, open_needs: Collection[ActionStep]) -> Refusal | None:
    """Starting a step: once everything it needs is done or dropped."""
    if not open_needs:
        return None
    names = "; ".join(need.what for need in open_needs)
    return Refusal(_("Another step comes first."), str(_("First: %(steps)s.")) % {"steps": names})


def waits_for_itself(
    step: int, needs: Collection[int], others: Mapping[int, Collection[int]]
) -> bool:
    """Whether the step would, through others, need itself; `others` are the other steps' needs."""
    seen: set[int] = set()
    ahead = list(needs)
    while ahead:
        need = ahead.pop()
        if need == step:
            return True
        if need not in seen:
            seen.add(need)
            ahead.extend(others.get(need, ()))
    return False


def lacking_in_step(step: ActionStep) -> list[str | Promise]:
    """What a step must still say before its plan can start."""
    lacks: list[str | Promise] = []
    if step.owner_id is None:
        lacks.append(_("Say who will do it."))
    if step.due is None:
        lacks.append(_("Say by when."))
    return lacks


def reviewing(plan: ActionPlan, by: Member) -> Refusal | None:
    if plan.status != PlanStatus.ACTIVE:
        return Refusal(_("This plan is not under way."), _("There is nothing to look at yet."))
    return planning(plan.opportunity, by)


def dropping_standard(standard: OutcomeStandard, plan: ActionPlan, by: Member) -> Refusal | None:
    """Removing a further measure from a plan that was never under way; the outcome stays."""
    if standard.role == StandardRole.OUTCOME or plan.activated_on is not None:
        return Refusal(
            _("This measure shows whether the plan works, so it stays."),
            _("You can choose another measure for the goal."),
        )
    return changing_plan(plan, by)


def sustaining(plan: ActionPlan, by: Member) -> Refusal | None:
    """Setting how to check that the gain lasts: once the plan is finished."""
    if plan.status != PlanStatus.FINISHED:
        return Refusal(
            _("This plan is not finished."), _("First see whether it worked, then close the idea.")
        )
    return working(plan.opportunity.cell, by)


def looking_on(plan: ActionPlan, sustain: SustainPlan | None, by: Member) -> Refusal | None:
    """Checking whether the gain lasts: while somebody is to do so, or when it has slipped.

    In a closed cell, the person named to continue, and people who work with groups.
    """
    if not plan.asks and (sustain is None or sustain.ended_on is not None):
        return Refusal(
            _("Nobody looks any more whether it lasts."), _("You can share an improvement idea.")
        )
    cell = plan.opportunity.cell
    if sustain is not None and sustain.ended_on is None and cell.group.is_over(by.agency.today()):
        if sustain.looked_at_by_id == by.pk:
            return None
        return group_rules.running(cell.group, by)
    return sustaining(plan, by)


@dataclass(frozen=True)
class Lack:
    """Something a plan needs before it may start: `part` is the page to add it."""

    code: str
    part: str
    words: str | Promise


def lacking(plan: ActionPlan) -> list[Lack]:
    """Everything that the plan still lacks, in the order of its pages."""
    found: list[Lack] = []
    if not plan.aim:
        found.append(Lack("aim", "aim", _("Say what is to be better, for whom, by when.")))
    standards = list(plan.standards.all())
    if not any(standard.role == StandardRole.OUTCOME for standard in standards):
        found.append(Lack("measure", "standard", _("Choose the measure that will show it.")))
    unconfirmed = _unconfirmed(plan, standards)
    for standard in standards:
        found += _lacking_standard(standard, confirmed=standard.pk not in unconfirmed)
    steps = [step for step in plan.steps.all() if step.status in STILL_OPEN]
    if not steps:
        found.append(Lack("step", "steps", _("Write down at least one action step.")))
    found += _lacking_in_steps(steps)
    if plan.looked_at_by_id is None:
        found.append(Lack("looked_at_by", "evaluation", _("Say who will look at how it goes.")))
    if not plan.cadence:
        found.append(Lack("cadence", "evaluation", _("Say how often they will look.")))
    if not plan.adapt_if:
        found.append(Lack("adapt_if", "evaluation", _("Say what would make you change it.")))
    return found


def _unconfirmed(plan: ActionPlan, standards: Sequence[OutcomeStandard]) -> set[int]:
    """Those whose frozen baseline has changed since; one query, none before the plan begins."""
    if plan.activated_on is None or not standards:
        return set()
    values = {"agency": plan.agency_id, "keys": [each.pk for each in standards]}
    return {standard for (standard,) in prepared.of_agency(_open_changes).tuples(values)}


def _open_changes(agency: Agency) -> QuerySet[BaselineChange, int]:
    changes = BaselineChange.objects.within(agency).open()
    return changes.filter(prepared.one_of_keys("standard")).values_list("standard", flat=True)


def _lacking_in_steps(steps: Sequence[ActionStep]) -> list[Lack]:
    found: list[Lack] = []
    unowned = sum(step.owner_id is None for step in steps)
    if unowned:
        found.append(
            Lack(
                "owner",
                "steps",
                ngettext(
                    "Say who will do it, for %(count)d step.",
                    "Say who will do it, for %(count)d steps.",
                    unowned,
                )
                % {"count": unowned},
            )
        )
    undated = sum(step.due is None for step in steps)
    if undated:
        found.append(
            Lack(
                "due",
                "steps",
                ngettext(
                    "Say by when, for %(count)d step.", "Say by when, for %(count)d steps.", undated
                )
                % {"count": undated},
            )
        )
    return found


def _lacking_standard(standard: OutcomeStandard, *, confirmed: bool) -> list[Lack]:
    found: list[Lack] = []
    measure = standard.measure
    if measure.retired_on is not None:
        words = _("The measure was retired. Choose another one for the goal.")
        found.append(Lack("measure_retired", "standard", words))
    if not confirmed:
        words = _("The baseline has changed. Confirm it first.")
        found.append(Lack("baseline_open", "baseline", words))
    if measure.direction == BetterWay.NEUTRAL:
        found.append(Lack("direction", "direction", _("Say in the measure which way is better.")))
    if standard.role != StandardRole.OUTCOME:
        # Other measures need neither goal nor date; their baseline is frozen all the same.
        return found
    if standard.baseline is None:
        found.append(Lack("baseline", "standard", _("Say where you start from.")))
    return found + _lacking_goal(standard)


def _lacking_goal(standard: OutcomeStandard) -> list[Lack]:
    found: list[Lack] = []
    if standard.target is None:
        found.append(Lack("target", "standard", _("Say where you want to get.")))
    if standard.target_on is None:
        found.append(Lack("target_on", "standard", _("Say by when you want to get there.")))
    elif standard.target_on < standard.agency.today():
        # Even for a plan that is started again: a past day can't be the goal's date.
        found.append(
            Lack(
                "target_over",
                "standard",
                _("The day of the goal is over. Say anew by when, and what you want to reach."),
            )
        )
    if is_worse(standard.measure, standard.baseline, standard.target):
        found.append(Lack("target_worse", "standard", _("The goal is worse than where you start.")))
    return found


def is_worse(measure: Measure, baseline: Decimal | None, target: Decimal | None) -> bool:
    """Whether the goal is worse than the baseline; False while either is undecided."""
    if baseline is None or target is None:
        return False
    return {
        BetterWay.INCREASE: target < baseline,
        BetterWay.DECREASE: target > baseline,
    }.get(BetterWay(measure.direction), False)


def wrong_numbers(
    measure: Measure, baseline: Decimal | None, target: Decimal | None
) -> dict[str, str]:
    """Errors of a baseline or goal in the measure's units, by field."""
    wrong: dict[str, str] = {}
    most = measure.shape.largest
    for name, value in (("baseline", baseline), ("target", target)):
        if value is not None and value < 0:
            wrong[name] = gettext("A number can't be less than 0.")
        elif value is not None and most is not None and value > most:
            wrong[name] = gettext("This can't be more than %(most)d.") % {"most": most}
    return wrong


def confirming_baseline(plan: ActionPlan, by: Member, *, is_open: bool) -> Refusal | None:
    """Confirming baseline and goal after something moved the baseline."""
    if not is_open:
        return Refusal(
            _("Nothing has changed the baseline since it was confirmed."),
            _("Look at the plan to see where it starts from."),
        )
    return working(plan.opportunity.cell, by)


def activating(plan: ActionPlan, by: Member) -> Refusal | None:
    if (refusal := changing_plan(plan, by)) is not None:
        return refusal
    lacks = lacking(plan)
    if lacks:
        return Refusal(_("The plan is not whole yet."), " ".join(str(lack.words) for lack in lacks))
    return None


def running() -> Q:
    """A condition on standards: their plan is under way, or finished and still being checked."""
    watched = Q(plan__sustain__isnull=False, plan__sustain__ended_on=None)
    return Q(plan__status=PlanStatus.ACTIVE) | (Q(plan__status=PlanStatus.FINISHED) & watched)
