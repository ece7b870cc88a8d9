"""What cells do when a decision on one of their opportunities is adopted; the words of messages."""

from django.utils.translation import gettext_lazy as _

from cells import actions
from cells.models import Opportunity
from foundation import events
from foundation.models import Event
from groups.models import Decision
from notifications import notices

notices.register(
    "opportunity.entered", _("Your improvement idea was written down for you: “%(title)s”.")
)
notices.register(
    "opportunity.ranked", _("Your improvement idea came in place %(place)s of %(of)s: “%(title)s”.")
)
notices.register(
    "opportunity.chosen", _("The cell will work on your improvement idea: “%(title)s”.")
)
notices.register(
    "opportunity.parked", _("Your improvement idea is set aside for now. Read why: “%(title)s”.")
)
notices.register(
    "opportunity.declined", _("Your improvement idea is not taken up. Read why: “%(title)s”.")
)
notices.register(
    "opportunity.taken_up_again", _("Your improvement idea is on the list again: “%(title)s”.")
)
notices.register("opportunity.closed", _("See what came of your improvement idea: “%(title)s”."))
notices.register("plan.activated", _("Work on your improvement idea has started: “%(title)s”."))
notices.register("step.given", _("You have something to do in a plan: “%(title)s”."))
notices.register("cycle.given", _("You see to a small test: “%(title)s”."))


@events.inside("decision.adopted")
def choose_opportunity(event: Event) -> None:
    """The opportunity that the group agreed to work on is chosen."""
    if event.data.get("subject_type") != Opportunity._meta.label_lower:
        return
    decision = Decision.objects.within(event.agency).get(pk=event.subject_id)
    opportunity = Opportunity.objects.within(event.agency).get(pk=event.data["subject_id"])
    actions.choose(opportunity, decision=decision, by=event.actor)
