"""What people need at meetings: said, taken back, and arranged."""

from collections.abc import Collection
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import DateField, ExpressionWrapper, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation.models import Agency, TenantQuerySet
from foundation.refusals import enforce
from groups import rules
from groups.actions.meetings import locked_meeting
from groups.models import AccessNeed, Arrangement, Meeting, Need, Seat
from notifications.actions import tell_all


def needs_of(member: Member) -> TenantQuerySet[AccessNeed]:
    """What the member needs from today on."""
    today = member.agency.today()
    needs = AccessNeed.objects.within(member.agency).filter(member=member)
    return needs.filter(Q(until=None) | Q(until__gt=today))


def needs_at(meeting: Meeting) -> TenantQuerySet[AccessNeed]:
    """What people who sit in the group on that day need at this meeting."""
    seats = Seat.objects.within(meeting.agency).on(meeting.on).filter(group=meeting.group_id)
    needs = AccessNeed.objects.within(meeting.agency).filter(
        Q(meeting=meeting) | Q(meeting=None),
        Q(until=None) | Q(until__gt=meeting.on),
        member__in=seats.values("member"),
        member__erased_at=None,
    )
    return needs.order_by("kind", "member__shown_name", "pk")


def arrangers(meeting: Meeting) -> list[Member]:
    """Those who run the meeting's group now."""
    seats = Seat.objects.within(meeting.agency).on(meeting.agency.today())
    running = seats.filter(group=meeting.group_id, office__in=rules.RUNNING_OFFICES)
    people = Member.objects.within(meeting.agency).filter(pk__in=running.values("member"))
    return list(people.select_related("user").order_by("pk"))


@transaction.atomic
def say_need(*, kind: str, words: str, meeting: Meeting | None, by: Member) -> AccessNeed:
    """Say what `by` needs at one meeting, or at all of their meetings.

    No event tells of it, since others read events. For one meeting, those who run the group get a
    message without a name.

    ValidationError: something else without words.
    """
    if meeting is not None:
        meeting = locked_meeting(meeting, by)
        meeting.group.agency = by.agency
    enforce(rules.saying_need(meeting, by))
    if kind == Need.OTHER and not words.strip():
        raise ValidationError({"words": _("Say in a few words what you need.")})
    need: AccessNeed = AccessNeed.objects.within(by.agency).create(
        member=by,
        meeting=meeting,
        kind=kind,
        words=words.strip(),
        since=by.agency.today(),
        until=None if meeting is None else meeting.on + timedelta(days=1),
    )
    if meeting is not None:
        people = [(each, meeting) for each in arrangers(meeting) if each.pk != by.pk]
        tell_all(people, "meeting.need", title=meeting.group.name)
    return need


@transaction.atomic
def take_need_back(need: AccessNeed, *, by: Member) -> None:
    """Take back what `by` said; its words go at once. Doing it twice changes nothing."""
    needs = AccessNeed.objects.within(by.agency).select_for_update()
    need = needs.get(pk=need.pk, member=by)
    need.words, need.until = "", by.agency.today()
    need.save(update_fields=["words", "until"])


def move_needs(agency: Agency, meetings: TenantQuerySet[Meeting]) -> None:
    """Let what is needed at these meetings hold until the days on which they are now."""
    day_after = ExpressionWrapper(F("on") + timedelta(days=1), output_field=DateField())
    moved = meetings.filter(pk=OuterRef("meeting")).annotate(after=day_after).values("after")
    needs = AccessNeed.objects.within(agency).filter(meeting__in=meetings)
    needs.filter(until__gt=agency.today()).update(until=Greatest("since", Subquery(moved)))


def end_needs_of(member: Member) -> None:
    """End what somebody who leaves said, with its words."""
    needs_of(member).update(words="", until=Greatest("since", Value(member.agency.today())))


@transaction.atomic
def arrange(meeting: Meeting, *, done: Collection[int], by: Member) -> None:
    """Note which needs of this meeting (by key) are arranged; the others are not."""
    meeting = locked_meeting(meeting, by)
    meeting.group.agency = by.agency
    enforce(rules.arranging(meeting, by))
    today = by.agency.today()
    Arrangement.objects.within(by.agency).bulk_create(
        [
            Arrangement(
                agency=by.agency,
                need=each,
                meeting=meeting,
                done=each.pk in done,
                by=by,
                on=today,
            )
            for each in needs_at(meeting)
        ],
        update_conflicts=True,
        unique_fields=["agency", "need", "meeting"],
        update_fields=["done", "by", "on"],
    )
