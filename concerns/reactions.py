"""The channel's messages to readers, and the end of a reader's key with the reader."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from concerns.actions.readers import take_key_of
from foundation import events
from foundation.models import Event
from notifications import notices

notices.register("concern_reader.asked", _("You are asked to read concerns."))
notices.register("concern_reader.renewed", _("A reader of concerns got a new reading code."))
notices.register("concern_reader.passed_on", _("A concern was passed on to another reader."))
notices.register("concern_sheet.made", _("A new sheet that opens concerns was made."))
notices.register("concern_sheet.used", _("Somebody opened concerns with the sheet."))


@events.inside("member.erased")
def _forget_key(event: Event) -> None:
    """Nothing opens with the code of somebody who was erased."""
    member = Member.objects.within(event.agency).get(pk=event.subject_id)
    take_key_of(member, by=event.actor)
