"""When those who run a meeting learn who is not expected, without a way to try out dates."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.refusals import Refusal
from groups.models import Meeting
from groups.policies import ABSENCES_AHEAD, ABSENCES_WAIT, CALLS_AHEAD
from groups.rules.meetings import arranging

TOO_MANY_DATES = Refusal(
    _("You looked at other dates of this group lately, so this one isn’t shown."),
    _("Else somebody could find out by dates when others are away."),
)


def absences_from(meeting: Meeting) -> date | None:
    """The day from which it is told who is not expected; None for a date that is too new for that.

    Otherwise, whoever plans meetings on many days, or moves one, would read on which of them people
    are away.
    """
    today = meeting.agency.today()
    return _from(meeting, ABSENCES_AHEAD.span(meeting.agency, today))


def _from(meeting: Meeting, ahead: timedelta) -> date | None:
    agency = meeting.agency
    if meeting.dated_on is None:
        return None
    waited: date = meeting.dated_on + ABSENCES_WAIT.span(agency, agency.today())
    return None if waited > meeting.on else max(waited, meeting.on - ahead)


def seeing_absences(meeting: Meeting, by: Member) -> Refusal | None:
    """Reading who is not expected at a meeting to come: who runs it, shortly before."""
    return arranging(meeting, by) or _too_early(absences_from(meeting), by)


def calling(meeting: Meeting, by: Member) -> Refusal | None:
    """Reading whom to call: who is not on that sheet may be away, so it waits in the same way."""
    return arranging(meeting, by) or _too_early(_from(meeting, CALLS_AHEAD.span), by)


def ready_to_call(meeting: Meeting) -> bool:
    """The same, of a meeting to come that the reader runs."""
    since = _from(meeting, CALLS_AHEAD.span)
    return since is not None and since <= meeting.agency.today()


def naming_missed(meeting: Meeting) -> bool:
    """Whether a record names who was missed, which tells also who was not expected."""
    return absences_from(meeting) is not None


def _too_early(since: date | None, by: Member) -> Refusal | None:
    if since is not None and since <= by.agency.today():
        return None
    return Refusal(
        _("This is shown shortly before a meeting, and only if its date was set some days ago."),
        _("Else somebody could find out by dates when others are away."),
    )
