"""Meetings: planned, changed, cancelled; attendance and minutes."""

from decimal import Decimal

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Member
from foundation.addresses import at
from foundation.asking import Back, ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.paging import page_of
from foundation.refusals import enforce
from foundation.templatetags.components import day
from groups import actions, rules
from groups.attendance import AttendanceForm, VoidForm
from groups.calendar import calendar_file
from groups.finding import group_of, meeting_of
from groups.forms import MeetingEditForm, MinutesForm, PlanMeetingForm
from groups.models import (
    AgendaItem,
    AgendaItemQuerySet,
    Attendance,
    DatePoll,
    Group,
    Meeting,
    MeetingStatus,
    Seat,
)
from groups.not_expected import OwnComing, own_comings
from groups.presenting.meetings import ItemOnAgenda, MeetingRights, meeting_page
from groups.written import decided_between


@require_safe
def meetings(request: AgencyRequest, pk: int) -> HttpResponse:
    group = group_of(request, pk)
    today = request.agency.today()
    to_come = Q(status=MeetingStatus.PLANNED, on__gte=today)
    coming = group.meetings.filter(to_come).order_by("starts_at", "pk")
    past = group.meetings.exclude(to_come).order_by("-starts_at", "-pk")
    return render(
        request,
        "groups/meetings.html",
        {
            "group": group,
            "polls": _polls(group, request.member),
            "coming": page_of(request, coming, parameter="coming"),
            "past": page_of(request, past),
            "may_change": rules.entering(group, request.member, past=group.is_over(today)) is None,
            "may_plan": rules.entering(group, request.member, past=False) is None,
        },
    )


def _polls(group: Group, reader: Member) -> list[DatePoll]:
    """Unsettled questions which dates suit, for the people of the group."""
    if rules.reading(group, reader) is not None:
        return []
    polls = DatePoll.objects.within(reader.agency).unsettled().filter(group=group)
    return list(polls.order_by("closes_on", "pk"))


def plan_meeting(request: AgencyRequest, pk: int) -> HttpResponse:
    group = group_of(request, pk)
    # Meetings held by a group that has ended can still be entered.
    ended = group.is_over(request.agency.today())
    enforce(rules.entering(group, request.member, past=ended))
    form = PlanMeetingForm.from_request(
        request, agency=request.agency, group=group, initial={"minutes_planned": 60}
    )

    def act(form: PlanMeetingForm) -> tuple[str, str]:
        meeting = actions.plan_meeting(group, **form.answers, by=request.member)
        said = " ".join(each.words for each in form.foreseen)
        return at(request.agency, "groups:meeting", pk=meeting.pk), said

    return ask(
        request,
        form,
        act,
        title=_("Plan a meeting"),
        text=[_("Everyone in %(name)s gets a message.") % {"name": group.name}],
        button=_("Plan the meeting"),
        back=at(request.agency, "groups:meetings", pk=pk),
        back_text=_("Back to the meetings"),
    )


def _standing(meeting: Meeting) -> AgendaItemQuerySet:
    rows = AgendaItem.objects.within(meeting.agency).standing()
    return rows.filter(meeting=meeting).order_by("pk")


def _items(meeting: Meeting, reader: Member) -> list[ItemOnAgenda]:
    """The agenda items."""
    found = list(_standing(meeting).select_related("raised_by", "on_behalf_of"))
    for item in found:
        item.meeting = meeting
    return [
        ItemOnAgenda(item, may_take_off=rules.taking_off_agenda(item, reader) is None)
        for item in found
    ]


def _attendances(meeting: Meeting) -> list[Attendance]:
    """Valid attendances."""
    rows = Attendance.objects.within(meeting.agency).filter(meeting=meeting)
    return list(rows.select_related("member").order_by("member__shown_name", "pk"))


def _expected(meeting: Meeting) -> list[Member]:
    """People with a seat on the day of the meeting whose data was not erased."""
    seats = Seat.objects.within(meeting.agency).on(meeting.on).filter(group=meeting.group_id)
    seats = seats.filter(member__erased_at=None)
    rows = seats.select_related("member").order_by("member__shown_name", "pk")
    return [seat.member for seat in rows]


@require_safe
def meeting(request: AgencyRequest, pk: int) -> HttpResponse:
    found = meeting_of(request, pk)
    member, today = request.member, request.agency.today()
    over = found.group.is_over(today)
    inside = rules.reading(found.group, member) is None
    says = rules.saying_need(found, member) is None
    own = own_comings([found], member)[found.pk] if says else OwnComing()
    may = MeetingRights(
        read=inside,
        put_on=rules.putting_on_agenda(found, member, member) is None,
        change=rules.changing_meeting(found, member, past=over) is None,
        say_need=says,
        come_after_all=own.says_no,
        arrange=rules.arranging(found, member) is None,
        see_absences=rules.seeing_absences(found, member) is None,
        change_series=rules.changing_series(found, member) is None,
        record=rules.recording(found, member) is None,
        write_minutes=rules.writing_minutes(found, member) is None,
        write_down=found.on <= today and rules.writing_down(found.group, member) is None,
    )
    items = _items(found, member) if inside else []
    came = [str(each.member) for each in _attendances(found)] if inside else []
    return render(
        request,
        "groups/meeting.html",
        {
            "meeting": found,
            "group": found.group,
            "inside": inside,
            "in_writing": decided_between(found, member) if inside else [],
            "page": meeting_page(
                found,
                may,
                items=items,
                came=came,
                own=str(own),
            ),
        },
    )


@require_safe
def print_meeting(request: AgencyRequest, pk: int) -> HttpResponse:
    """Printed: the agenda, the minutes, and a list to sign."""
    found = meeting_of(request, pk)
    enforce(rules.reading(found.group, request.member))
    attendances = _attendances(found)
    return render(
        request,
        "groups/print_meeting.html",
        {
            "meeting": found,
            "group": found.group,
            "items": list(_standing(found)),
            "attendances": attendances,
            "in_writing": decided_between(found, request.member),
            "expected": [] if attendances else _expected(found),
        },
    )


@require_safe
def meeting_file(request: AgencyRequest, pk: int) -> HttpResponse:
    found = meeting_of(request, pk)
    address = request.build_absolute_uri(at(request.agency, "groups:meeting", pk=pk))
    name = slugify(f"meeting {found.on}")
    return HttpResponse(
        calendar_file(
            found,
            url=address,
            now=now(),
            inside=rules.reading(found.group, request.member) is None,
        ),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.ics"'},
    )


def change_meeting(request: AgencyRequest, pk: int) -> HttpResponse:
    found = meeting_of(request, pk)
    # For a group that has ended, the day it was really held.
    ended = found.group.is_over(request.agency.today())
    enforce(rules.changing_meeting(found, request.member, past=ended))
    form = MeetingEditForm.from_request(
        request,
        agency=request.agency,
        initial={
            "version": found.version,
            "starts_at": found.starts_at,
            "minutes_planned": found.minutes_planned,
            "place": found.place,
            "remote_link": found.remote_link,
            "agenda": found.agenda,
            "materials_sent_on": found.materials_sent_on,
            "late_reason": found.late_reason,
        },
    )

    def act(form: MeetingEditForm) -> str:
        version = form.cleaned_data["version"]
        actions.change_meeting(found, **form.answers, version=version, by=request.member)
        return at(request.agency, "groups:meeting", pk=pk)

    return ask(
        request,
        form,
        act,
        title=_("Change this meeting"),
        text=[_("Everyone in the group gets a message.")],
        button=_("Save"),
        **_back(request, found),
    )


def _back(request: AgencyRequest, meeting: Meeting) -> Back:
    return {
        "back": at(request.agency, "groups:meeting", pk=meeting.pk),
        "back_text": _("Back to the meeting"),
    }


def cancel_meeting(request: AgencyRequest, pk: int) -> HttpResponse:
    found = meeting_of(request, pk)
    past = found.group.is_over(request.agency.today())
    enforce(rules.changing_meeting(found, request.member, past=past))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.cancel_meeting(found, by=request.member)
        return at(request.agency, "groups:meetings", pk=found.group_id), _("It is called off.")

    return ask(
        request,
        form,
        act,
        tab=_("Call off this meeting"),
        title=_("Call off this meeting?"),
        text=[
            day(found.starts_at, weekday=True, time=True),
            _(
                "Everyone in the group gets a message. This can’t be undone. You can plan another "
                "meeting."
            ),
        ],
        button=_("Call it off"),
        kind="warning",
        **_back(request, found),
    )


def record_attendance(request: AgencyRequest, pk: int) -> HttpResponse:
    found = meeting_of(request, pk)
    enforce(rules.recording(found, request.member))
    rows = _attendances(found)
    recorded = {row.member: row.hours for row in rows}
    expected = [member for member in _expected(found) if member not in recorded]
    known = {member.pk for member in (*expected, *recorded)}
    # Include people who joined the program later or have left: they were there.
    others = Member.objects.within(request.agency).filter(erased_at=None).exclude(pk__in=known)
    form = AttendanceForm.from_request(
        request,
        expected=expected,
        recorded=recorded,
        attendances={row.member: row.pk for row in rows},
        others=others.order_by("shown_name"),
        agency=request.agency,
        hours=(Decimal(found.minutes_planned) / 60).quantize(Decimal("0.01")),
        initial={"guests": found.guests},
    )

    def act(form: AttendanceForm) -> tuple[str, str]:
        actions.record_attendance(found, present=form.present, by=request.member)
        guests = form.cleaned_data["guests"]
        if guests is not None:
            actions.count_guests(found, guests=guests, by=request.member)
        return at(request.agency, "groups:meeting", pk=pk), _("Thank you. It is written down.")

    return submit(request, form, act) or render(
        request,
        "groups/record_attendance.html",
        {"form": form, "meeting": found, "group": found.group},
    )


def void_attendance(request: AgencyRequest, pk: int, attendance: int) -> HttpResponse:
    """Void an attendance recorded by mistake."""
    found = meeting_of(request, pk)
    enforce(rules.recording(found, request.member))
    rows = Attendance.objects.with_voided(request.agency).filter(meeting=found)
    row = get_object_or_404(rows.select_related("member"), pk=attendance)
    form = VoidForm.from_request(request)

    def act(form: VoidForm) -> tuple[str, str]:
        actions.void_attendance(row, **form.answers, by=request.member)
        return at(request.agency, "groups:attendance", pk=pk), _("Taken off the list.")

    return ask(
        request,
        form,
        act,
        tab=_("Take somebody off the list"),
        title=_("Take %(name)s off the list") % {"name": row.member},
        text=[
            format_html(
                "{}. {}",
                day(found.starts_at, weekday=True),
                _(
                    "Do this only if they were not there. They will be told. If they were paid for "
                    "it, a correction goes to a payment approver."
                ),
            )
        ],
        button=_("Take them off"),
        kind="warning",
        back=at(request.agency, "groups:attendance", pk=pk),
    )


def record_minutes(request: AgencyRequest, pk: int) -> HttpResponse:
    found = meeting_of(request, pk)
    enforce(rules.writing_minutes(found, request.member))
    form = MinutesForm.from_request(
        request, initial={"version": found.version, "minutes": found.minutes}
    )

    def act(form: MinutesForm) -> str:
        version = form.cleaned_data["version"]
        actions.record_minutes(found, **form.answers, version=version, by=request.member)
        return at(request.agency, "groups:meeting", pk=pk)

    return ask(
        request,
        form,
        act,
        title=_("Write the minutes"),
        text=[day(found.starts_at, weekday=True)],
        button=_("Save the minutes"),
        **_back(request, found),
    )
