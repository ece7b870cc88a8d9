"""Tell of what is announced, put back what was undone; and the words of messages."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation import events, wholes
from foundation.models import Event
from notifications import notices
from notifications.actions import tell
from privacy.retention.models import RetentionRun
from privacy.retention.reading import records_from
from privacy.retention.tasks import keep_schedule

wholes.register(records_from)
notices.register("retention.changed", _("An administrator changed how long something is kept."))
notices.register(
    "retention.announced",
    _("The time of some records is nearly over. They’ll be destroyed, unless you keep them."),
)


@events.inside("retention.announced")
def _tell_the_administrators(event: Event) -> None:
    run = RetentionRun.objects.within(event.agency).get(pk=event.subject_id)
    today = event.agency.today()
    members = Member.objects.within(event.agency).on(today)
    for each in members.with_permission(Permission.MANAGE_SETTINGS, today).select_related("user"):
        each.agency = event.agency
        tell(each, event.name, subject=run, title="")


@events.after_commit("retention.undone")
def _put_back(agency_id: int, event_id: int) -> None:
    keep_schedule.delay(agency_id)
