"""Groups on other apps' pages: the next meeting, and where two people would meet."""

from datetime import date
from typing import Any

from accounts.anybody import kept
from accounts.models import Member
from foundation import slots
from foundation.http import AgencyRequest
from foundation.models import TenantQuerySet
from foundation.paging import few_of, first_of
from groups import rules
from groups.calendar import next_meetings
from groups.models import Group, Meeting, SeatOffer
from safety.models import NoContact

# How many of the next meetings a desk's home shows.
SHOWN = 4


def _next_meeting(request: AgencyRequest, subject: object) -> tuple[str, dict[str, Any]] | None:
    for meeting in kept(_first_meeting, request.member, request.agency.today()):
        return "groups/home.html", {"meeting": meeting}
    return None


def _next_meetings(request: AgencyRequest, subject: object) -> tuple[str, dict[str, Any]] | None:
    meetings = few_of(kept(_first_meetings, request.member, request.agency.today()))
    return ("groups/desk.html", {"meetings": meetings}) if meetings.total else None


def _first_meetings(member: Member, on: date) -> TenantQuerySet[Meeting]:
    return first_of(next_meetings(member, on), SHOWN)


def _first_meeting(member: Member, on: date) -> TenantQuerySet[Meeting]:
    return next_meetings(member, on)[:1]


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


slots.register("safety.no_contact", _where_they_meet)
slots.register("home", _next_meeting)
slots.register("beside", _next_meetings)
slots.register("accounts.welcome", _next_meeting)
