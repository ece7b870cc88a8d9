"""Whether people are voting or deciding on an idea, which therefore can't change."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from cells.ideas import rules
from cells.ideas.models import Opportunity, OpportunityQuerySet
from foundation.models import Agency, TenantQuerySet
from foundation.refusals import Refusal
from groups.models import Decision, DecisionStatus

# Rows, each with an `opportunity`, that show a vote on an idea.
Votes = Callable[[Agency], TenantQuerySet[Any]]


@dataclass(frozen=True)
class Busy:
    """What is going on with an idea, or with one of several."""

    in_vote: bool
    proposed: bool


def busy_of(agency: Agency, opportunities: Iterable[Opportunity]) -> Busy:
    """Whether people are voting or deciding on any of them; one query."""
    keys = [each.pk for each in opportunities]
    found = list(
        Opportunity.objects.within(agency)
        .filter(pk__in=keys)
        .values_list(
            Exists(_voted(agency).filter(opportunity=OuterRef("pk"))),
            Exists(_proposed(agency).filter(subject_id=OuterRef("pk"))),
        )
    )
    return Busy(any(voted for voted, _ in found), any(proposed for _, proposed in found))


def not_now(agency: Agency, opportunities: Iterable[Opportunity]) -> Refusal | None:
    """Why they can't change now; None if nobody is voting or deciding on any of them."""
    busy = busy_of(agency, opportunities)
    return rules.leaving(in_vote=busy.in_vote, proposed=busy.proposed)


def may_change(rows: OpportunityQuerySet, agency: Agency) -> OpportunityQuerySet:
    """Ideas that nobody is voting or deciding on."""
    return rows.exclude(Exists(_voted(agency).filter(opportunity=OuterRef("pk")))).exclude(
        Exists(_proposed(agency).filter(subject_id=OuterRef("pk")))
    )


_votes: list[Votes] = []


def register(votes: Votes) -> None:
    """Register rows, each with an `opportunity`, that show a current vote on it."""
    _votes.append(votes)


def _voted(agency: Agency) -> TenantQuerySet[Any]:
    (votes,) = _votes
    return votes(agency)


def _proposed(agency: Agency) -> TenantQuerySet[Decision]:
    decisions = Decision.objects.within(agency).filter(status=DecisionStatus.OPEN)
    return decisions.filter(subject_type=Opportunity.subject_code)
