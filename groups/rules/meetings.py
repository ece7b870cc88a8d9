"""Who may plan a meeting, put something on its agenda, and record what happened."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.refusals import Refusal
from groups.models import AgendaItem, Group, Meeting, MeetingStatus
from groups.rules.groups import changing, ran, running
from groups.rules.hidden import place


def changing_meeting(meeting: Meeting, by: Member, *, past: bool = False) -> Refusal | None:
    """Its time, place, agenda: until it is held or called off. `past`: it is written down on which
    other day it took place, also when the group has ended since."""
    if not meeting.may_become(MeetingStatus.CANCELLED):
        return Refusal(_("This meeting is over or was called off."), _("Plan another one."))
    return entering(meeting.group, by, past=past)


def putting_on_agenda(meeting: Meeting, by: Member, author: Member) -> Refusal | None:
    """Everybody who has a seat, for a meeting to come; who runs the group also for somebody."""
    if meeting.status != MeetingStatus.PLANNED:
        return Refusal(_("This meeting is over or was called off."), _("Take the next one."))
    if author != by or not place(meeting.group, by).seated:
        return changing(meeting.group, by)
    return None


def taking_off_agenda(item: AgendaItem, by: Member) -> Refusal | None:
    """Whose it is, and who runs the group, until the meeting is held."""
    if item.taken_off_on is not None:
        return Refusal(_("This is off the agenda already."), _("You can put it on again."))
    if item.meeting.status != MeetingStatus.PLANNED:
        return Refusal(
            _("This meeting is over or was called off."), _("Its agenda stays as it was.")
        )
    if by.pk in (item.author_id, item.raised_by_id):
        return None
    return changing(item.meeting.group, by)


def entering(group: Group, by: Member, *, past: bool) -> Refusal | None:
    """Planning a meeting; or, of a day that has passed, entering one that was held: what happened
    is recorded also when the group has ended since."""
    if not past:
        return changing(group, by)
    return None if ran(group, by) else running(group, by)


def recording(meeting: Meeting, by: Member) -> Refusal | None:
    """Who came and what was said: from the day of the meeting on, whatever was planned. Also of a
    meeting that was called off and took place all the same."""
    if meeting.on > by.agency.today():
        return Refusal(_("This meeting is still to come."), _("Come back on the day."))
    return None if ran(meeting.group, by) else running(meeting.group, by)
