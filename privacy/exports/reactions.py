"""Start making a copy as soon as it is asked for; the words of the message about it."""

from django.utils.translation import gettext_lazy as _

from foundation import events
from notifications import notices
from privacy.exports.tasks import make_copies

notices.register("data_copy.ready", _("The copy of your information is ready."))


@events.after_commit("data_copy.asked")
def begin_copy(agency_id: int, event_id: int) -> None:
    make_copies.delay(agency_id)
