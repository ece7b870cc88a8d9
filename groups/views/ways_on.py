"""What a reader can do with a proposal: the links at the end of its page."""

from django.utils.translation import gettext as _

from accounts.models import Member
from foundation.addresses import at
from foundation.links import Link
from groups import rules
from groups.models import Decision, DecisionStatus
from groups.views.paper import Paper
from groups.views.writing import Writing


def ways_on(
    decision: Decision,
    by: Member,
    *,
    closes: bool,
    writing: Writing | None,
    paper: Paper | None,
) -> list[Link]:
    """`closes`: nothing stands against bringing it to an end now."""
    group, open_now = decision.group, decision.status == DecisionStatus.OPEN
    runs = open_now and rules.running(group, by) is None
    offered = (
        (runs, "groups:enter_position", _("Write down what somebody said")),
        (
            rules.amending(decision, by) is None,
            "groups:amend",
            _("Work on the proposal and ask again"),
        ),
        (runs and closes, "groups:close_decision", _("Close the decision")),
        (
            writing is not None and writing.may_start,
            "groups:put_in_writing",
            _("Decide it in writing, before the next meeting"),
        ),
        (
            writing is not None and writing.may_bring_again,
            "groups:bring_again",
            _("Bring it to a meeting"),
        ),
        (
            open_now and rules.writing_down(group, by, decision) is None,
            "groups:decided_on_paper",
            _("Write down how it was decided in a room"),
        ),
        (
            paper is not None and paper.may_attest,
            "groups:attest",
            _("Confirm that the group decided so"),
        ),
        (
            paper is not None and paper.may_add,
            "groups:add_to_paper",
            _("Add who was there, or why others were not"),
        ),
        (
            paper is not None and paper.may_take_back,
            "groups:take_back_paper",
            _("It was not so: take the record back"),
        ),
        (rules.looking_again(decision, by) is None, "groups:look_again", _("Look at it again")),
        (
            open_now and rules.waiving(decision, by) is None,
            "groups:waive",
            _("Decide before everyone has given their view"),
        ),
        (open_now and decision.proposed_by_id == by.pk, "groups:withdraw", _("Withdraw it")),
    )
    return [Link(title, at(by.agency, name, pk=decision.pk)) for may, name, title in offered if may]
