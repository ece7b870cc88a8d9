"""What cells, dialogues, committees, councils and the governing body share."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.dated import DatedQuerySet, ends_after_start, no_overlap
from accounts.models import Member, StandingKind
from foundation.models import Door, Key, TenantModel, TenantQuerySet


class GroupKind(models.TextChoices):
    CELL = "cell", _("CQI cell")
    DIALOGUE = "dialogue", _("Dialogue")
    COMMITTEE = "committee", _("Oversight committee")
    GOVERNING_BODY = "governing_body", _("Governing body")
    COUNCIL = "council", _("Agency council")


class GroupQuerySet(TenantQuerySet["Group"]):
    def open(self, on: date) -> "GroupQuerySet":
        """Those that exist on that day."""
        return self.filter(Q(closed=None) | Q(closed__gt=on), opened__lte=on)

    def of_cqi(self) -> "GroupQuerySet":
        """Those whose membership the third indicator counts: all but dialogues."""
        return self.filter(takes_part_in_cqi=True).exclude(kind=GroupKind.DIALOGUE)

    def seating(self, member: Member, on: date) -> "GroupQuerySet":
        """Those in which the member has a seat on that day."""
        seats = Seat.objects.within(member.agency).on(on).filter(member=member)
        return self.filter(pk__in=seats.values("group"))


class Group(TenantModel):
    """People who meet, deliberate and decide together."""

    kind = models.CharField(max_length=20, choices=GroupKind.choices)
    name = models.CharField(max_length=120)
    purpose = models.TextField(blank=True)
    takes_part_in_cqi = models.BooleanField(default=True)
    hidden = models.BooleanField(
        default=False, help_text=_("Only its members and those who must know see that it exists.")
    )
    opened = models.DateField()
    closed = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    objects: ClassVar[Door[GroupQuerySet]] = Door(GroupQuerySet)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=GroupKind.values), name="group_kind"),
            models.CheckConstraint(condition=~Q(name=""), name="group_has_name"),
            models.CheckConstraint(
                condition=Q(closed=None) | Q(closed__gte=models.F("opened")), name="group_period"
            ),
            # One governing body and one oversight committee at a time.
            models.UniqueConstraint(
                fields=["agency", "kind"],
                condition=Q(kind__in=["committee", "governing_body"], closed=None),
                name="group_one_of_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Office(models.TextChoices):
    NONE = "", _("Member")
    CHAIR = "chair", _("Chair")
    CO_CHAIR = "co_chair", _("Co-chair")
    FACILITATOR = "facilitator", _("Facilitator")
    CO_FACILITATOR = "co_facilitator", _("Co-facilitator")
    NOTE_TAKER = "note_taker", _("Note taker")


class Seat(TenantModel):
    """A member's place in a group, with the standing that they had when they took it."""

    group = Key(Group, related_name="seats")
    member = Key(Member, related_name="+")
    standing = models.CharField(max_length=20, choices=StandingKind.choices)
    voting = models.BooleanField(default=True)
    office = models.CharField(max_length=20, choices=Office.choices, default="", blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    objects: ClassVar[Door[DatedQuerySet["Seat"]]] = Door(DatedQuerySet)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(standing__in=StandingKind.values), name="seat_standing"
            ),
            models.CheckConstraint(condition=Q(office__in=Office.values), name="seat_office"),
            ends_after_start("seat_period"),
            no_overlap("seat_no_overlap", "group", "member"),
        ]
        indexes = [models.Index(fields=["agency", "member"], name="seat_member")]

    def __str__(self) -> str:
        return f"seat {self.pk}"


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class Meeting(TenantModel):
    """A meeting of a group (a session, where the group is a dialogue)."""

    group = Key(Group, related_name="meetings")
    starts_at = models.DateTimeField()
    on = models.DateField(help_text=_("The date of the meeting where the agency is."))
    minutes_planned = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=200, blank=True)
    agenda = models.TextField(blank=True)
    materials_sent_on = models.DateField(null=True, blank=True)
    minutes = models.TextField(blank=True)
    status = models.CharField(
        max_length=10, choices=MeetingStatus.choices, default=MeetingStatus.PLANNED
    )
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=MeetingStatus.values), name="meeting_status"
            ),
            models.CheckConstraint(
                condition=Q(minutes_planned__range=(1, 24 * 60)), name="meeting_length"
            ),
        ]
        indexes = [models.Index(fields=["agency", "on"], name="meeting_on")]

    def __str__(self) -> str:
        return f"{self.group_id} {self.on}"


class Attendance(TenantModel):
    """That a member was at a meeting, and for how long."""

    meeting = Key(Meeting, related_name="attendances")
    member = Key(Member, related_name="+")
    standing = models.CharField(max_length=20, choices=StandingKind.choices)
    hours = models.DecimalField(max_digits=5, decimal_places=2)
    recorded_by = Key(Member, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "meeting", "member"], name="attendance_once"),
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=24), name="attendance_hours"
            ),
            models.CheckConstraint(
                condition=Q(standing__in=StandingKind.values), name="attendance_standing"
            ),
        ]

    def __str__(self) -> str:
        return f"attendance {self.pk}"


class DecisionStatus(models.TextChoices):
    OPEN = "open", _("Open")
    ADOPTED = "adopted", _("Adopted")
    NOT_ADOPTED = "not_adopted", _("Not adopted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Decision(TenantModel):
    """A proposal that a group decides on by consent."""

    group = Key(Group, related_name="decisions")
    title = models.CharField(max_length=200)
    text = models.TextField()
    proposed_by = Key(Member, related_name="+")
    opened_on = models.DateField()
    status = models.CharField(
        max_length=15, choices=DecisionStatus.choices, default=DecisionStatus.OPEN
    )
    decided_on = models.DateField(null=True, blank=True)
    waiver = models.TextField(
        blank=True, help_text=_("Why the group went on without a quorum of consumers.")
    )
    outcome = models.TextField(blank=True)
    review_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=DecisionStatus.values), name="decision_status"
            ),
            models.CheckConstraint(
                condition=Q(status="open", decided_on=None)
                | (~Q(status="open") & Q(decided_on__isnull=False)),
                name="decision_dated_when_decided",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Choice(models.TextChoices):
    AGREE = "agree", _("I agree")
    RESERVATIONS = "reservations", _("I agree, with reservations")
    STAND_ASIDE = "stand_aside", _("I stand aside")
    OBJECT = "object", _("I object")


class Position(TenantModel):
    """A voting member's answer to a proposal; an objection gives its reason."""

    decision = Key(Decision, related_name="positions")
    member = Key(Member, related_name="+")
    standing = models.CharField(max_length=20, choices=StandingKind.choices)
    choice = models.CharField(max_length=15, choices=Choice.choices)
    reason = models.TextField(blank=True)
    on = models.DateField()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "decision", "member"], name="position_once"),
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="position_choice"),
            models.CheckConstraint(
                condition=~Q(choice="object") | ~Q(reason=""), name="objection_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(standing__in=StandingKind.values), name="position_standing"
            ),
        ]

    def __str__(self) -> str:
        return f"position {self.pk}"
