"""The committee's own page: who is in it, when it meets, what it works by."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Member
from accounts.permissions import Permission
from documents.force import in_force
from documents.models import DocumentKind
from foundation import links
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.links import Link
from foundation.models import Agency
from foundation.pages import render
from groups import rules as group_rules
from groups.models import Decision, GroupKind, MeetingStatus, Office, Seat
from oversight import rules
from oversight.models import Committee, Recommendation, Review, ReviewStatus

WAIVERS_SHOWN = 20


@require_safe
def committee(request: AgencyRequest) -> HttpResponse:
    agency, member, today = request.agency, request.member, request.agency.today()
    found = Committee.objects.within(agency).current().first()
    context: dict[str, Any] = {
        "committee": found,
        "may_open_group": group_rules.opening(GroupKind.COMMITTEE, member) is None,
    }
    if found is not None:
        wears = rules.hat(member)
        inside = wears.seated or member.may(Permission.OVERSEE)
        planned = found.group.meetings.filter(status=MeetingStatus.PLANNED, on__gte=today)
        recommendations = Recommendation.objects.within(agency)
        reviews = Review.objects.within(agency)
        context |= {
            "group": found.group,
            "seat_head": [_("Name"), _("Office"), _("Part")],
            "seats": _seats(agency, found),
            "next_meeting": planned.order_by("starts_at").first(),
            "charter": _charter(member, today),
            "inside": inside,
            "waivers": waivers(agency) if inside else [],
            "under_way": reviews.filter(status=ReviewStatus.OPEN).first() if inside else None,
            "to_judge": recommendations.answered().count() if inside else 0,
        }
    return render(request, "oversight/committee.html", context)


def _charter(reader: Member, today: date) -> Link | None:
    found = in_force([reader.agency_id], DocumentKind.CHARTER, today).get(reader.agency_id)
    return links.link("documents.version", found.pk, reader) if found else None


def _seats(agency: Agency, found: Committee) -> list[list[Any]]:
    """Names and offices only: as what somebody takes part is shown nowhere here."""
    seats = Seat.objects.within(agency).on(agency.today()).filter(group=found.group)
    return [
        [
            seat.member.display_name,
            Office(seat.office).label,
            _("Decides with the others") if seat.voting else _("Advises"),
        ]
        for seat in seats.select_related("member").order_by("-voting", "member__display_name", "pk")
    ]


def waivers(agency: Agency) -> list[dict[str, Any]]:
    """Decisions of any group without enough consumers, with the group's reason, newest first."""
    decisions = Decision.objects.within(agency).exclude(waiver="").filter(decided_on__isnull=False)
    return [
        {
            "title": decision.title,
            "group": decision.group.name,
            "on": decision.decided_on,
            "reason": decision.waiver,
            "url": at(agency, "groups:decision", pk=decision.pk),
        }
        for decision in decisions.select_related("group").order_by("-decided_on", "-pk")[
            :WAIVERS_SHOWN
        ]
    ]
