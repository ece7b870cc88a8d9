"""Who may plan a meeting, change its agenda, and record what happened."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.refusals import Refusal
from groups.models import AgendaItem, Group, Meeting, MeetingStatus
from groups.rules.groups import changing, ran, running
from groups.rules.hidden import place


def changing_meeting(meeting: Meeting, by: Member, *, past: bool = False) -> Refusal | None:
    """Changing time, place or agenda until it is held or cancelled.

    `past`: recording another day on which it took place, even if the group has ended since.
    """
    if not meeting.may_become(MeetingStatus.CANCELLED):
        return Refusal(_("This meeting is over or was called off."), _("Plan another one."))
    return entering(meeting.group, by, past=past)


def changing_series(meeting: Meeting, by: Member) -> Refusal | None:
    """Moving or calling off this meeting together with the later ones of its series."""
    if meeting.series_id is None:
        return Refusal(
            _("This meeting is not part of a series."), _("You can change this one alone.")
        )
    if meeting.on < by.agency.today():
        return Refusal(_("The day of this meeting is over."), _("Choose a later one."))
    return changing_meeting(meeting, by)


def putting_on_agenda(meeting: Meeting, by: Member, author: Member) -> Refusal | None:
    """Adding an item to a future meeting: everybody with a seat; leaders also for others."""
    if meeting.status != MeetingStatus.PLANNED:
        return Refusal(_("This meeting is over or was called off."), _("Take the next one."))
    if author != by or not place(meeting.group, by).seated:
        return changing(meeting.group, by)
    return None


def taking_off_agenda(item: AgendaItem, by: Member) -> Refusal | None:
    """Removing an item: its owner, and people who run the group, until the meeting is held."""
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
    """Planning a meeting, or entering one held on a past day, even of a group that has ended."""
    if not past:
        return changing(group, by)
    return None if ran(group, by) else running(group, by)


def recording(meeting: Meeting, by: Member) -> Refusal | None:
    """Recording attendance and minutes: from the day of the meeting on, whatever was planned.

    Even for a meeting that was cancelled and took place after all.
    """
    if meeting.on > by.agency.today():
        return Refusal(_("This meeting is still to come."), _("Come back on the day."))
    return None if ran(meeting.group, by) else running(meeting.group, by)


def writing_minutes(meeting: Meeting, by: Member) -> Refusal | None:
    """Writing or changing the minutes, until they are approved."""
    return approved(meeting) or recording(meeting, by)


def approved(meeting: Meeting) -> Refusal | None:
    """Why nothing of the minutes changes any more, once they are approved."""
    if meeting.minutes_approved_on is None:
        return None
    return Refusal(
        _("The committee approved these minutes, so they can’t be changed."),
        _("A voting member of the committee can write an addendum."),
    )


def having_feed(by: Member) -> Refusal | None:
    """Having an address for calendar programs: everybody who takes part, for their own meetings."""
    if by.has_left:
        return Refusal(
            _("You don’t take part any more."), _("What was yours here stays open to you.")
        )
    return None


def saying_need(meeting: Meeting | None, by: Member) -> Refusal | None:
    """Saying what one needs, at all meetings or at one to come of a group that one sits in."""
    if (refusal := having_feed(by)) is not None or meeting is None:
        return refusal
    if meeting.status != MeetingStatus.PLANNED or meeting.on < by.agency.today():
        return Refusal(_("This meeting is over or was called off."), _("Take the next one."))
    if not place(meeting.group, by).seated:
        return Refusal(
            _("You are not in this group."), _("Say it for a meeting of a group of yours.")
        )
    return None


def arranging(meeting: Meeting, by: Member) -> Refusal | None:
    """Reading and arranging what people need at a meeting to come: only who runs the group.

    Not others who work with groups: what somebody needs says much about a person.
    """
    if meeting.status != MeetingStatus.PLANNED or meeting.on < by.agency.today():
        return Refusal(_("This meeting is over or was called off."), _("Take the next one."))
    if not place(meeting.group, by).runs:
        return Refusal(
            _("Only the people who run this group can read what others need."),
            _("Ask its facilitator or its chair."),
        )
    return None


def unholding(meeting: Meeting, by: Member, *, recorded: bool) -> Refusal | None:
    """Taking back that it took place: nobody is on record, and no minutes are written."""
    if (refusal := approved(meeting)) is not None:
        return refusal
    if meeting.status != MeetingStatus.HELD or recorded or meeting.minutes:
        return Refusal(
            _("More is on record of this meeting."), _("Correct who came, or the minutes.")
        )
    return recording(meeting, by)
