"""Saying that one can't be at a meeting, and taking it back."""

from django.db import transaction

from accounts.models import Member
from foundation.refusals import enforce
from groups import rules
from groups.actions.meetings import locked_meeting
from groups.models import Meeting, NotComing


@transaction.atomic
def say_coming(meeting: Meeting, *, coming: bool, by: Member) -> None:
    """Say that `by` can't be there, or can after all; nobody gets a message, and no event tells.

    Others read events, and might add up how often somebody stays away.
    """
    meeting = locked_meeting(meeting, by)
    meeting.group.agency = by.agency
    enforce(rules.saying_need(meeting, by))
    NotComing.objects.within(by.agency).update_or_create(
        agency=by.agency,
        meeting=meeting,
        member=by,
        defaults={"on": meeting.on, "taken_back": coming},
    )
