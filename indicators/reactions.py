"""Mark the indicators that an event can change as stale, and request a recomputation."""

from collections.abc import Sequence
from functools import partial

from django.db import transaction

from foundation import events
from foundation.models import Event
from indicators import changes, promptly
from indicators.models import StaleMark


@events.together(events.ANY)
def mark(recorded: Sequence[Event]) -> None:
    codes = {code for event in recorded for code in changes.changed_by(event)}
    if not codes:
        return
    agency = recorded[0].agency
    StaleMark.objects.within(agency).bulk_create(
        StaleMark(agency_id=agency.pk, indicator=code) for code in sorted(codes)
    )
    transaction.on_commit(partial(promptly.ask, agency.pk), robust=True)
