"""Whether people vote or decide on an idea now, so that it stays as it is meanwhile."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Exists, OuterRef

from cells.ideas.models import Opportunity, OpportunityQuerySet
from foundation.models import Agency, TenantQuerySet
from groups.models import Decision, DecisionStatus

Votes = Callable[[Agency], TenantQuerySet[Any]]


def is_busy(agency: Agency, opportunities: Iterable[Opportunity]) -> dict[str, bool]:
    """Whether people vote or decide on one of them now; one query."""
    keys = [each.pk for each in opportunities]
    rows = with_busy(Opportunity.objects.within(agency).filter(pk__in=keys), agency)
    found: list[Any] = list(rows)
    return {
        "in_vote": any(row.in_vote for row in found),
        "proposed": any(row.proposed for row in found),
    }


def may_change(rows: OpportunityQuerySet, agency: Agency) -> OpportunityQuerySet:
    """Those on which nobody votes or decides now."""
    return rows.exclude(Exists(_voted(agency).filter(opportunity=OuterRef("pk")))).exclude(
        Exists(_proposed(agency).filter(subject_id=OuterRef("pk")))
    )


def with_busy(rows: OpportunityQuerySet, agency: Agency) -> OpportunityQuerySet:
    """Each with `in_vote` and `proposed`."""
    return rows.annotate(
        in_vote=Exists(_voted(agency).filter(opportunity=OuterRef("pk"))),
        proposed=Exists(_proposed(agency).filter(subject_id=OuterRef("pk"))),
    )


_votes: list[Votes] = []


def register(votes: Votes) -> None:
    """Give the rows, each with an `opportunity`, that say that people vote on it now."""
    _votes.append(votes)


def _voted(agency: Agency) -> TenantQuerySet[Any]:
    (votes,) = _votes
    return votes(agency)


def _proposed(agency: Agency) -> TenantQuerySet[Decision]:
    decisions = Decision.objects.within(agency).filter(status=DecisionStatus.OPEN)
    return decisions.filter(subject_type=Opportunity.subject_code)
