"""Group decisions about an improvement idea."""

from cells.ideas.models import Opportunity
from foundation.models import Event
from groups.models import Decision


def decided(event: Event) -> tuple[Opportunity, Decision] | None:
    """The idea and the decision on it, if the event's decision is about one."""
    if event.data.get("subject_type") != Opportunity.subject_code:
        return None
    decision = Decision.objects.within(event.agency).get(pk=event.subject_id)
    return Opportunity.objects.within(event.agency).get(pk=event.data["subject_id"]), decision
