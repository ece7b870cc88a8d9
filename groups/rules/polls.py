"""Who offers dates for a meeting, says which suit, reads it, and chooses."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.refusals import Refusal
from groups.models import DatePoll, Group
from groups.rules.groups import changing, naming_standing, running
from groups.rules.hidden import place


def offering_dates(group: Group, by: Member) -> Refusal | None:
    """Asking which dates suit, as planning a meeting."""
    return changing(group, by)


def saying_dates(poll: DatePoll, by: Member) -> Refusal | None:
    """Saying which dates suit oneself: people with a seat, until the last day."""
    if not place(poll.group, by).seated:
        return Refusal(
            _("You are not in this group."), _("You say it for meetings of groups of yours.")
        )
    return _open(poll, by)


def entering_dates(
    poll: DatePoll, by: Member, *, said_by_themselves: bool = False
) -> Refusal | None:
    """Entering what somebody said on paper or by phone: who runs the group.

    `said_by_themselves`: they answered here, and only they change that.
    """
    if refusal := running(poll.group, by) or _open(poll, by):
        return refusal
    if said_by_themselves:
        return Refusal(_("This person has answered themselves."), _("Only they can change it."))
    return None


def reading_dates(poll: DatePoll, reader: Member) -> Refusal | None:
    """Reading who can come on which date."""
    return running(poll.group, reader)


def weighing_dates(poll: DatePoll, reader: Member) -> bool:
    """Whether the reader may know on which date enough consumers can come.

    Only who may see standings, as with decisions: others who run the group could test whose answer
    makes it enough.
    """
    return reading_dates(poll, reader) is None and naming_standing(reader) is None


def settling_dates(poll: DatePoll, by: Member) -> Refusal | None:
    """Choosing one of the dates, or taking the question back."""
    if poll.settled_on is not None:
        return Refusal(
            _("This question was settled already."), _("Look at the meetings of the group.")
        )
    return changing(poll.group, by)


def _open(poll: DatePoll, by: Member) -> Refusal | None:
    if not poll.is_open(by.agency.today()):
        return Refusal(_("This question is closed."), _("Look at the meetings of the group."))
    return None
