"""Who has declared an interest of their own in a decision, and takes no part in it."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.refusals import Refusal
from groups.models import Decision
from groups.rules.decisions import open_now
from groups.rules.hidden import place


def interested(decision: Decision, *members: Member) -> Refusal | None:
    """Answering or closing a decision in which one of the members has an interest.

    No query if the interests are loaded.
    """
    keys = {member.pk for member in members}
    if not any(each.member_id in keys for each in decision.interests.all()):
        return None
    return Refusal(
        _("You declared an interest of your own in this, so you take no part in deciding it."),
        _("The others decide. You are not counted among them."),
    )


def declaring_interest(decision: Decision, by: Member) -> Refusal | None:
    """Declaring one's own interest: people in the group, once, while it is open.

    In a caucus nobody reads who answers, so nobody is asked for an interest there.
    """
    if (refusal := open_now(decision)) is not None:
        return refusal
    if decision.caucus:
        return Refusal(
            _("Nobody reads the answers to this, so nobody declares an interest here."),
            _("You need not answer."),
        )
    if not place(decision.group, by).seated:
        return Refusal(
            _("Only people in this group declare an interest in what it decides."),
            _("You can tell one of them what you think."),
        )
    return interested(decision, by)
