"""Restore settled work with a reopened cell; the words of messages about it."""

from django.utils.translation import gettext_lazy as _

from cells.cell.models import Cell
from cells.handing_on import actions
from foundation import events
from foundation.models import Event
from groups.models import Closure
from notifications import notices

notices.register(
    "cell.closed", _("A cell that had an improvement idea of yours has closed: “%(title)s”.")
)
notices.register(
    "opportunity.handed_over",
    _("Another cell goes on with your improvement idea: “%(title)s”."),
)
notices.register(
    "opportunity.goes_on", _("The cell that works on your improvement idea goes on: “%(title)s”.")
)
notices.register(
    "duty.taken_back", _("A cell goes on after all, and with its own work: “%(title)s”.")
)
notices.register("duty.given", _("You go on with something in a cell: “%(title)s”."))


@events.inside("group.closing_taken_back")
def bring_back_what_was_settled(event: Event) -> None:
    """Restore what a reopened cell's closing ended or handed over."""
    if Cell.objects.within(event.agency).filter(group=event.subject_id).exists():
        closure = Closure.objects.within(event.agency).get(pk=event.data["closure"])
        actions.bring_back(closure, by=event.actor)
