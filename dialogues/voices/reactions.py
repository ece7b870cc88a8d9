"""When somebody is erased, what they said stays, under nobody's name."""

from dialogues.voices.models import Contribution
from foundation import events
from foundation.models import Event


@events.inside("member.erased")
def forget_names(event: Event) -> None:
    """What they said stays, under nobody's name."""
    Contribution.objects.within(event.agency).filter(author=event.subject_id).update(named=False)
