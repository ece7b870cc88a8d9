"""Deciding in writing between meetings: who may start it, and when it can end."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.refusals import Refusal
from groups.models import Decision, DecisionStatus, Group, GroupKind, Way
from groups.rules.groups import naming_standing
from groups.tally import Tally

# Groups that meet rarely, while others wait for them.
WRITING = frozenset({GroupKind.COMMITTEE, GroupKind.GOVERNING_BODY})


def deciding_in_writing(
    group: Group, decision: Decision | None = None, *, barred: Refusal | None = None
) -> Refusal | None:
    """Putting a proposal (this open one) in writing: people who may bring proposals.

    `barred`: why the member can't decide anything in such a group.
    """
    if group.kind not in WRITING:
        return Refusal(
            _("Only the oversight committee and the governing body decide in writing."),
            _("Everyone in this group can give their view on the page of the proposal."),
        )
    if decision is not None and decision.status != DecisionStatus.OPEN:
        return Refusal(_("This proposal is decided."), _("You can bring a new one."))
    if decision is not None and decision.way == Way.WRITING:
        return Refusal(
            _("This proposal is being decided in writing."), _("Its page says until when.")
        )
    return barred


def answering_in_writing(decision: Decision, said_on: date) -> Refusal | None:
    """`said_on`: the day of the answer, which may be entered later for somebody."""
    if decision.way != Way.WRITING or decision.answers_until is None:
        return None
    if said_on <= decision.answers_until:
        return None
    day = date_format(decision.answers_until, "F j, Y")
    return Refusal(
        _("The last day for an answer was %(day)s.") % {"day": day},
        _("Bring it to the next meeting if it was not agreed."),
    )


def ending_in_writing(decision: Decision, tally: Tally, on: date, by: Member) -> Refusal | None:
    """Closing after the deadline, or once everybody has answered.

    Readers who may see standings are told whether enough of each class answered. For others nothing
    depends on it: they can close it once everybody has answered; otherwise it closes by itself
    after the deadline.
    """
    if tally.all_answered or decision.answers_until is None:
        return None
    day = date_format(decision.answers_until, "F j, Y")
    if on < decision.answers_until or naming_standing(by) is not None:
        return Refusal(
            _("Not everyone with a vote has answered."),
            _("Wait for them. It ends by itself after %(day)s.") % {"day": day},
        )
    if not tally.quorum_in_writing:
        return Refusal(
            _("Too few have answered: half of the consumers and half of the others are needed."),
            _("Ask them for their answer today, or bring it to the next meeting."),
        )
    return None


def bringing_again(decision: Decision) -> Refusal | None:
    """Bringing a failed decision in writing to a meeting, once while that is open."""
    if decision.way != Way.WRITING or decision.status != DecisionStatus.NOT_ADOPTED:
        return Refusal(
            _("This was not decided in writing, or was agreed."), _("You can bring a new proposal.")
        )
    if decision.fixed:
        return Refusal(
            _("The words of this proposal stand elsewhere."), _("Propose it again from there.")
        )
    again = Decision.objects.within(decision.agency).filter(
        group=decision.group_id,
        status=DecisionStatus.OPEN,
        title=decision.title,
        text=decision.text,
    )
    if again.exists():
        return Refusal(
            _("It has been proposed again already."),
            _("You find it among the group’s open proposals."),
        )
    return None
