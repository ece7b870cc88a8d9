"""A group's decisions on which opportunity to work on, apart from those on whether one worked."""

from cells.models import Opportunity
from foundation.models import Agency
from groups.models import Decision, DecisionQuerySet


def choices(agency: Agency) -> DecisionQuerySet:
    about = Decision.objects.within(agency).filter(subject_type=Opportunity._meta.label_lower)
    asked = Opportunity.objects.within(agency).filter(closing__isnull=False)
    return about.exclude(pk__in=asked.values("closing"))
