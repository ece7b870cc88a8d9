"""Check after each number whether a gain has slipped."""

from django.utils.translation import gettext_lazy as _

from cells.sustaining import actions
from foundation import events
from foundation.models import Event
from measures.definitions.models import Measure
from notifications import notices

notices.register("plan.slipped", _("What got better has slipped. Read more: “%(title)s”."))
notices.register(
    "opportunity.reopened",
    _("What got better has slipped. The cell takes your idea up again: “%(title)s”."),
)


@events.inside("datapoint.recorded", "datapoint.corrected", "datapoint.taken_back")
def see_whether_it_lasts(event: Event) -> None:
    measure = Measure.objects.within(event.agency).get(pk=event.subject_id)
    actions.see_whether_it_lasts(measure)
