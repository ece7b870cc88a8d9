"""Choose the chart that fits once there are enough results."""

from foundation import events
from foundation.models import Event
from measures.charting import actions
from measures.definitions.models import Measure


@events.inside("datapoint.recorded", "datapoint.corrected", "datapoint.taken_back")
def choose_chart(event: Event) -> None:
    actions.choose_chart(Measure.objects.within(event.agency).get(pk=event.subject_id))
