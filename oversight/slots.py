"""The state of the committee on other apps' pages, and what it has asked on the home page."""

from datetime import date
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from documents.finding import ShownOn
from documents.models import DocumentKind
from foundation import slots
from foundation.http import AgencyRequest
from groups.models import Group, GroupKind, Meeting
from oversight.charter_words import told
from oversight.committee_facts import departures
from oversight.ended import last_ended
from oversight.minutes_readers import rights_of
from oversight.models import Recommendation, RecommendationStatus

QUEUED_FOR = (Permission.OVERSEE, Permission.ANSWER_FOR_MANAGEMENT)


def _ended(request: AgencyRequest, subject: Any) -> tuple[str, dict[str, Any]] | None:
    """`subject` is the day the page shows, or None for today."""
    found = last_ended(request.agency, subject or request.agency.today())
    return None if found is None else ("oversight/ended.html", {"ended": found})


def _overdue(request: AgencyRequest, subject: date | None) -> slots.Filled | None:
    """How many recommendations are overdue, hidden from nobody.

    Today that is any stage, whoever has to act; of a past day, management's promises are known.
    """
    rows = Recommendation.objects.within(request.agency)
    today = request.agency.today()
    day = subject or today
    past = day != today
    count = rows.overdue(day).count() if past else rows.late(today).count()
    return ("oversight/overdue.html", {"count": count, "past": past}) if count else None


def _queue(request: AgencyRequest, subject: object) -> slots.Filled | None:
    """How many recommendations are where, for those who ask them and those who answer."""
    if not any(request.member.may(each) for each in QUEUED_FOR):
        return None
    rows = Recommendation.objects.within(request.agency)
    going_on = rows.exclude(status=RecommendationStatus.CLOSED).order_by()
    counts = dict(going_on.values_list("status").annotate(n=Count("pk")))
    if not counts:
        return None
    lines = [(str(each.label), counts[each]) for each in RecommendationStatus if each in counts]
    if overdue := rows.late(request.agency.today()).count():
        lines.append((_("Overdue"), overdue))
    return "oversight/queue.html", {"lines": lines}


def _out_of_charter(request: AgencyRequest, subject: ShownOn) -> slots.Filled | None:
    """On the charter's page, how the committee differed from it on the day that is shown."""
    agency, today = request.agency, request.agency.today()
    if subject.version.document.kind != DocumentKind.CHARTER:
        return None
    group = Group.objects.within(agency).open(subject.on).filter(kind=GroupKind.COMMITTEE).first()
    found = departures(agency, group, subject.on)
    if group is None or not found:
        return None
    group.agency = agency
    shown = told(found, group, request.member, today=subject.on == today)
    context = {"told": shown, "past": subject.on < today, "charter": ""}
    return ("oversight/out_of_charter.html", context) if shown else None


def _minutes(request: AgencyRequest, meeting: Meeting) -> slots.Filled | None:
    """The way from a meeting of the committee to its approved minutes and their addenda."""
    if meeting.minutes_approved_on is None or not rights_of(request.member).any:
        return None
    return "oversight/minutes_of_meeting.html", {"meeting": meeting}


slots.register("desk", _queue)
slots.register("groups.meeting", _minutes)
slots.register("documents.in_force", _out_of_charter)
slots.register("indicators.dashboard", _ended)
slots.register("indicators.dashboard", _overdue)
slots.register("oversight.packet", _ended)
