"""A part of the page after a meeting: how long everybody prepared and traveled."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from compensation.other_work import actions, rules
from compensation.other_work.forms import ForAllForm, minutes_of
from compensation.other_work.models import OtherWork
from compensation.plan.models import WorkKind
from foundation.addresses import at
from foundation.forms import PlainForm
from foundation.models import TenantModel
from foundation.presenting import PageLink
from foundation.refusals import Refusal
from groups import meeting_parts
from groups.models import Attendance, Meeting

PREFIX = "other-work"


class AfterWorkForm(ForAllForm):
    """The form with the meeting that it is about."""

    meeting: Meeting


def _build(meeting: Meeting, by: Member, sent: Any) -> AfterWorkForm | None:
    asked = rules.asked_about(meeting.agency, meeting.on)
    if rules.recording(meeting, by, asked) is not None:
        return None
    form = AfterWorkForm(sent, prefix=PREFIX, asked=asked)
    form.meeting = meeting
    return form


def _of(form: PlainForm) -> AfterWorkForm:
    assert isinstance(form, AfterWorkForm)
    return form


def _about(form: PlainForm) -> str:
    return _(
        "It counts for everyone who came and is paid by the plan. Leave it empty if there was "
        "nothing. You can change single people afterwards."
    )


def _words(form: PlainForm) -> str:
    found = _of(form)
    said = _("%(work)s: %(minutes)s minutes for everyone who came")
    return ". ".join(
        said % {"work": work.label, "minutes": minutes_of(hours)}
        for work, hours in found.done.items()
    )


def _save(form: PlainForm, by: Member) -> TenantModel | None:
    found = _of(form)
    if not found.done:
        return None
    rows = Attendance.objects.within(by.agency).filter(meeting=found.meeting)
    people = [row.member for row in rows.select_related("member")]
    for member in people:
        member.agency = by.agency
    actions.enter(found.meeting, done=dict.fromkeys(people, found.done), by=by)
    return found.meeting


def _meeting(key: int, reader: Member) -> Meeting | None:
    meeting = Meeting.objects.within(reader.agency).select_related("group").filter(pk=key).first()
    if meeting is not None:
        meeting.agency = meeting.group.agency = reader.agency
    return meeting


def _shown(key: int, reader: Member) -> meeting_parts.RecordedPart | None:
    meeting = _meeting(key, reader)
    if meeting is None:
        return None
    rows = OtherWork.objects.within(reader.agency).of_meeting(meeting).standing()
    kinds = {*rows.order_by().values_list("work", flat=True).distinct()}
    said = _("Recorded: %(work)s") % {
        "work": ", ".join(str(work.label) for work in WorkKind if work in kinds)
    }
    asked = rules.asked_about(reader.agency, meeting.on)
    may = rules.recording(meeting, reader, asked) is None
    link = PageLink(_("Change single people"), at(reader.agency, "compensation:other_work", pk=key))
    return meeting_parts.RecordedPart(said, link if may else None) if kinds else None


def _kept(key: int, by: Member) -> Refusal | None:
    """What was decided about its payment keeps the whole record (claims say so)."""
    return None


def _take_back(key: int, by: Member) -> None:
    meeting = _meeting(key, by)
    if meeting is not None:
        actions.void_all(meeting, by=by, works=rules.BESIDE_MEETINGS, at_once=True)


meeting_parts.register(
    meeting_parts.MeetingPart(
        code="other_work",
        title=gettext_lazy("Preparation and travel"),
        build=_build,
        about=_about,
        words=_words,
        save=_save,
        shown=_shown,
        kept=_kept,
        take_back=_take_back,
    )
)
