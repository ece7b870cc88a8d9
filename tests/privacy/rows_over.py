"""Rows of every table that the schedule takes out of use, dated on a given day."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction

from accounts.models import AccessLog, Member
from foundation.models import Agency, Event, Submission
from groups.models import Group
from indicators.models import FrozenSnapshot, IndicatorSnapshot
from measures.definitions.models import Measure, Ownership
from measures.importing.models import ImportDraft, ImportProgress
from notifications.models import Email, Message, Stopped, TextKind, TextMessage, TextNumber

A_DAY = timedelta(days=1)
CHECKSUM = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
# Each class by its code, with how long it starts at and its tables.
SPANS: dict[str, int | timedelta] = {
    "logs": 6,
    "messages": 1,
    "sent_mail": timedelta(days=30),
    "submissions": timedelta(days=2),
    "imports": timedelta(days=14),
    "snapshots": 6,
}


def defined(group: Group, by: Member) -> Measure:
    """A measure of the group, by which a file can be brought in."""
    with transaction.atomic():
        measure = Measure.objects.within(group.agency).create(
            owner=group,
            name="Seen",
            kind="count",
            direction="increase",
            numerator="People",
            frequency="month",
            source="Sheet",
            collected_by=by,
            defined_on=group.agency.today(),
        )
        Ownership.objects.within(group.agency).create(
            measure=measure, group=group, since=group.agency.today()
        )
    return measure


class Rows:
    """Makes rows of one agency about a person and a group."""

    def __init__(self, agency: Agency, person: Member, group: Group) -> None:
        self.agency, self.person, self.group = agency, person, group

    def over(self, code: str) -> date:
        """The last date of a class that is over today, by another way than the database's."""
        today, span = self.agency.today(), SPANS[code]
        if isinstance(span, timedelta):
            return today - span
        # On February 29, what was made on the 28th of another year.
        found = today
        while (found.year + span, found.month, found.day) > (today.year, today.month, today.day):
            found -= A_DAY
        return found

    def late(self, day: date) -> datetime:
        """The last moment of a day where the agency is."""
        return datetime.combine(day, time(23, 59, 59, 123456), self.agency.zone)

    def message(self, day: date, **other: Any) -> Message:
        given: dict[str, Any] = {
            "code": "data_copy.ready",
            "subject_type": "data_copy",
            "subject_id": 1,
        }
        given |= {"member": self.person, "title": "Zoë’s “note”", "data": {"n": 1.50}}
        return Message.objects.within(self.agency).create(
            **{**given, "at": self.late(day), **other}
        )

    def email(self, day: date, **other: Any) -> Email:
        rows = Email.objects.within(self.agency)
        reason = f"message {rows.count()}"
        return rows.create(member=self.person, reason=reason, sent_at=self.late(day), **other)

    def text(self, day: date) -> TextMessage:
        consent = TextNumber.objects.within(self.agency).create(
            member=self.person, shared=False, stopped_at=self.late(day), stopped_why=Stopped.PAGE
        )
        return TextMessage.objects.within(self.agency).create(
            member=self.person,
            number=consent,
            kind=TextKind.NEWS,
            created_at=self.late(day),
            sent_at=self.late(day),
        )

    def event(self, day: date, **other: Any) -> Event:
        given: dict[str, Any] = {
            "name": "member.entered",
            "subject_type": "group",
            "subject_id": self.group.pk,
        }
        given |= {"actor": self.person, "at": self.late(day)}
        return Event.objects.within(self.agency).create(**{**given, **other})

    def looked(self, day: date) -> AccessLog:
        rows = AccessLog.objects.within(self.agency)
        return rows.create(reader=self.person, about=self.person, what="profile", at=self.late(day))

    def sent_form(self, day: date) -> Submission:
        return Submission.objects.within(self.agency).create(location="/x/", at=self.late(day))

    def result(self, day: date, indicator: str = "meetings") -> IndicatorSnapshot:
        rows = IndicatorSnapshot.objects.within(self.agency)
        return rows.create(
            indicator=indicator, day=day, status="met", status_since=day, value="1.50", engine=1
        )

    def frozen(self, day: date) -> FrozenSnapshot:
        rows = FrozenSnapshot.objects.within(self.agency)
        return rows.create(as_of=day, text="a", checksum=CHECKSUM, by=self.person)

    def file(self, day: date) -> ImportDraft:
        measures = Measure.objects.within(self.agency)
        measure = measures.first() or defined(self.group, self.person)
        rows = ImportDraft.objects.within(self.agency)
        file = rows.create(
            measure=measure, uploaded_by=self.person, uploaded_at=self.late(day), rows=[["1", "é"]]
        )
        ImportProgress.objects.within(self.agency).create(draft=file, total=3, done=1)
        return file


MAKERS: dict[str, tuple[str, Callable[[Rows, date], Any]]] = {
    "foundation_event": ("logs", Rows.event),
    "accounts_accesslog": ("logs", Rows.looked),
    "notifications_message": ("messages", Rows.message),
    "notifications_email": ("sent_mail", Rows.email),
    "notifications_textmessage": ("sent_mail", Rows.text),
    "foundation_submission": ("submissions", Rows.sent_form),
    "measures_importdraft": ("imports", Rows.file),
    "indicators_frozensnapshot": ("snapshots", Rows.frozen),
    "indicators_indicatorsnapshot": ("snapshots", Rows.result),
}


def stored(*places: str) -> dict[str, list[str]]:
    """All rows of these tables as the database writes them, in their order."""
    found = {}
    with connection.cursor() as cursor:
        for place in places:
            cursor.execute(f"SELECT to_jsonb(kept)::text FROM {place} kept ORDER BY id")  # noqa: S608
            found[place] = [text for (text,) in cursor.fetchall()]
    return found
