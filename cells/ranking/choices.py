"""A group's decisions on which opportunity to work on, apart from those on whether one worked."""

from cells.ideas.models import Opportunity
from foundation.models import Agency
from groups.models import Decision, DecisionQuerySet


def choices(agency: Agency) -> DecisionQuerySet:
    # The words of a proposal on whether an idea worked stand on the idea: they are fixed.
    return Decision.objects.within(agency).filter(
        subject_type=Opportunity.subject_code, fixed=False
    )
