"""What this app's events tell, in plain words for the activity page."""

from django.utils.translation import gettext_lazy as _

from accounts.activity import describe

describe(
    {
        "cell.opened": _("opened a cell"),
        "cell.changed": _("changed a cell"),
        "opportunity.raised": _("raised an opportunity"),
        "opportunity.entered": _("entered an opportunity for somebody"),
        "opportunity.ranked": _("ranked an opportunity"),
        "opportunity.chosen": _("chose an opportunity"),
        "opportunity.parked": _("set an opportunity aside"),
        "opportunity.declined": _("declined an opportunity"),
        "opportunity.taken_up_again": _("took an opportunity up again"),
        "opportunity.closed": _("closed an opportunity with its result"),
        "opportunity.merged": _("joined an opportunity with another"),
        "opportunity.joined": _("joined another opportunity with one"),
        "opportunity.split": _("split an opportunity"),
        "opportunity.split_off": _("made an opportunity of a part of one"),
        "opportunity.asked": _("asked the cell if an opportunity worked"),
        "opportunity.not_yet": _("went on with an opportunity"),
        "round.opened": _("opened a vote"),
        "round.extended": _("gave a vote more time"),
        "round.closed": _("closed a vote"),
        "round.cancelled": _("called a vote off"),
        "plan.begun": _("began an action plan"),
        "plan.changed": _("changed an action plan"),
        "plan.activated": _("put an action plan in motion"),
        "plan.reviewed": _("looked at how a plan goes"),
        "plan.finished": _("finished an action plan"),
        "plan.stopped": _("stopped an action plan"),
        "step.added": _("added an action step"),
        "step.changed": _("changed an action step"),
        "step.given": _("gave an action step to a person"),
        "step.started": _("started an action step"),
        "step.done": _("finished an action step"),
        "step.dropped": _("dropped an action step"),
        "cycle.planned": _("planned a test of a change"),
        "cycle.changed": _("wrote down something about a test"),
        "cycle.started": _("started a test of a change"),
        "cycle.done": _("finished doing a test of a change"),
        "cycle.studied": _("compared a test with what was expected"),
        "cycle.ended": _("decided what follows from a test"),
        "cycle.taken_away": _("took a planned test away"),
        "measure.defined": _("defined a measure"),
        "measure.redefined": _("changed what a measure counts"),
        "measure.retired": _("retired a measure"),
        "datapoint.recorded": _("recorded a result"),
        "datapoint.corrected": _("corrected a result"),
    }
)
