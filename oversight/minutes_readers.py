"""Minutes of the committee: who reads what of them, and which wait to be approved."""

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, Exists, F, OuterRef, Q
from django.db.models.functions import Cast

from accounts.models import Member
from documents.models import CharterTerms, DocumentKind, Version
from foundation.models import Agency, TenantQuerySet
from groups.models import GroupKind, Meeting, MeetingStatus
from oversight import rules
from oversight.committee_facts import Chartered, charter_on
from oversight.models import ApprovedMinutes, CommitteeStep
from oversight.policies import MINUTES_ASKED, MINUTES_WARNING, MINUTES_WITHIN
from oversight.rules import MinutesReaders


@dataclass(frozen=True)
class MinutesRights:
    """What a member may read: all minutes as they are, or what was approved for others.

    `readers`: whom the charter names; None if it has no terms.
    """

    whole: bool
    published: bool
    readers: MinutesReaders | None

    @property
    def any(self) -> bool:
        return self.whole or self.published


def readers_on(agency: Agency, on: date) -> MinutesReaders | None:
    """Whom the charter of that day names; None if it has no terms. One query."""
    return _named_in(charter_on(agency, on))


def _named_in(charter: Chartered | None) -> MinutesReaders | None:
    if charter is None or charter.terms is None:
        return None
    terms = charter.terms.terms
    return MinutesReaders(terms.minutes_to_board, terms.minutes_to_program, terms.minutes_to_public)


def rights_of(reader: Member) -> MinutesRights:
    """At most three queries."""
    seated = rules.committee_seats(reader).exists()
    return rights_under(charter_on(reader.agency, reader.agency.today()), reader, seated=seated)


def rights_under(charter: Chartered | None, reader: Member, *, seated: bool) -> MinutesRights:
    """The same under a charter; `seated`: in the committee. At most one query."""
    readers = _named_in(charter)
    if rules.reading_whole_minutes(reader, seated=seated):
        return MinutesRights(whole=True, published=True, readers=readers)
    published = readers is not None and rules.reading_open_minutes(readers, reader)
    return MinutesRights(whole=False, published=published, readers=readers)


def readable(reader: Member) -> TenantQuerySet[ApprovedMinutes]:
    """Approved minutes that the member may read at all, as `rights_of` says; built of no query."""
    agency, today = reader.agency, reader.agency.today()
    rows = ApprovedMinutes.objects.within(agency)
    if rules.reading_whole_minutes(reader, seated=False):
        return rows
    charter = Version.objects.within(agency).of(DocumentKind.CHARTER).in_force(today)
    terms = CharterTerms.objects.within(agency).filter(charter__in=charter.values("pk"))
    everybody = terms.filter(Q(minutes_to_program=True) | Q(minutes_to_public=True))
    taking_part = Member.objects.within(agency).on(today).filter(pk=reader.pk)
    return rows.filter(
        Exists(rules.committee_seats(reader))
        | Exists(everybody) & Exists(taking_part)
        | Exists(terms.filter(minutes_to_board=True)) & Exists(rules.governing_seats(reader))
    )


def published(agency: Agency, on: date) -> TenantQuerySet[ApprovedMinutes]:
    """Approved minutes that everybody in the program may read on that day."""
    rows = ApprovedMinutes.objects.within(agency)
    readers = readers_on(agency, on)
    return rows if readers is not None and readers.everybody else rows.none()


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
    waits = Q(_followed(agency, on)) | Q(on__lte=_soon(agency, on))
    return _asked(agency, on).filter(waits, ~before_the_committee(agency))


def overdue(agency: Agency, on: date) -> TenantQuerySet[Meeting]:
    """Those that the committee should have approved before that day, prepared or not."""
    return _asked(agency, on).filter(on__lt=on - MINUTES_WITHIN.span(agency, on))


def _asked(agency: Agency, on: date) -> TenantQuerySet[Meeting]:
    return unapproved(agency).filter(on__gte=on - MINUTES_ASKED.span)


def _followed(agency: Agency, on: date) -> Exists:
    """Whether the day of the next meeting has come."""
    following = Meeting.objects.within(agency).filter(
        group=OuterRef("group"), on__gt=OuterRef("on"), on__lte=on
    )
    return Exists(following.exclude(status=MeetingStatus.CANCELLED))


def _soon(agency: Agency, on: date) -> date:
    """The last day of a meeting whose minutes are overdue, or soon will be."""
    return on - MINUTES_WITHIN.span(agency, on) + MINUTES_WARNING.span(agency, on)


@dataclass(frozen=True)
class UnapprovedDays:
    """The days of meetings with minutes that are not approved: all, and those not prepared.

    `followed` are those not prepared after which the committee has met again, `last` the others.
    """

    all: list[date]
    followed: list[date]
    last: list[date]

    def to_prepare(self, agency: Agency, on: date) -> int:
        """How many `to_prepare` finds; no query but for the settings."""
        soon = _soon(agency, on)
        return len(self.followed) + sum(day <= soon for day in self.last)

    def overdue(self, agency: Agency, on: date) -> int:
        """How many `overdue` finds; no query but for the settings."""
        within = MINUTES_WITHIN.span(agency, on)
        return sum(day < on - within for day in self.all)


def unapproved_days(agency: Agency, on: date) -> dict[str, ArraySubquery]:
    """The parts of `UnapprovedDays` as annotations, for a query that is built without settings."""
    rows = _asked(agency, on)
    waiting = rows.filter(~before_the_committee(agency))
    return {
        "minutes_all": _days(rows),
        "minutes_followed": _days(waiting.filter(_followed(agency, on))),
        "minutes_last": _days(waiting.exclude(_followed(agency, on))),
    }


def _days(rows: TenantQuerySet[Meeting]) -> ArraySubquery:
    return ArraySubquery(rows.order_by().values("on"))
