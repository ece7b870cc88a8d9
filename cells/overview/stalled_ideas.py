"""Ideas that have not moved for too long, derived from dates, never entered."""

from collections.abc import Iterable
from datetime import date

from django.db.models import (
    Case,
    CharField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from cells.ideas.models import Opportunity, OpportunityQuerySet, OpportunityState, Overdue
from cells.plans.models import ActionPlan, OutcomeStandard, PlanStatus
from cells.policies import TO_CONFIRM, TO_PLAN, TO_RANK
from cells.ranking.models import STARTED, RoundEntry, RoundStatus
from foundation import prepared
from foundation.models import Agency


def overdue(rows: OpportunityQuerySet, agency: Agency, on: date) -> OpportunityQuerySet:
    """Only those that are overdue on that day."""
    return rows.alias(overdue=_overdue(agency, on)).filter(~Q(overdue=""))


def overdue_of(agency: Agency, ideas: Iterable[Opportunity], on: date) -> dict[int, Overdue]:
    """What is overdue on that day, by key of the idea; one query, which is built once."""
    asked, values = prepared.of_keys(_codes, agency, on, (idea.pk for idea in ideas))
    return {pk: Overdue(code) for pk, code in asked.tuples(values)}


def _codes(agency: Agency, on: date) -> QuerySet[Opportunity, tuple[int, str]]:
    rows = Opportunity.objects.within(agency).filter(prepared.one_of_keys("pk"))
    return rows.annotate(code=_overdue(agency, on)).exclude(code="").values_list("pk", "code")


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
