"""Choose an idea when its cell agrees to work on it; the words of messages about ideas."""

from django.utils.translation import gettext_lazy as _

from cells.ideas import actions
from cells.ideas.decided import decided
from foundation import events
from foundation.models import Event
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
notices.register(
    "opportunity.merged",
    _("Your improvement idea is now part of another one that says the same: “%(title)s”."),
)
notices.register(
    "opportunity.joined",
    _("Somebody else had the same idea. The two are one now: “%(title)s”."),
)
notices.register("opportunity.split", _("Your improvement idea is now more than one: “%(title)s”."))
notices.register(
    "opportunity.asked", _("The cell is asked if your improvement idea worked: “%(title)s”.")
)
notices.register(
    "opportunity.not_yet", _("The cell goes on with your improvement idea: “%(title)s”.")
)


@events.inside("decision.adopted")
def choose(event: Event) -> None:
    """Except for decisions on whether an idea worked, which belong to its plan."""
    found = decided(event)
    if found is not None and found[0].closing_id != found[1].pk:
        actions.choose(found[0], decision=found[1], by=event.actor)
