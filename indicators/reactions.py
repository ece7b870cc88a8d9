"""Mark the agency's indicators stale on every event, and request a recomputation."""

from foundation import events
from foundation.models import Event
from indicators import promptly
from indicators.models import StaleMark


@events.inside(events.ANY)
def mark(event: Event) -> None:
    StaleMark.objects.within(event.agency).create()


@events.after_commit(events.ANY)
def ask(agency_id: int, event_id: int) -> None:
    promptly.ask(agency_id)
