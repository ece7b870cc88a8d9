"""Once a plan is finished: who keeps looking whether it lasts, how often, and what reopens it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from cells import rules
from cells.actions.edits import required, same
from cells.actions.plans import EVERY, look
from cells.actions.plans import locked as locked_plan
from cells.models import (
    ActionPlan,
    Cadence,
    EvaluationReview,
    ReviewOutcome,
    SustainPlan,
)
from cells.models.plans import ONCE_FINISHED
from foundation import events
from foundation.refusals import enforce
from groups.models import Meeting
from notifications.actions import tell


@transaction.atomic
def sustain(
    plan: ActionPlan,
    *,
    looked_at_by: Member | None,
    cadence: str,
    reopen_if: str,
    by: Member,
    version: int | None = None,
) -> SustainPlan:
    """Say who keeps looking, how often, and what would reopen it; or change it, or begin again."""
    plan = locked_plan(plan, by)
    enforce(rules.sustaining(plan, by))
    required(reopen_if=reopen_if)
    if looked_at_by is None:
        raise ValidationError({"looked_at_by": _("Say who will look at how it goes.")})
    if cadence not in Cadence.values:
        raise ValidationError({"cadence": _("Choose one of the answers.")})
    today = by.agency.today()
    held = SustainPlan.objects.within(by.agency).filter(plan=plan).first()
    if held is None:
        held = SustainPlan(agency=by.agency, plan=plan, made_on=today, made_by=by)
    else:
        same(held, version)
        held.version += 1
    held.looked_at_by, held.cadence, held.reopen_if = looked_at_by, cadence, reopen_if.strip()
    held.next_look_on, held.ended_on = today + EVERY[Cadence(cadence)], None
    held.save()
    _record("plan.lasting", plan, by)
    return held


@transaction.atomic
def look_on(
    plan: ActionPlan,
    *,
    outcome: str,
    note: str,
    by: Member,
    meeting: Meeting | None = None,
    version: int | None = None,
) -> EvaluationReview:
    """Write down whether it lasts; it ends when enough was seen, or when it slipped.

    The author of the idea is told when it slipped.
    """
    plan = locked_plan(plan, by)
    held = SustainPlan.objects.within(by.agency).select_for_update().filter(plan=plan).first()
    enforce(rules.looking_on(plan, held, by))
    assert held is not None
    same(held, version)
    required(note=note)
    if outcome not in ONCE_FINISHED:
        raise ValidationError({"outcome": _("Choose one of the answers.")})
    looked = look(plan, outcome=outcome, note=note, meeting=meeting, by=by)
    today = by.agency.today()
    if outcome == ReviewOutcome.LASTS:
        held.next_look_on = today + EVERY[Cadence(held.cadence)]
    else:
        held.next_look_on, held.ended_on = None, today
    held.version += 1
    held.save()
    _record("plan.reviewed", plan, by, outcome=outcome)
    if outcome == ReviewOutcome.SLIPPED and plan.opportunity.author_id != by.pk:
        tell(plan.opportunity.author, "plan.slipped", subject=plan.opportunity)
    return looked


def _record(name: str, plan: ActionPlan, by: Member, outcome: str = "") -> None:
    cell, opportunity = plan.opportunity.cell_id, plan.opportunity_id
    events.record(name, plan, by=by, cell=cell, opportunity=opportunity, outcome=outcome)
