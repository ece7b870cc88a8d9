"""Whether people vote or decide on an idea now, so that it stays as it is meanwhile."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from cells.models import (
    ActionStep,
    Opportunity,
    OpportunityQuerySet,
    RoundEntry,
    RoundStatus,
)
from foundation.models import Agency, TenantQuerySet
from groups.models import Decision, DecisionStatus


def is_busy(agency: Agency, opportunities: Iterable[Opportunity]) -> dict[str, bool]:
    """Whether people vote or decide on one of them now; two queries at most."""
    keys = [each.pk for each in opportunities]
    voted = _voted(agency).filter(opportunity__in=keys)
    return {
        "in_vote": voted.exists(),
        "proposed": _proposed(agency).filter(subject_id__in=keys).exists(),
    }


def with_busy(rows: OpportunityQuerySet, agency: Agency) -> OpportunityQuerySet:
    """Each with `in_vote` and `proposed`, and `steps_open`: whether its plan has open steps."""
    steps = ActionStep.objects.within(agency).still_open()
    return rows.annotate(
        in_vote=Exists(_voted(agency).filter(opportunity=OuterRef("pk"))),
        proposed=Exists(_proposed(agency).filter(subject_id=OuterRef("pk"))),
        steps_open=Exists(steps.filter(plan__opportunity=OuterRef("pk"))),
    )


def _voted(agency: Agency) -> TenantQuerySet[RoundEntry]:
    return RoundEntry.objects.within(agency).filter(round__status=RoundStatus.OPEN)


def _proposed(agency: Agency) -> TenantQuerySet[Decision]:
    decisions = Decision.objects.within(agency).filter(status=DecisionStatus.OPEN)
    return decisions.filter(subject_type=Opportunity._meta.label_lower)
