"""Groups on other apps' pages: the next meeting, and where two people would meet."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.anybody import kept, kept_rows
from accounts.models import Member
from foundation import prepared, slots
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.models import TenantQuerySet
from foundation.paging import few_of, first_of
from foundation.presenting import PageLink
from groups import meeting_facts, rules
from groups.calendar import next_meetings
from groups.models import Group, Meeting, MeetingStatus, SeatOffer
from groups.not_expected import own_coming, with_own_coming
from groups.presenting.after import decision_shown
from safety.models import NoContact

# How many of the next meetings a desk's home shows.
SHOWN = 4


def _alternates(request: AgencyRequest, subject: object) -> tuple[str, dict[str, Any]]:
    """Who steps in for the member, and for whom they do."""
    rows = rules.shown_alternates(request.member).open().select_related("group")
    links = [
        PageLink(
            _("Stepping in: %(group)s") % {"group": row.group.name},
            at(request.agency, "groups:alternate", pk=row.pk),
        )
        for row in first_of(rows.order_by("pk"), SHOWN)
    ]
    asking = at(request.agency, "groups:supporters")
    links.append(PageLink(_("See who helps me, or ask somebody"), asking))
    return "groups/alternates.html", {"links": links}


def _next_meeting(request: AgencyRequest, subject: object) -> tuple[str, dict[str, Any]] | None:
    for meeting in kept(_first_meeting, request.member, request.agency.today()):
        return "groups/home.html", {"meeting": meeting, "own": str(own_coming(meeting))}
    return None


def _next_meetings(request: AgencyRequest, subject: object) -> tuple[str, dict[str, Any]] | None:
    meetings = few_of(kept(_first_meetings, request.member, request.agency.today()))
    if not meetings.total:
        return None
    rows = [(each, str(own_coming(each))) for each in meetings]
    return "groups/desk.html", {"rows": rows}


def _first_meetings(member: Member, on: date) -> TenantQuerySet[Meeting]:
    return first_of(_own_meetings(member, on), SHOWN)


def _first_meeting(member: Member, on: date) -> TenantQuerySet[Meeting]:
    return _own_meetings(member, on)[:1]


def _own_meetings(member: Member, on: date) -> TenantQuerySet[Meeting]:
    return with_own_coming(next_meetings(member, on), member.agency, member.pk)


def _where_they_meet(request: AgencyRequest, order: NoContact) -> tuple[str, dict[str, Any]] | None:
    """For administrators: groups in which both sit, and offers that are held back."""
    today = request.agency.today()
    seats = rules.lasting(request.agency, today)
    groups = Group.objects.within(request.agency).order_by("name", "pk")
    for person in (order.one, order.other):
        groups = groups.filter(pk__in=seats.filter(member=person).values("group"))
    offers = SeatOffer.objects.within(request.agency).waiting()
    pair = (order.one, order.other)
    held = offers.filter(member__in=pair, group__in=seats.filter(member__in=pair).values("group"))
    held = held.filter(rules.would_meet(request.agency, today))
    both, waiting = list(groups), list(held.select_related("group", "member").order_by("pk"))
    return "groups/where_they_meet.html", {"groups": both, "offers": waiting}


def _to_record(request: AgencyRequest, subject: Any) -> tuple[str, dict[str, Any]] | None:
    """The group's meeting that is not recorded yet, for those who may; one query for them."""
    group = subject if isinstance(subject, Group) else subject.group
    if rules.running(group, request.member) is not None:
        return None
    for meeting in kept_rows(_unrecorded, request.member, request.agency.today(), row=group.pk):
        return "groups/to_record.html", {"meeting": meeting}
    return None


def _unrecorded(member: Member, on: date) -> TenantQuerySet[Meeting]:
    """The last meeting of a group that is past and not recorded; the group's key is passed."""
    meetings = Meeting.objects.within(member.agency).filter(group=prepared.ROW)
    waiting = meetings.filter(status=MeetingStatus.PLANNED, on__lte=on)
    return waiting.order_by("-starts_at", "-pk")[:1]


def _decided(request: AgencyRequest, meeting: Meeting) -> tuple[str, dict[str, Any]] | None:
    """What was decided in a meeting and written down from it, for the people of the group."""
    if meeting.status != MeetingStatus.HELD or rules.reading(meeting.group, request.member):
        return None
    found = [decision_shown(each) for each in meeting_facts.decisions_of(meeting)]
    return ("groups/decided.html", {"decisions": found}) if found else None


for place in ("groups.group", "cells.cell", "dialogues.dialogue", "oversight.committee"):
    slots.register(place, _to_record)
slots.register("groups.meeting", _decided)
slots.register("safety.no_contact", _where_they_meet)
slots.register("home", _next_meeting)
slots.register("beside", _next_meetings)
slots.register("accounts.welcome", _next_meeting)
slots.register("accounts.me", _alternates)
