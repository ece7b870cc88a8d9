"""Who may do what in a cell, and when; and what a plan still lacks."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Member
from accounts.permissions import Permission
from cells.models import (
    ActionPlan,
    ActionStep,
    Cell,
    DataPoint,
    ImportDraft,
    Measure,
    Opportunity,
    OpportunityState,
    OutcomeStandard,
    PlanStatus,
    PriorityRound,
    RoundStatus,
    Way,
)
from cells.models.plans import STILL_OPEN
from foundation.refusals import Refusal
from groups import rules as group_rules
from groups.models import GroupKind, Seat

# With fewer ballots than this the counts would tell how people voted.
SHOWN_FROM = 5
# With fewer ballots than this even the order would.
BALLOTS_TO_CLOSE = 3
ENTRIES = range(2, 31)

MOVES: dict[OpportunityState, frozenset[OpportunityState]] = {
    OpportunityState.RAISED: frozenset(
        {OpportunityState.CHOSEN, OpportunityState.PARKED, OpportunityState.DECLINED}
    ),
    OpportunityState.CHOSEN: frozenset({OpportunityState.PARKED, OpportunityState.DONE}),
    OpportunityState.PARKED: frozenset({OpportunityState.RAISED, OpportunityState.DECLINED}),
    OpportunityState.DECLINED: frozenset({OpportunityState.RAISED}),
    OpportunityState.DONE: frozenset(),
}


def opening(by: Member) -> Refusal | None:
    return group_rules.opening(GroupKind.CELL, by)


def running(cell: Cell, by: Member) -> Refusal | None:
    """Opening and closing rounds, setting ideas aside, changing the cell itself."""
    return group_rules.changing(cell.group, by)


def working(cell: Cell, by: Member) -> Refusal | None:
    """Planning, measuring and evaluating: everyone in the cell, as equals."""
    if not cell.group.is_open(by.agency.today()):
        return Refusal(_("This cell is closed."), _("You can still read what it did."))
    if group_rules.place(cell.group, by).seated or group_rules.running(cell.group, by) is None:
        return None
    return Refusal(
        _("Only the people in this cell can do this."),
        _("Ask one of them, or share an improvement idea with them."),
    )


def seeing_who_took_part(reader: Member) -> bool:
    """Whether consumers took part in a stage: with one name beside it, that tells who is one."""
    return reader.may(Permission.SEE_STANDINGS)


def raising(cell: Cell, by: Member) -> Refusal | None:
    """Anyone in the program may raise something, in any cell that they may know of."""
    if not cell.group.is_open(by.agency.today()):
        return Refusal(_("This cell is closed."), _("Choose another one for your idea."))
    return None


def raising_for(author: Member, by: Member) -> Refusal | None:
    """Entering what somebody else said, with their consent."""
    if author.pk == by.pk or by.may(Permission.FACILITATE):
        return None
    return Refusal(
        _("Only a facilitator can enter an idea for somebody else."),
        _("Ask a facilitator, or share it as your own."),
    )


def moving(opportunity: Opportunity, to: OpportunityState, by: Member) -> Refusal | None:
    """Setting aside, not taking up, taking up again. Choosing is the cell's: by its decision."""
    if to not in MOVES[OpportunityState(opportunity.state)] or to == OpportunityState.CHOSEN:
        return Refusal(
            _("This can't be done with the idea as it is now."),
            _("Look at its page to see where it stands."),
        )
    return running(opportunity.cell, by)


def leaving(*, in_vote: bool, proposed: bool) -> Refusal | None:
    """Taking an idea off the table while others vote or decide on it."""
    if in_vote:
        return Refusal(
            _("People are voting on this idea now."), _("Wait until the vote is closed.")
        )
    if proposed:
        return Refusal(_("The cell is deciding on this idea now."), _("Wait for its decision."))
    return None


def finishing(opportunity: Opportunity, plan: ActionPlan | None, by: Member) -> Refusal | None:
    """Closing it as done: something was planned, tried, and nothing is left open."""
    if (refusal := moving(opportunity, OpportunityState.DONE, by)) is not None:
        return refusal
    if plan is None or plan.activated_on is None:
        return Refusal(
            _("Nothing has been tried for this idea yet."),
            _("Start its action plan first, or set the idea aside."),
        )
    if any(step.status in STILL_OPEN for step in plan.steps.all()):
        return Refusal(
            _("Some action steps are still open."), _("Mark each one as done, or drop it.")
        )
    return None


def opening_round(
    cell: Cell, by: Member, *, ideas: int, voters: int, under_way: bool
) -> Refusal | None:
    if (refusal := running(cell, by)) is not None:
        return refusal
    if under_way:
        return Refusal(_("A vote is open in this cell."), _("Close it before you start another."))
    if voters < BALLOTS_TO_CLOSE:
        return Refusal(
            _("A vote is only secret with three voting members or more."),
            _("Seat more people first, or talk it over in a meeting."),
        )
    if ideas < ENTRIES.start:
        return Refusal(
            _("There are not two ideas to put in order yet."),
            _("Ask people for their improvement ideas first."),
        )
    return None


def voting(ranking: PriorityRound, seat: Seat | None, on: date, *, voted: bool) -> Refusal | None:
    """`seat` is the member's place in the cell on that day."""
    if ranking.status != RoundStatus.OPEN or on > ranking.closes_on:
        return Refusal(_("This vote is over."), _("You can see on its page what came out."))
    if seat is None or not seat.voting:
        return Refusal(
            _("Only the voting members of this cell vote."),
            _("You can tell one of them what matters to you."),
        )
    if voted:
        return Refusal(
            _("You have voted already."), _("What you chose is secret, so it can't be changed.")
        )
    return None


def closing_round(
    ranking: PriorityRound, by: Member, on: date, *, cast: int, still_to_vote: int
) -> Refusal | None:
    """When all have voted, or the last day is over and enough have, so that none stands out."""
    if (refusal := ending_round(ranking, by)) is not None:
        return refusal
    if cast < BALLOTS_TO_CLOSE:
        return Refusal(
            _("Fewer than three people have voted."),
            _("Give them more time, or call the vote off."),
        )
    if still_to_vote and on <= ranking.closes_on:
        return Refusal(
            _("Not everyone has voted yet, and the last day is not over."),
            _("Wait until all have voted or the last day is over."),
        )
    return None


def ending_round(ranking: PriorityRound, by: Member) -> Refusal | None:
    """Calling a vote off, or giving it more time."""
    if ranking.status != RoundStatus.OPEN:
        return Refusal(_("This vote is over."), _("You can see on its page what came out."))
    return running(ranking.cell, by)


def proposing(ranking: PriorityRound, by: Member, *, under_way: bool) -> Refusal | None:
    """Bringing the choice to the cell's decision; `under_way`: it is deciding on one now."""
    if ranking.status != RoundStatus.CLOSED:
        return Refusal(_("There is no result to choose from yet."), _("Wait for the vote."))
    if under_way:
        return Refusal(
            _("The cell is deciding on a choice now."), _("Take part in that decision first.")
        )
    return group_rules.proposing(ranking.cell.group, by)


def planning(opportunity: Opportunity, by: Member) -> Refusal | None:
    if opportunity.state != OpportunityState.CHOSEN:
        return Refusal(
            _("A plan is made for an idea that the cell has chosen."),
            _("Rank the ideas and decide on one first."),
        )
    return working(opportunity.cell, by)


def changing_plan(plan: ActionPlan, by: Member) -> Refusal | None:
    """Its aim, goal and evaluation: while it is not under way, so that the goal stays put."""
    if plan.status == PlanStatus.ACTIVE:
        return Refusal(
            _("The plan is under way, so its aim and its goal stay as they are."),
            _("You can still add and change action steps. To change the rest, stop it first."),
        )
    return planning(plan.opportunity, by)


def adding_steps(plan: ActionPlan, by: Member) -> Refusal | None:
    return planning(plan.opportunity, by)


def changing_step(step: ActionStep, by: Member) -> Refusal | None:
    if step.status not in STILL_OPEN:
        return Refusal(_("This step has ended."), _("Add a new one if more is to be done."))
    return planning(step.plan.opportunity, by)


def doing_step(step: ActionStep, by: Member) -> Refusal | None:
    """Starting it, or marking it as done: once the plan is under way."""
    if step.plan.status != PlanStatus.ACTIVE:
        return Refusal(
            _("The plan has not started yet."), _("Start the plan first; its page says how.")
        )
    return changing_step(step, by)


def reviewing(plan: ActionPlan, by: Member) -> Refusal | None:
    if plan.status != PlanStatus.ACTIVE:
        return Refusal(_("This plan is not under way."), _("There is nothing to look at yet."))
    return planning(plan.opportunity, by)


@dataclass(frozen=True)
class Lack:
    """Something without which a plan may not start: `part` is the page that mends it."""

    code: str
    part: str
    words: str | Promise


def lacking(plan: ActionPlan) -> list[Lack]:
    """Everything that the plan still lacks, in the order of its pages."""
    found: list[Lack] = []
    if not plan.aim:
        found.append(Lack("aim", "aim", _("Say what is to be better, for whom, by when.")))
    standards = list(plan.standards.all())
    if not standards:
        found.append(Lack("measure", "standard", _("Choose the measure that will show it.")))
    for standard in standards:
        found += _lacking_standard(standard)
    steps = [step for step in plan.steps.all() if step.status in STILL_OPEN]
    if not steps:
        found.append(Lack("step", "steps", _("Write down at least one action step.")))
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
    if plan.looked_at_by_id is None:
        found.append(Lack("looked_at_by", "evaluation", _("Say who will look at how it goes.")))
    if not plan.cadence:
        found.append(Lack("cadence", "evaluation", _("Say how often they will look.")))
    if not plan.adapt_if:
        found.append(Lack("adapt_if", "evaluation", _("Say what would make you change it.")))
    return found


def _lacking_standard(standard: OutcomeStandard) -> list[Lack]:
    found: list[Lack] = []
    measure = standard.measure
    if measure.direction == Way.NEUTRAL:
        found.append(Lack("direction", "direction", _("Say in the measure which way is better.")))
    if standard.baseline is None:
        found.append(Lack("baseline", "standard", _("Say where you start from.")))
    if standard.target is None:
        found.append(Lack("target", "standard", _("Say where you want to get.")))
    if standard.target_on is None:
        found.append(Lack("target_on", "standard", _("Say by when you want to get there.")))
    if standard.baseline is not None and standard.target is not None:
        worse = {
            Way.INCREASE: standard.target < standard.baseline,
            Way.DECREASE: standard.target > standard.baseline,
        }.get(Way(measure.direction), False)
        if worse:
            found.append(
                Lack("target_worse", "standard", _("The goal is worse than where you start."))
            )
    return found


def activating(plan: ActionPlan, by: Member) -> Refusal | None:
    if (refusal := changing_plan(plan, by)) is not None:
        return refusal
    lacks = lacking(plan)
    if lacks:
        return Refusal(_("The plan is not whole yet."), " ".join(str(lack.words) for lack in lacks))
    return None


def defining(cell: Cell, by: Member) -> Refusal | None:
    return working(cell, by)


def redefining(measure: Measure, by: Member) -> Refusal | None:
    if measure.retired_on is not None:
        return Refusal(_("This measure is no longer used."), _("Define a new one."))
    return working(measure.cell, by)


def recording(measure: Measure, by: Member) -> Refusal | None:
    """Writing down a number: everyone in the cell, and whoever collects it."""
    if measure.retired_on is not None:
        return Refusal(_("This measure is no longer used."), _("Define a new one."))
    if measure.collected_by_id == by.pk and measure.cell.group.is_open(by.agency.today()):
        return None
    return working(measure.cell, by)


def correcting(point: DataPoint, by: Member) -> Refusal | None:
    return recording(point.measure, by)


def keeping_secret(code: str | None) -> Refusal | None:
    """Without the key under which the round was opened nobody could tell a second ballot."""
    if code is None:
        return Refusal(
            _("This vote can't take votes any more: the server's key has changed."),
            _("Ask who runs the cell to call it off and start a new one."),
        )
    return None


def importing(draft: ImportDraft, by: Member) -> Refusal | None:
    """Going on with a file that was uploaded: who uploaded it, once."""
    if draft.used_on is not None:
        return Refusal(_("This file has been imported."), _("Its numbers are on the chart."))
    if draft.uploaded_by_id != by.pk:
        return Refusal(
            _("Only the person who brought this file can import it."), _("Bring your own copy.")
        )
    return recording(draft.measure, by)
