"""A person's meetings for a calendar program: who is behind an address, and what it gets."""

import hashlib
import uuid
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils.crypto import salted_hmac

from accounts.models import Member
from foundation import codes, tenancy
from foundation.models import Agency
from groups.calendar import calendar_of
from groups.models import CalendarFeed, Meeting, Seat
from groups.policies import FEED_AHEAD, FEED_BACK

# About 157 bits.
LENGTH = 32


def token(submission: uuid.UUID) -> str:
    """The token for a sent form: sending it twice makes one address, shown both times."""
    mixed = salted_hmac("groups.feed", submission.hex, algorithm="sha256")
    return codes.from_bytes(mixed.digest(), LENGTH)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find(token: str) -> tuple[Agency, int] | None:
    """The agency and the key of the feed with this token."""
    agencies = {agency.pk: agency for agency in Agency.objects.all()}
    with tenancy.across():
        feeds = CalendarFeed.objects.across(agencies).filter(token_digest=digest(token))
        row = feeds.values_list("agency_id", "pk").first()
    return (agencies[row[0]], row[1]) if row else None


def reader(feed: CalendarFeed) -> Member | None:
    """The person of the feed, while they take part and their access is not paused."""
    today = feed.agency.today()
    people = Member.objects.within(feed.agency).on(today).not_paused(today)
    return people.filter(pk=feed.member_id, erased_at=None, user__isnull=False).first()


def calendar(feed: CalendarFeed, member: Member, now: datetime) -> str:
    """The calendar of the member's meetings: those of days on which they have a seat."""
    today = feed.agency.today()
    seats = Seat.objects.within(feed.agency).filter(
        Q(until=None) | Q(until__gt=OuterRef("on")),
        group=OuterRef("group"),
        member=member,
        since__lte=OuterRef("on"),
    )
    rows = Meeting.objects.within(feed.agency).filter(
        Q(group__closed=None) | Q(group__closed__gt=F("on")),
        Exists(seats),
        on__range=(
            today - timedelta(days=FEED_BACK.value),
            today + timedelta(days=FEED_AHEAD.value),
        ),
    )
    midnight = datetime.combine(now.date(), datetime.min.time(), now.tzinfo)
    return calendar_of(
        list(rows.order_by("starts_at", "pk")),
        stamp=midnight,
        shows_place=feed.shows_place,
        language=member.language,
    )
