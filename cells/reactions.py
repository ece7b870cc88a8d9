"""What cells do when a decision on one of their opportunities is adopted; the words of messages."""

from django.utils.translation import gettext_lazy as _

from cells import actions
from cells.models import Cell, Measure, Opportunity
from cells.tasks import bring_in
from foundation import events
from foundation.models import Event
from groups.models import Closure, Decision
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
notices.register("plan.activated", _("Work on your improvement idea has started: “%(title)s”."))
notices.register(
    "baseline.reopened",
    _("The baseline of a plan has changed. Please confirm it and the goal: “%(title)s”."),
)
notices.register("plan.slipped", _("What got better has slipped. Read more: “%(title)s”."))
notices.register(
    "opportunity.reopened",
    _("What got better has slipped. The cell takes your idea up again: “%(title)s”."),
)
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
notices.register("step.given", _("You have something to do in a plan: “%(title)s”."))
notices.register("duty.given", _("You go on with something in a cell: “%(title)s”."))
notices.register("cycle.given", _("You see to a small test: “%(title)s”."))
notices.register("import.done", _("The numbers of your file are saved: “%(title)s”."))
notices.register("import.stopped", _("The numbers of your file could not be saved: “%(title)s”."))


def _decided(event: Event) -> tuple[Opportunity, Decision] | None:
    """The opportunity and the decision on it, if the decision is on one."""
    if event.data.get("subject_type") != Opportunity._meta.label_lower:
        return None
    decision = Decision.objects.within(event.agency).get(pk=event.subject_id)
    return Opportunity.objects.within(event.agency).get(pk=event.data["subject_id"]), decision


@events.after_commit("import.asked")
def begin_import(agency_id: int, event_id: int) -> None:
    bring_in.delay(agency_id)


@events.inside("decision.adopted")
def follow_the_decision(event: Event) -> None:
    """The opportunity that the group agreed to work on is chosen; one that it says worked, done."""
    if (found := _decided(event)) is None:
        return
    opportunity, decision = found
    act = actions.confirm if opportunity.closing_id == decision.pk else actions.choose
    act(opportunity, decision=decision, by=event.actor)


@events.inside("decision.not_adopted", "decision.withdrawn")
def go_on_with_it(event: Event) -> None:
    """The group does not say that it worked: its plan goes on."""
    found = _decided(event)
    if found is not None and found[0].closing_id == found[1].pk:
        actions.go_on(found[0], decision=found[1], by=event.actor)


@events.inside("group.closing_taken_back")
def bring_back_what_was_settled(event: Event) -> None:
    """A cell goes on after all, and with it what its closing ended or handed over."""
    if Cell.objects.within(event.agency).filter(group=event.subject_id).exists():
        closure = Closure.objects.within(event.agency).get(pk=event.data["closure"])
        actions.bring_back(closure, by=event.actor)


@events.inside("datapoint.recorded", "datapoint.corrected")
def choose_chart(event: Event) -> None:
    """Once there are results enough, the chart that fits is chosen, and stays.

    Where the number shows that what a plan gained has slipped, its cell is asked.
    """
    measure = Measure.objects.within(event.agency).get(pk=event.subject_id)
    actions.choose_chart(measure)
    actions.see_whether_it_lasts(measure)
