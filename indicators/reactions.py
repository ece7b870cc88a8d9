"""Mark the indicators that an event can change as stale, and request a recomputation."""

from functools import partial

from django.db import transaction

from foundation import events
from foundation.models import Event
from indicators import changes, promptly
from indicators.models import StaleMark


@events.inside(events.ANY)
def mark(event: Event) -> None:
    codes = changes.changed_by(event)
    if not codes:
        return
    StaleMark.objects.within(event.agency).bulk_create(
        StaleMark(agency_id=event.agency_id, indicator=code) for code in codes
    )
    transaction.on_commit(partial(promptly.ask, event.agency_id), robust=True)
