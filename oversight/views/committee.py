"""The committee's own page: who is in it, when it meets, what it works by."""

from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Member
from accounts.permissions import Permission
from documents import links as documents_links
from documents.force import in_force
from documents.models import DocumentKind
from foundation import smallness
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.links import Link
from foundation.models import Agency
from foundation.pages import render
from foundation.paging import ListPage, page_of
from groups import leading
from groups import rules as group_rules
from groups.models import Decision, GroupKind, MeetingStatus, Seat
from oversight import pausing, rules
from oversight.ended import last_ended
from oversight.models import Committee, Recommendation, Review, ReviewStatus
from oversight.policies import PAUSE_COUNTED


@require_safe
def committee(request: AgencyRequest) -> HttpResponse:
    agency, member, today = request.agency, request.member, request.agency.today()
    found = Committee.objects.within(agency).current().annotate(**_to_do(agency, today)).first()
    context: dict[str, Any] = {
        "committee": found,
        "may_open_group": group_rules.opening(GroupKind.COMMITTEE, member) is None,
    }
    if found is None:
        context["ended"] = last_ended(agency, today)
    else:
        to_do: Any = found
        seats = _seats(agency, found)
        wears = rules.hat_from(seats, member)
        inside = wears.seated or member.may(Permission.OVERSEE)
        planned = found.group.meetings.filter(status=MeetingStatus.PLANNED, on__gte=today)
        context |= {
            "group": found.group,
            "seat_head": [_("Name"), _("Office"), _("Part")],
            "seats": _rows(seats, member),
            "next_meeting": planned.order_by("starts_at").first(),
            "charter": _charter(member, today),
            "inside": inside,
            "waivers": waivers(request) if inside else None,
            "under_way": to_do.under_way if inside else None,
            "to_judge": to_do.to_judge if inside else 0,
            "overdue_pauses": _overdue_pauses(member, today)
            if to_do.overdue and wears.voting
            else None,
            "late_pauses": smallness.count(to_do.late) if inside else None,
            "pauses_counted": PAUSE_COUNTED.words,
        }
    return render(request, "oversight/committee.html", context)


def _overdue_pauses(member: Member, today: date) -> dict[str, Any] | None:
    """Of the committee's own members: how many this member can review, and the first of them."""
    rows = pausing.unreviewed(member.agency, today).exclude(member=member).exclude(by=member)
    found = list(rows.order_by("since", "pk"))
    if not found:
        return None
    refusal = rules.ruling_on_pause(found[0], member, rules.hat(member), ruled=False)
    return None if refusal is not None else {"first": found[0].pk, "count": len(found)}


def _charter(reader: Member, today: date) -> Link | None:
    found = in_force([reader.agency_id], DocumentKind.CHARTER, today).get(reader.agency_id)
    return documents_links.of(found, reader) if found else None


def _to_do(agency: Agency, today: date) -> dict[str, Any]:
    """With the committee: the review that is under way, how many answers are to be judged, and how
    many reviews of pauses are overdue or came late."""
    under_way = Review.objects.within(agency).filter(status=ReviewStatus.OPEN)
    return {
        "under_way": Subquery(under_way.order_by("pk").values("pk")[:1]),
        "to_judge": _number_of(Recommendation.objects.within(agency).answered()),
        "overdue": _number_of(pausing.unreviewed(agency, today)),
        "late": _number_of(pausing.lately(agency, today)),
    }


def _number_of(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("agency").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def _seats(agency: Agency, found: Committee) -> list[Seat]:
    seats = Seat.objects.within(agency).on(agency.today()).filter(group=found.group)
    return list(seats.select_related("member").order_by("-voting", "member__shown_name", "pk"))


def _rows(seats: list[Seat], reader: Member) -> list[list[Any]]:
    """Names, and the offices of those who let this reader know them: never any standing."""
    offices = leading.offices_open_to(reader, seats)
    return [
        [
            seat.member.shown_name,
            offices.get(seat.pk, ""),
            _("Decides with the others") if seat.voting else _("Advises"),
        ]
        for seat in seats
    ]


def waivers(request: AgencyRequest) -> ListPage:
    """Decisions of any group without enough consumers, with the group's reason, newest first; but
    of those that the reader runs themselves without seeing standings."""
    agency, reader = request.agency, request.member
    decisions = Decision.objects.within(agency).waived()
    if group_rules.naming_standing(reader) is not None:
        running = Seat.objects.within(agency).on(agency.today()).filter(member=reader)
        running = running.filter(office__in=group_rules.RUNNING_OFFICES)
        decisions = decisions.exclude(group__in=running.values("group"))
    ordered = decisions.select_related("group").order_by("-decided_on", "-pk")
    page = page_of(request, ordered, parameter="waivers")
    page.object_list = [
        {
            "title": decision.title,
            "group": decision.group.name,
            "on": decision.decided_on,
            "reason": decision.waiver,
            "url": at(agency, "groups:decision", pk=decision.pk),
        }
        for decision in page.object_list
    ]
    return page
