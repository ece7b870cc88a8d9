"""Who takes the packet for surveyors: the committee, and administrators."""

from accounts.models import Member
from evidence import rules as evidence_rules
from foundation.refusals import Refusal


def taking(member: Member) -> Refusal | None:
    """One query, none for those whose role allows it."""
    return evidence_rules.reading(member)
