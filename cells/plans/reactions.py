"""Begin, stop and finish a plan with its idea."""

from django.utils.translation import gettext_lazy as _

from cells.ideas.decided import decided
from cells.ideas.models import Opportunity
from cells.plans import actions
from foundation import events
from foundation.models import Event
from notifications import notices

notices.register("plan.activated", _("Work on your improvement idea has started: “%(title)s”."))
notices.register(
    "baseline.reopened",
    _("The baseline of a plan has changed. Please confirm it and the goal: “%(title)s”."),
)
notices.register("step.given", _("You have something to do in a plan: “%(title)s”."))
notices.register("cycle.given", _("You see to a small test: “%(title)s”."))


@events.inside("opportunity.chosen")
def begin(event: Event) -> None:
    """Create the empty plan of a chosen idea."""
    actions.draft_plan(_idea(event), event.actor)


@events.inside("opportunity.parked", "opportunity.declined")
def stop(event: Event) -> None:
    actions.stop_plan(_idea(event), event.actor)


def _idea(event: Event) -> Opportunity:
    idea = Opportunity.objects.within(event.agency).get(pk=event.subject_id)
    idea.agency = event.agency
    return idea


@events.inside("decision.adopted")
def confirm(event: Event) -> None:
    """Finish the plan: the cell agrees that it worked."""
    found = decided(event)
    if found is not None and found[0].closing_id == found[1].pk:
        actions.confirm(found[0], decision=found[1], by=event.actor)


@events.inside("decision.not_adopted", "decision.withdrawn")
def go_on(event: Event) -> None:
    """Continue the plan: the cell does not agree that it worked."""
    found = decided(event)
    if found is not None and found[0].closing_id == found[1].pk:
        actions.go_on(found[0], decision=found[1], by=event.actor)
