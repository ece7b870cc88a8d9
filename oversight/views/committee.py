"""The committee's own page: its members, meetings and charter."""

from dataclasses import dataclass
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
from documents.models import DocumentKind
from foundation import prepared, smallness
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.models import Agency
from foundation.pages import render
from foundation.paging import ListPage, page_of
from groups import founding, leading
from groups import rules as group_rules
from groups.models import Decision, Group, GroupKind, MeetingStatus, Seat
from oversight import pausing, rules
from oversight.charter_words import ToldDeparture, told
from oversight.committee_facts import Chartered, charter_on, departures_from
from oversight.ended import last_ended
from oversight.minutes_readers import UnapprovedDays, rights_under, unapproved_days
from oversight.models import (
    Committee,
    CommitteeQuerySet,
    CommitteeStep,
    Recommendation,
    RecommendationStatus,
    Review,
    ReviewStatus,
)
from oversight.policies import PAUSE_COUNTED
from oversight.presenting import CommitteeDuties, OverduePauses, committee_page, no_committee


@require_safe
def committee(request: AgencyRequest) -> HttpResponse:
    agency, member, today = request.agency, request.member, request.agency.today()
    found = _current(agency, today)
    if found is None:
        may_open = group_rules.opening(GroupKind.COMMITTEE, member) is None
        ended = last_ended(agency, today)
        empty = no_committee(agency, ended=ended is not None, may_open=may_open)
        context: dict[str, Any] = {"ended": ended, "empty": empty}
        return render(request, "oversight/committee.html", context)
    group = found.committee.group
    group.agency = agency
    seats = _seats(agency, found.committee)
    _put_place(group, seats, member)
    wears = rules.hat_from(seats, member)
    inside = wears.seated or member.may(Permission.OVERSEE)
    planned = group.meetings.filter(status=MeetingStatus.PLANNED, on__gte=today)
    overdue = _overdue_pauses(member, today) if found.overdue and wears.voting else None
    duties = CommitteeDuties(
        under_way=found.under_way if inside else None,
        to_judge=found.to_judge if inside else 0,
        to_verify=found.to_verify if inside else 0,
        minutes=found.minutes.to_prepare(agency, today) if wears.voting else 0,
        late_steps=found.late_steps if wears.voting else 0,
        overdue=overdue,
    )
    charter = charter_on(agency, today)
    reads = rights_under(charter, member, seated=wears.seated)
    link = documents_links.of(charter.version, member) if charter else None
    context = {
        "committee": found.committee,
        "group": group,
        "page": committee_page(group, duties, link, inside=inside, minutes=reads.any),
        "late_minutes": found.minutes.overdue(agency, today) if reads.any else 0,
        "charter": at(agency, "documents:document", kind=DocumentKind.CHARTER.value),
        "out_of_charter": _departures(charter, group, member, today),
        "seat_head": [_("Name"), _("Office"), _("Part")],
        "seats_end": founding.last_day_of(seats, today),
        "seats": _rows(seats, member),
        "next_meeting": planned.order_by("starts_at").first(),
        "inside": inside,
        "late_stages": found.late_stages,
        "waivers": waivers(request) if inside else None,
        "overdue_pauses": overdue,
        "late_pauses": smallness.count(found.late) if inside else None,
        "pauses_counted": PAUSE_COUNTED.words,
    }
    return render(request, "oversight/committee.html", context)


@dataclass(frozen=True)
class CommitteeNow:
    """The committee and its open work.

    That is the open review, the answers to judge, the reports to verify, recommendations that are
    overdue in any stage, the reviews of pauses that are overdue or came late, and minutes that are
    not approved.
    """

    committee: Committee
    under_way: int | None
    to_judge: int
    to_verify: int
    late_stages: int
    late_steps: int
    overdue: int
    late: int
    minutes: UnapprovedDays


def _current(agency: Agency, today: date) -> CommitteeNow | None:
    """Read it with a query that is built once a day."""
    asked = prepared.prepared(
        ("oversight.committee", today),
        lambda: _asked(prepared.agency(), today),
        {prepared.AGENCY: "agency"},
    )
    for row in asked.models({"agency": agency.pk}):
        row.agency = agency
        return CommitteeNow(
            committee=row,
            under_way=row.under_way,
            to_judge=row.to_judge,
            to_verify=row.to_verify,
            late_stages=row.late_stages,
            late_steps=row.late_steps,
            overdue=row.overdue,
            late=row.late,
            minutes=UnapprovedDays(row.minutes_all, row.minutes_followed, row.minutes_last),
        )
    return None


def _asked(agency: Agency, today: date) -> CommitteeQuerySet:
    under_way = Review.objects.within(agency).filter(status=ReviewStatus.OPEN)
    recommendations = Recommendation.objects.within(agency)
    reported = recommendations.filter(status=RecommendationStatus.REPORTED)
    committees = Committee.objects.within(agency).current().order_by("pk")
    return committees.annotate(
        under_way=Subquery(under_way.order_by("pk").values("pk")[:1]),
        to_judge=_number_of(recommendations.answered().undecided()),
        to_verify=_number_of(reported.undecided()),
        late_stages=_number_of(recommendations.late(today)),
        late_steps=_number_of(CommitteeStep.objects.within(agency).late(today)),
        overdue=_number_of(pausing.unreviewed(agency, today)),
        late=_number_of(pausing.lately(agency, today)),
        **unapproved_days(agency, today),
    )[:1]


def _overdue_pauses(member: Member, today: date) -> OverduePauses | None:
    """Overdue reviews of committee members' pauses that this member can do."""
    rows = pausing.unreviewed(member.agency, today).exclude(member=member).exclude(by=member)
    found = list(rows.order_by("since", "pk"))
    if not found:
        return None
    refusal = rules.ruling_on_pause(found[0], member, rules.hat(member), ruled=False)
    return None if refusal is not None else OverduePauses(found[0].pk, len(found))


def _departures(
    charter: Chartered | None, group: Group, reader: Member, today: date
) -> list[ToldDeparture]:
    if charter is None or charter.terms is None:
        return []
    found = departures_from(charter.terms, group.agency, group, today)
    return told(found, group, reader, today=True)


def _number_of(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("agency").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def _seats(agency: Agency, found: Committee) -> list[Seat]:
    seats = Seat.objects.within(agency).on(agency.today()).filter(group=found.group)
    return list(seats.select_related("member").order_by("-voting", "member__shown_name", "pk"))


def _put_place(group: Group, seats: list[Seat], reader: Member) -> None:
    """Let the rules of groups find the reader's place, which is among these seats."""
    mine = next((seat for seat in seats if seat.member_id == reader.pk), None)
    place = (reader.pk, mine.office if mine else None, mine.voting if mine else None)
    for name, value in zip(("place_of", "place_office", "place_voting"), place, strict=True):
        setattr(group, name, value)


def _rows(seats: list[Seat], reader: Member) -> list[list[Any]]:
    """Names, with offices only for readers who may know them; never a standing."""
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
    """Decisions taken without a consumer quorum, with the group's reason, newest first.

    Leaves out groups that the reader runs without seeing standings.
    """
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
