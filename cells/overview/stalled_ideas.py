"""What has stayed where it is for too long: derived from dates, never typed in."""

from datetime import date

from django.db.models import (
    Case,
    CharField,
    Exists,
    OuterRef,
    Q,
    Value,
    When,
)

from cells.ideas.models import OpportunityQuerySet, OpportunityState, Overdue
from cells.plans.models import ActionPlan, OutcomeStandard, PlanStatus
from cells.policies import TO_CONFIRM, TO_PLAN, TO_RANK
from cells.ranking.models import STARTED, RoundEntry, RoundStatus
from foundation.models import Agency


def with_overdue(rows: OpportunityQuerySet, agency: Agency, on: date) -> OpportunityQuerySet:
    """Each with `overdue`: what is late on that day, or an empty text. No further query."""
    return rows.annotate(overdue=_overdue(agency, on))


def overdue(rows: OpportunityQuerySet, agency: Agency, on: date) -> OpportunityQuerySet:
    """Only those that are."""
    return with_overdue(rows, agency, on).filter(~Q(overdue=""))


def _overdue(agency: Agency, on: date) -> Case:
    listed = RoundEntry.objects.within(agency).filter(opportunity=OuterRef("pk"))
    ranked = listed.filter(
        Q(round__status__in=STARTED)
        | Q(round__status=RoundStatus.CLOSED, round__ended_on__gte=OuterRef("state_on"))
    )
    under_way = ActionPlan.objects.within(agency).filter(
        opportunity=OuterRef("pk"), status=PlanStatus.ACTIVE
    )
    past = OutcomeStandard.objects.within(agency).filter(
        plan__opportunity=OuterRef("pk"), plan__status=PlanStatus.ACTIVE, target_on__lt=on
    )
    chosen = Q(state=OpportunityState.CHOSEN)
    unplanned = on - TO_PLAN.span(agency, on)
    return Case(
        When(
            Q(state=OpportunityState.RAISED, state_on__lt=on - TO_RANK.span(agency, on))
            & ~Exists(ranked),
            then=Value(Overdue.RANK.value),
        ),
        When(
            chosen & Q(chosen_on__lt=unplanned, state_on__lt=unplanned) & ~Exists(under_way),
            then=Value(Overdue.PLAN.value),
        ),
        When(chosen & Exists(past), then=Value(Overdue.TARGET.value)),
        When(
            Q(state=OpportunityState.CLOSING, state_on__lt=on - TO_CONFIRM.span(agency, on)),
            then=Value(Overdue.CONFIRM.value),
        ),
        default=Value(""),
        output_field=CharField(),
    )
