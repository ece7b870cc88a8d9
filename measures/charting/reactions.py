"""Once there are results enough, the chart that fits is chosen, and stays."""

from foundation import events
from foundation.models import Event
from measures.charting import actions
from measures.definitions.models import Measure


@events.inside("datapoint.recorded", "datapoint.corrected")
def choose_chart(event: Event) -> None:
    actions.choose_chart(Measure.objects.within(event.agency).get(pk=event.subject_id))
