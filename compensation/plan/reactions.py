"""Ratify a plan by the committee’s decision."""

from compensation.plan.actions import record_ratification
from compensation.plan.models import PlanVersion
from foundation import events
from foundation.models import Event
from groups.models import Decision


@events.inside("decision.adopted", "decision.not_adopted", "decision.withdrawn")
def ratify(event: Event) -> None:
    decision = Decision.objects.within(event.agency).get(pk=event.subject_id)
    version = PlanVersion.objects.within(event.agency).filter(ratification=decision).first()
    if version is not None:
        record_ratification(version, decision, adopted=event.name == "decision.adopted")
