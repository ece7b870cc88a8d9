"""A group's decisions to work on an opportunity, without those on whether one worked."""

from cells.ideas.models import Opportunity
from foundation.models import Agency
from groups.models import Decision, DecisionQuerySet


def choices(agency: Agency) -> DecisionQuerySet:
    # Only proposals on whether an idea worked are fixed: their text belongs to the idea.
    return Decision.objects.within(agency).filter(
        subject_type=Opportunity.subject_code, fixed=False
    )
