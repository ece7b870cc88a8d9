"""Minutes of the committee: who reads what of them, and which wait to be approved."""

from dataclasses import dataclass
from datetime import date

from django.db.models import DateField, Exists, F, OuterRef, Q
from django.db.models.functions import Cast

from accounts.models import Member
from foundation.models import Agency, TenantQuerySet
from groups.models import GroupKind, Meeting, MeetingStatus
from oversight import rules
from oversight.committee_facts import charter_on
from oversight.models import ApprovedMinutes, CommitteeStep
from oversight.policies import MINUTES_ASKED, MINUTES_WARNING, MINUTES_WITHIN
from oversight.rules import MinutesReaders


@dataclass(frozen=True)
class MinutesRights:
    """What a member may read: all minutes as they are, or what was approved for others."""

    whole: bool
    published: bool

    @property
    def any(self) -> bool:
        return self.whole or self.published


def readers_on(agency: Agency, on: date) -> MinutesReaders | None:
    """Whom the charter of that day names; None if it has no terms. One query."""
    charter = charter_on(agency, on)
    if charter is None or charter.terms is None:
        return None
    terms = charter.terms.terms
    return MinutesReaders(terms.minutes_to_board, terms.minutes_to_program, terms.minutes_to_public)


def rights_of(reader: Member) -> MinutesRights:
    """At most three queries."""
    if rules.reading_whole_minutes(reader):
        return MinutesRights(whole=True, published=True)
    readers = readers_on(reader.agency, reader.agency.today())
    published = readers is not None and rules.reading_open_minutes(readers, reader)
    return MinutesRights(whole=False, published=published)


def readable(reader: Member) -> TenantQuerySet[ApprovedMinutes]:
    """Approved minutes that the member may read at all."""
    rows = ApprovedMinutes.objects.within(reader.agency)
    return rows if rights_of(reader).any else rows.none()


def unapproved(agency: Agency) -> TenantQuerySet[Meeting]:
    """Meetings of the committee whose minutes are written, and not approved."""
    rows = Meeting.objects.within(agency).filter(
        group__kind=GroupKind.COMMITTEE, group__closed=None, status=MeetingStatus.HELD
    )
    return rows.filter(minutes_approved_on=None).exclude(minutes="")


def due(agency: Agency, on: date) -> Cast:
    """The last day on which the minutes of a meeting should be approved."""
    return Cast(F("on") + MINUTES_WITHIN.span(agency, on), DateField())


def before_the_committee(agency: Agency) -> Exists:
    """Whether the committee decides about the minutes of a meeting now."""
    steps = CommitteeStep.objects.within(agency).before_the_committee()
    return Exists(steps.filter(meeting=OuterRef("pk")))


def to_prepare(agency: Agency, on: date) -> TenantQuerySet[Meeting]:
    """Those to be put to the committee: its next meeting has come, or they are soon overdue."""
    following = Meeting.objects.within(agency).filter(
        group=OuterRef("group"), on__gt=OuterRef("on"), on__lte=on
    )
    following = following.exclude(status=MeetingStatus.CANCELLED)
    soon = on - MINUTES_WITHIN.span(agency, on) + MINUTES_WARNING.span(agency, on)
    rows = unapproved(agency).filter(Q(Exists(following)) | Q(on__lte=soon))
    return rows.filter(~before_the_committee(agency), on__gte=on - MINUTES_ASKED.span)


def overdue(agency: Agency, on: date) -> TenantQuerySet[Meeting]:
    """Those that the committee should have approved before that day, prepared or not."""
    rows = unapproved(agency).filter(on__lt=on - MINUTES_WITHIN.span(agency, on))
    return rows.filter(on__gte=on - MINUTES_ASKED.span)
