"""Titles and addresses of votes, for those who may know of their cell; current votes."""

from accounts.models import Member
from cells.cell.links import visible
from cells.ideas import busy
from cells.ranking.models import PriorityRound, RoundEntry, RoundStatus
from foundation import links
from foundation.links import Named
from foundation.models import Agency, TenantQuerySet


def _rounds(reader: Member) -> TenantQuerySet[PriorityRound]:
    return PriorityRound.objects.within(reader.agency).filter(cell__in=visible(reader))


def _voted(agency: Agency) -> TenantQuerySet[RoundEntry]:
    return RoundEntry.objects.within(agency).filter(round__status=RoundStatus.OPEN)


links.register_named(PriorityRound.subject_code, Named("cells:round", _rounds, "cell__group__name"))
busy.register(_voted)
