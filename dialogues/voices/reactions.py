"""When a person is erased, keep their words without their name."""

from dialogues.voices.models import Contribution
from foundation import events
from foundation.models import Event


@events.inside("member.erased")
def forget_names(event: Event) -> None:
    """Keep their words without their name."""
    Contribution.objects.within(event.agency).filter(author=event.subject_id).update(named=False)
