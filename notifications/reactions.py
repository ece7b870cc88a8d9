"""Send queued e-mails, report changes to people, and count a request's unread messages."""

from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from accounts import request_annotations
from accounts.changes import DECIDED_BY_OTHERS
from foundation import events
from foundation.models import Agency
from notifications import of_changes
from notifications.models import Message
from notifications.tasks import empty_outbox


@events.after_commit("email.posted")
def send(agency_id: int, event_id: int) -> None:
    empty_outbox.delay(agency_id)


events.together(*of_changes.CHANGES)(of_changes.tell_of_changes)
events.inside(*DECIDED_BY_OTHERS)(of_changes.tell_of_pause)
events.inside("way.denied")(of_changes.tell_of_denial)


def _unread(agency: Agency, moment: Value) -> Coalesce:
    mine = Message.objects.within(agency).unread().filter(member=OuterRef("pk"))
    counted = mine.order_by().values("member").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


request_annotations.register("unread", _unread)
