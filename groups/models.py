"""What cells, dialogues, committees, councils and the governing body share."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import IntegerField, OuterRef, Q, Subquery, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.dated import DatedQuerySet, ends_after_start, holding, no_overlap
from accounts.models import Member, StandingKind
from accounts.permissions import Permission
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

    def of_cqi(self, on: date) -> "GroupQuerySet":
        """Those whose membership the third indicator counts on that day."""
        left = Q(left_cqi=None) | Q(left_cqi__gt=on)
        return self.filter(left, joined_cqi__lte=on).exclude(kind=GroupKind.DIALOGUE)

    def seating(self, member: Member, on: date) -> "GroupQuerySet":
        """Those in which the member has a seat on that day."""
        seats = Seat.objects.within(member.agency).on(on).filter(member=member)
        return self.filter(pk__in=seats.values("group"))

    def visible_to(self, member: Member, on: date) -> "GroupQuerySet":
        """Those whose existence the member may know of; `on` is today, never a day of the past."""
        if member.may(Permission.FACILITATE) or member.may(Permission.MANAGE_PEOPLE):
            return self
        seats = Seat.objects.within(member.agency).on(on).filter(member=member)
        return self.filter(Q(hidden=False) | Q(pk__in=seats.values("group")))

    def with_place_of(self, member: Member, on: date) -> "GroupQuerySet":
        """Each with the member's place in it today, so that the rules ask no further query."""
        seats = (
            Seat.objects.within(member.agency).on(on).filter(member=member, group=OuterRef("pk"))
        )
        return self.annotate(
            place_of=Value(member.pk, output_field=IntegerField()),
            place_office=Subquery(seats.values("office")[:1]),
            place_voting=Subquery(seats.values("voting")[:1]),
        )


class Group(TenantModel):
    """People who meet, deliberate and decide together."""

    kind = models.CharField(max_length=20, choices=GroupKind.choices)
    name = models.CharField(max_length=120)
    purpose = models.TextField(blank=True)
    joined_cqi = models.DateField(
        null=True, blank=True, help_text=_("The day from which it takes part in CQI.")
    )
    left_cqi = models.DateField(null=True, blank=True)
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
            models.CheckConstraint(
                condition=Q(left_cqi=None) | Q(left_cqi__gte=models.F("joined_cqi")),
                name="group_cqi_period",
            ),
            # Cells and the committee are CQI: they can't be taken out of the count.
            models.CheckConstraint(
                condition=~Q(kind__in=["cell", "committee"])
                | Q(joined_cqi=models.F("opened"), left_cqi=None),
                name="group_cells_and_committee_take_part",
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

    def is_open(self, on: date) -> bool:
        """Whether it exists on that day."""
        return self.opened <= on and (self.closed is None or on < self.closed)


class Office(models.TextChoices):
    NONE = "", _("Member")
    CHAIR = "chair", _("Chair")
    CO_CHAIR = "co_chair", _("Co-chair")
    FACILITATOR = "facilitator", _("Facilitator")
    CO_FACILITATOR = "co_facilitator", _("Co-facilitator")
    NOTE_TAKER = "note_taker", _("Note taker")


class SeatQuerySet(DatedQuerySet["Seat"]):
    def on(self, day: date) -> "SeatQuerySet":
        """Those held on that day."""
        return self.filter(holding(day))

    def voting(self) -> "SeatQuerySet":
        return self.filter(voting=True)

    def of_consumers(self) -> "SeatQuerySet":
        """Those taken as a primary consumer who is not employed by the agency."""
        return self.filter(standing=StandingKind.PRIMARY_CONSUMER, employed_peer=False)


class Seat(TenantModel):
    """A member's place in a group, with the standing that they had when they took it."""

    group = Key(Group, related_name="seats")
    member = Key(Member, related_name="+")
    standing = models.CharField(max_length=20, choices=StandingKind.choices)
    employed_peer = models.BooleanField(default=False)
    voting = models.BooleanField(default=True)
    office = models.CharField(max_length=20, choices=Office.choices, default="", blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    objects: ClassVar[Door[SeatQuerySet]] = Door(SeatQuerySet)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(standing__in=StandingKind.values), name="seat_standing"
            ),
            models.CheckConstraint(condition=Q(office__in=Office.values), name="seat_office"),
            models.CheckConstraint(
                condition=Q(employed_peer=False) | Q(standing="primary_consumer"),
                name="seat_peer_is_consumer",
            ),
            ends_after_start("seat_period"),
            no_overlap("seat_no_overlap", "group", "member"),
        ]
        indexes = [models.Index(fields=["agency", "member"], name="seat_member")]

    def __str__(self) -> str:
        return f"seat {self.pk}"

    @property
    def is_consumer(self) -> bool:
        """Taken as a primary consumer who is not employed by the agency."""
        return self.standing == StandingKind.PRIMARY_CONSUMER and not self.employed_peer


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
    employed_peer = models.BooleanField(default=False)
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


class DecisionQuerySet(TenantQuerySet["Decision"]):
    def waived(self) -> "DecisionQuerySet":
        """Those decided without enough consumers, for the reason that the group gave."""
        return self.exclude(waiver="").exclude(status=DecisionStatus.OPEN)


class Decision(TenantModel):
    """A proposal that a group decides on by consent."""

    group = Key(Group, related_name="decisions")
    title = models.CharField(max_length=200)
    text = models.TextField()
    fixed = models.BooleanField(
        default=False, help_text=_("What is proposed has its text elsewhere: no rewording here.")
    )
    round = models.PositiveSmallIntegerField(default=1)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
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

    objects: ClassVar[Door[DecisionQuerySet]] = Door(DecisionQuerySet)

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
            models.CheckConstraint(
                condition=Q(subject_type="", subject_id=None)
                | (~Q(subject_type="") & Q(subject_id__isnull=False)),
                name="decision_names_its_subject",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "subject_type", "subject_id"], name="decision_subject")
        ]

    def __str__(self) -> str:
        return self.title


class EarlierWording(TenantModel):
    """What a proposal said in an earlier round, before objections were worked into it."""

    decision = Key(Decision, related_name="earlier_wordings")
    round = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    amended_by = Key(Member, related_name="+")
    amended_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "decision", "round"], name="wording_once_per_round"
            )
        ]

    def __str__(self) -> str:
        return f"wording {self.pk}"


class Choice(models.TextChoices):
    AGREE = "agree", _("I agree")
    RESERVATIONS = "reservations", _("I agree, with reservations")
    STAND_ASIDE = "stand_aside", _("I stand aside")
    OBJECT = "object", _("I object")


class PositionQuerySet(TenantQuerySet["Position"]):
    def current(self) -> "PositionQuerySet":
        """Those that hold: of the decision's round, and not replaced by their member."""
        return self.filter(replaced_at=None, round=models.F("decision__round"))


class Position(TenantModel):
    """A voting member's answer to one round of a proposal; an objection gives its reason.

    A member who changes their mind adds a row: what was said before stays on record.
    """

    decision = Key(Decision, related_name="positions")
    round = models.PositiveSmallIntegerField()
    member = Key(Member, related_name="+")
    seat = Key(Seat, related_name="+")
    choice = models.CharField(max_length=15, choices=Choice.choices)
    reason = models.TextField(blank=True)
    on = models.DateField()
    entered_by = Key(Member, related_name="+", null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Door[PositionQuerySet]] = Door(PositionQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "decision", "round", "member"],
                condition=Q(replaced_at=None),
                name="position_once_per_round",
            ),
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="position_choice"),
            models.CheckConstraint(
                condition=~Q(choice="object") | ~Q(reason=""), name="objection_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"position {self.pk}"
