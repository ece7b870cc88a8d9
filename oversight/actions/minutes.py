"""Minutes: put to the committee for approval, and added to afterward."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import events
from foundation.edits import same
from foundation.presenting import written
from foundation.refusals import enforce
from groups.actions.meetings import locked_meeting
from groups.actions.seats import locked
from groups.models import Meeting
from oversight import rules
from oversight.actions.reviews import locked_committee
from oversight.actions.steps import prepare
from oversight.models import (
    ApprovedMinutes,
    CommitteeStep,
    MinutesAddendum,
    StepKind,
    same_words,
)
from oversight.policies import OPEN_MEETINGS
from oversight.recognizable import names_and_parts, passages


@transaction.atomic
def prepare_minutes(
    meeting: Meeting,
    *,
    open_text: str,
    left_out: str = "",
    by: Member,
    version: int | None = None,
    read_again: bool = False,
) -> CommitteeStep:
    """Put to the committee that it approve the minutes of a meeting of its own.

    `open_text` is what others will read, `left_out` why passages are missing there. Once the
    committee agrees, the minutes are fixed, and those whom its charter names can read that text.

    ValidationError: no text, passages about people that nobody read again, or nothing said of what
    is left out although an open-meeting law applies.
    """
    committee = locked_committee(by)
    # In the order in which recording a meeting locks.
    group = locked(committee.group, by)
    meeting = locked_meeting(meeting, by)
    meeting.agency = by.agency
    if meeting.group_id == group.pk:
        meeting.group = group
    deciding = being_approved(meeting)
    enforce(rules.preparing_minutes(meeting, by, rules.hat(by), deciding=deciding))
    same(meeting, version)
    open_text, left_out = open_text.strip(), left_out.strip()
    whole = same_words(open_text, meeting.minutes)
    left_out = "" if whole else left_out
    mistakes = {}
    if not open_text:
        mistakes["open_text"] = _("Write what others may read of these minutes.")
    if not read_again and passages([open_text, left_out], names_and_parts(by.agency)):
        mistakes["read_again"] = _("Read these passages again. Change what could tell of a person.")
    if not whole and not left_out and OPEN_MEETINGS.value(by.agency, by.agency.today()):
        mistakes["left_out"] = _("Say why passages are left out. The law on open meetings asks it.")
    if mistakes:
        raise ValidationError(mistakes)
    others = [_("Everybody else who may read the minutes reads the same text.")]
    if not whole:
        others = [_("Everybody else who may read the minutes reads this text:"), open_text]
    if left_out:
        others.append(_("Why passages are left out: %(why)s") % {"why": left_out})
    return prepare(
        group,
        asks=_("Approve the minutes of %(day)s") % {"day": written(meeting.on)},
        says=[_("The minutes as the committee keeps them:"), meeting.minutes.strip(), *others],
        by=by,
        kept_inside=True,
        kind=StepKind.MINUTES,
        meeting=meeting,
        text=meeting.minutes,
        open_text=open_text,
        left_out=left_out,
    )


def being_approved(meeting: Meeting) -> bool:
    """Whether the committee decides about its minutes now; one query."""
    steps = CommitteeStep.objects.within(meeting.agency).before_the_committee()
    return steps.filter(meeting=meeting).exists()


@transaction.atomic
def add_to_minutes(
    minutes: ApprovedMinutes, *, text: str, by: Member, read_again: bool = False
) -> MinutesAddendum:
    """Correct approved minutes, or add to them, for the same readers.

    ValidationError: no text, or passages about people that nobody read again.
    """
    # Numbers follow one another: the committee's lock makes writers take turns.
    locked_committee(by)
    enforce(rules.acting(by, rules.hat(by)))
    text = text.strip()
    if not text:
        raise ValidationError({"text": _("Write what you want to correct or add.")})
    if not read_again and passages([text], names_and_parts(by.agency)):
        raise ValidationError(
            {"read_again": _("Read these passages again. Change what could tell of a person.")}
        )
    rows = MinutesAddendum.objects.within(by.agency)
    before = rows.filter(minutes=minutes).aggregate(count=Count("pk"))["count"]
    made = rows.create(
        minutes=minutes,
        number=before + 1,
        text=text,
        written_by=by,
        written_on=by.agency.today(),
    )
    events.record("minutes.added_to", minutes, by=by, meeting=minutes.meeting_id)
    return made
