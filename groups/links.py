"""Titles and addresses of groups, meetings and decisions, for those who may know of them."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext

from accounts import hanging
from accounts.models import Member
from accounts.permissions import Permission
from accounts.rules import managing_settings
from foundation import links
from foundation.addresses import at
from foundation.links import Link, Named
from foundation.models import TenantQuerySet
from groups import rules
from groups.models import (
    ABOUT_A_SEAT,
    Alternate,
    Attendance,
    CalendarFeed,
    DatePoll,
    Decision,
    Group,
    GroupQuerySet,
    Meeting,
    MeetingSeries,
    Motion,
    Resolution,
    Seat,
    SeatOffer,
    Supporter,
    ZoneChange,
    hand_on,
    place,
)
from groups.zones import called


def _visible(reader: Member) -> GroupQuerySet:
    return Group.objects.within(reader.agency).visible_to(reader, reader.agency.today())


def _meetings(reader: Member) -> TenantQuerySet[Meeting]:
    return Meeting.objects.within(reader.agency).filter(group__in=_visible(reader))


def _polls(reader: Member) -> TenantQuerySet[DatePoll]:
    """Of groups in which the reader sits, or that they run."""
    seats = Seat.objects.within(reader.agency).on(reader.agency.today()).filter(member=reader)
    polls = DatePoll.objects.within(reader.agency)
    return polls.filter(Q(group__in=seats.values("group")) | _run_by(reader))


def _series(reader: Member) -> TenantQuerySet[MeetingSeries]:
    return MeetingSeries.objects.within(reader.agency).filter(group__in=_visible(reader))


def _attendances(reader: Member) -> TenantQuerySet[Attendance]:
    rows = Attendance.objects.with_voided(reader.agency)
    return rows.filter(meeting__in=_meetings(reader))


def _seats(reader: Member) -> TenantQuerySet[Seat]:
    return Seat.objects.within(reader.agency).filter(group__in=_visible(reader))


def _offers(reader: Member) -> TenantQuerySet[SeatOffer]:
    """The reader's own offers; all of them for people who work with all groups."""
    offers = SeatOffer.objects.within(reader.agency)
    if rules.choosing_from_all(reader):
        return offers
    return offers.filter(member=reader)


def _run_by(reader: Member) -> Q:
    """Rows of groups that the reader runs, as in `rules.running`."""
    if rules.works_with_groups(reader):
        return Q(pk__isnull=False)
    seats = Seat.objects.within(reader.agency).on(reader.agency.today())
    running = seats.filter(member=reader, office__in=rules.RUNNING_OFFICES)
    return Q(group__in=running.values("group"))


def _motions(reader: Member) -> TenantQuerySet[Motion]:
    """As `rules.reading_motion`; others read the proposal on the page of the decision."""
    rows = Motion.objects.within(reader.agency).filter(kind__in=ABOUT_A_SEAT)
    return rows.filter(Q(member=reader) | (Q(member__user=None) & _run_by(reader)))


def _resolutions(reader: Member) -> TenantQuerySet[Resolution]:
    """As `rules.seeing_resolution`."""
    rows = Resolution.objects.within(reader.agency)
    if reader.may(Permission.OVERSEE):
        return rows
    return rows.filter(Q(asked=reader) | _run_by(reader))


def decisions(ids: Collection[int], reader: Member) -> dict[int, Link]:
    """Decisions the reader may read: an open proposal is only for its group."""
    known = Decision.objects.within(reader.agency).filter(group__in=_visible(reader), pk__in=ids)
    today = reader.agency.today()
    rows = list(known.select_related("group").annotate(**place(reader, today, "group")))
    for row in rows:
        hand_on(row, row.group)
    return {
        row.pk: Link(row.title, at(reader.agency, "groups:decision", pk=row.pk))
        for row in rows
        if rules.reading_decision(row, reader) is None
    }


def _supporters(reader: Member) -> TenantQuerySet[Supporter]:
    """Only for the two people."""
    return rules.shown_supporters(reader)


def _alternates(reader: Member) -> TenantQuerySet[Alternate]:
    """Only for the two people: nobody else learns who would step in, or for whom."""
    return rules.shown_alternates(reader)


def _zones(reader: Member) -> TenantQuerySet[ZoneChange]:
    rows = ZoneChange.objects.within(reader.agency)
    return rows if managing_settings(reader) is None else rows.none()


def _zone_page(reader: Member, _key: int) -> str:
    return at(reader.agency, "groups:time_zone")


links.register_named("group", Named("groups:group", _visible, "name"))
links.register_named("meeting", Named("groups:meeting", _meetings, "group__name"))
links.register_named("meeting_series", Named("groups:series", _series, "group__name"))
links.register_named(
    "attendance",
    Named("groups:meeting", _attendances, "meeting__group__name", key="meeting"),
)
links.register_named("date_poll", Named("groups:date_poll", _polls, "group__name"))
links.register_named("seat_offer", Named("groups:offer", _offers, "group__name"))
links.register_named("seat", Named("groups:people", _seats, "group__name", key="group"))
links.register_named("zone_change", Named(_zone_page, _zones, "after", worded=called))
links.register_named("motion", Named("groups:motion", _motions, "group__name"))
links.register_named("resolution", Named("groups:resolution", _resolutions, "group__name"))
links.register_seen(
    "calendar_feed",
    lambda reader: CalendarFeed.objects.within(reader.agency).filter(member=reader),
)
links.register_named("supporter", Named("groups:supporter", _supporters, "supporter__shown_name"))
links.register_named("alternate", Named("groups:alternate", _alternates, "group__name"))
links.register_many("decision", decisions)
links.register_seen("decision", rules.readable_decisions)


def _only_one_who_runs(member: Member, on: date) -> list[str]:
    """Groups that nobody would run once this member is gone."""
    seats = Seat.objects.within(member.agency).on(on).filter(office__in=rules.RUNNING_OFFICES)
    others = seats.filter(group=OuterRef("group")).exclude(member=member)
    alone = seats.filter(~Exists(others), member=member).select_related("group")
    return [
        gettext(
            "Nobody else runs %(group)s. When they are gone, it waits for administrators and "
            "facilitators, to say who does."
        )
        % {"group": seat.group.name}
        for seat in alone.order_by("group__name")
    ]


hanging.register(_only_one_who_runs)
