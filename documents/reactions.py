"""Record a body's decision on a version as its ratification."""

from documents.actions import ratify
from documents.models import Version
from foundation import events
from foundation.models import Event
from groups.models import Decision

VERSION = "document_version"


@events.inside("decision.adopted")
def record_ratification(event: Event) -> None:
    if event.data.get("subject_type") != VERSION:
        return
    version = (
        Version.objects.within(event.agency)
        .select_related("document")
        .select_for_update(of=("self",))
    )
    decision = (
        Decision.objects.within(event.agency).select_related("group").get(pk=event.subject_id)
    )
    ratify(version.get(pk=event.data["subject_id"]), decision, by=event.actor)
