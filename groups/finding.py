"""Look up a group, meeting or decision by key; 404 unless the member may know of it."""

from collections.abc import Callable
from datetime import date

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.anybody import kept_row
from accounts.models import Member, MemberQuerySet
from foundation import prepared
from foundation.http import AgencyRequest
from foundation.models import TenantQuerySet
from groups import rules
from groups.forms import AsOfForm
from groups.models import (
    Decision,
    DeclaredInterest,
    Group,
    GroupQuerySet,
    Meeting,
    MeetingSeries,
    Motion,
    OfferState,
    Seat,
    SeatOffer,
    hand_on,
    place,
)


def groups_of(request: AgencyRequest) -> GroupQuerySet:
    """Groups the member may know of, each with the member's place in it."""
    today = request.agency.today()
    groups = Group.objects.within(request.agency).visible_to(request.member, today)
    return groups.with_place_of(request.member, today)


def group_of(request: AgencyRequest, pk: int) -> Group:
    group = get_object_or_404(groups_of(request), pk=pk)
    group.agency = request.agency
    return group


def without_a_seat(request: AgencyRequest, group: Group) -> MemberQuerySet:
    """Whom the member may offer a seat in the group: without one there, and not asked already.

    People who may not see the list of people choose among those already seated in a group, whose
    names they can read there.
    """
    today = request.agency.today()
    seats = Seat.objects.within(request.agency)
    seated = seats.filter(Q(until=None) | Q(until__gt=today), group=group)
    offered = SeatOffer.objects.within(request.agency).waiting().filter(group=group)
    members = Member.objects.within(request.agency).on(today)
    if not rules.choosing_from_all(request.member):
        members = members.filter(pk__in=seats.filter(group__in=groups_of(request)).values("member"))
    members = members.exclude(pk__in=seated.values("member"))
    return members.exclude(pk__in=offered.values("member")).order_by("shown_name")


def seat_of(request: AgencyRequest, pk: int) -> Seat:
    seats = Seat.objects.within(request.agency).select_related("member")
    seat = get_object_or_404(seats, pk=pk)
    seat.group = group_of(request, seat.group_id)
    return seat


def offer_of(request: AgencyRequest, pk: int) -> SeatOffer:
    """An offer, for its recipient, even of a hidden group, and for people who run the group."""
    offers = SeatOffer.objects.within(request.agency).select_related(
        "group", "member", "motion__decision"
    )
    offer = get_object_or_404(offers, pk=pk)
    offer.group.agency = offer.member.agency = request.agency
    if not rules.seeing_offer(offer, request.member):
        raise Http404
    if offer.state == OfferState.WAITING and rules.held_from(offer, request.member):
        # Display it, without saving, as one that was withdrawn.
        offer.become(OfferState.WITHDRAWN)
        offer.answered_on = offer.offered_on
    return offer


def meeting_of(request: AgencyRequest, pk: int) -> Meeting:
    return _of_group(request, _meeting, pk)


def _meeting(reader: Member, on: date) -> TenantQuerySet[Meeting]:
    meetings = Meeting.objects.within(reader.agency)
    return _placed(meetings.select_related("recorded_by", "series"), reader, on)


def series_of(request: AgencyRequest, pk: int) -> MeetingSeries:
    series = get_object_or_404(MeetingSeries.objects.within(request.agency), pk=pk)
    series.group = group_of(request, series.group_id)
    return series


def decision_of(request: AgencyRequest, pk: int) -> Decision:
    found = _of_group(request, _decision, pk)
    motions = Motion.objects.within(request.agency).select_related("member", "answer_entered_by")
    interests = DeclaredInterest.objects.within(request.agency).select_related("member")
    prefetch_related_objects(
        [found], Prefetch("motions", motions), Prefetch("interests", interests.order_by("pk"))
    )
    return found


def _decision(reader: Member, on: date) -> TenantQuerySet[Decision]:
    decisions = Decision.objects.within(reader.agency).select_related(
        "proposed_by", "paper__recorded_by", "paper__attested_by", "paper__meeting"
    )
    return _placed(decisions, reader, on)


def _of_group[M: (Meeting, Decision)](
    request: AgencyRequest, build: Callable[[Member, date], TenantQuerySet[M]], pk: int
) -> M:
    """The row with its group and the member's place there; one query, which is built once."""
    row = kept_row(build, request.member, request.agency.today(), pk)
    if row is None:
        raise Http404
    hand_on(row, row.group)
    row.group.agency = request.agency
    return row


def _placed[M: (Meeting, Decision)](
    rows: TenantQuerySet[M], reader: Member, on: date
) -> TenantQuerySet[M]:
    visible = Group.objects.within(reader.agency).visible_to(reader, on)
    known = rows.filter(pk=prepared.ROW, group__in=visible).select_related("group")
    return known.annotate(**place(reader, on, "group"))


def as_of(request: AgencyRequest) -> tuple[AsOfForm, date]:
    """The form that asks for a day, and the requested day."""
    form = AsOfForm(request.GET if "on" in request.GET else None, today=request.agency.today())
    return form, form.day
