"""Send queued e-mails, report changes to people, and count a request's unread messages."""

from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts import request_annotations
from accounts.changes import DECIDED_BY_OTHERS
from accounts.models import Member
from foundation import events
from foundation.models import Agency, Event
from notifications import actions, notices, of_changes
from notifications.models import Message
from notifications.tasks import empty_outbox, send_texts

notices.register("texts.stopped", _("You get no texts any more: STOP was sent from your phone."))
notices.register("texts.unreachable", _("Our texts don’t reach your phone. Check your number."))


@events.after_commit("email.posted")
def send(agency_id: int, event_id: int) -> None:
    empty_outbox.delay(agency_id)


@events.after_commit("texts.asked")
def send_code(agency_id: int, event_id: int) -> None:
    send_texts.delay(agency_id)


@events.inside("member.left", "member.erased")
def stop_texts_of_who_left(event: Event) -> None:
    actions.stop_texts_of(Member.objects.within(event.agency).get(pk=event.subject_id))


events.together(*of_changes.CHANGES)(of_changes.tell_of_changes)
events.inside(*DECIDED_BY_OTHERS)(of_changes.tell_of_pause)
events.inside("way.denied")(of_changes.tell_of_denial)


def _unread(agency: Agency, moment: Value) -> Coalesce:
    mine = Message.objects.within(agency).unread().filter(member=OuterRef("pk"))
    counted = mine.order_by().values("member").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


request_annotations.register("unread", _unread)
