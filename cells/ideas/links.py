"""Titles and addresses of ideas, for those who may know of their cell."""

from accounts.models import Member
from cells.ideas.models import Opportunity, OpportunityQuerySet
from foundation import links
from foundation.links import Named


def _opportunities(reader: Member) -> OpportunityQuerySet:
    return Opportunity.objects.within(reader.agency).visible_to(reader, reader.agency.today())


links.register_named(Opportunity.subject_code, Named("cells:opportunity", _opportunities, "title"))
