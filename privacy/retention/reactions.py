"""Put back what was undone as soon as that is saved; and the words of a message."""

from django.utils.translation import gettext_lazy as _

from foundation import events
from notifications import notices
from privacy.retention.tasks import keep_schedule

notices.register("retention.changed", _("An administrator changed how long something is kept."))


@events.after_commit("retention.undone")
def _put_back(agency_id: int, event_id: int) -> None:
    keep_schedule.delay(agency_id)
