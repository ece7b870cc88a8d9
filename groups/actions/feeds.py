"""Addresses for calendar programs: made, replaced, ended, and read."""

from django.db import transaction

from accounts.models import Member
from foundation import events
from foundation.refusals import enforce
from groups import rules
from groups.models import CalendarFeed


def feed_of(member: Member) -> CalendarFeed | None:
    """The member's address, unless it is stopped."""
    feeds = CalendarFeed.objects.within(member.agency).exclude(token_digest=None)
    return feeds.filter(member=member).first()


@transaction.atomic
def make_feed(*, token_digest: str, shows_place: bool, by: Member) -> CalendarFeed:
    """Give `by` an address for their own meetings; one that they had before stops."""
    enforce(rules.having_feed(by))
    Member.objects.within(by.agency).select_for_update(no_key=True).get(pk=by.pk)
    feed, _created = CalendarFeed.objects.within(by.agency).update_or_create(
        agency=by.agency,
        member=by,
        defaults={
            "token_digest": token_digest,
            "shows_place": shows_place,
            "made_on": by.agency.today(),
            "read_on": None,
        },
    )
    events.record("calendar_feed.made", feed, by=by)
    return feed


@transaction.atomic
def end_feed(*, by: Member) -> None:
    """Stop the address of `by`; does nothing if there is none."""
    feeds = CalendarFeed.objects.within(by.agency).exclude(token_digest=None)
    feed = feeds.select_for_update().filter(member=by).first()
    if feed is not None:
        feed.token_digest = None
        feed.save(update_fields=["token_digest"])
        events.record("calendar_feed.ended", feed, by=by)


def end_feed_of(member: Member) -> None:
    """Stop the address of somebody who left, so that it does not come back with them."""
    CalendarFeed.objects.within(member.agency).filter(member=member).update(token_digest=None)


def note_read(feed: CalendarFeed) -> None:
    """Note that the address was fetched today; no hour, and nothing of who fetched it."""
    today = feed.agency.today()
    if feed.read_on != today:
        rows = CalendarFeed.objects.within(feed.agency).filter(pk=feed.pk)
        rows.exclude(read_on=today).update(read_on=today)
