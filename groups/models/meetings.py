"""Meetings, their agendas and attendance."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, StandingKind
from foundation.history import History
from foundation.models import Agency, Door, Entrance, Key, PlainDoor, TenantModel, TenantQuerySet
from foundation.transitions import StatefulModel, Transitions
from groups.models.groups import Group
from groups.models.series import MeetingSeries

# Guests without names at one meeting, at most.
MOST_GUESTS = 999


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class Meeting(StatefulModel):
    """A meeting of a group (a session, if the group is a dialogue)."""

    subject_code = "meeting"
    moves = Transitions(
        first=frozenset({MeetingStatus.PLANNED}),
        moves={
            MeetingStatus.PLANNED: frozenset({MeetingStatus.HELD, MeetingStatus.CANCELLED}),
            # It took place after all, or its group was reopened.
            MeetingStatus.CANCELLED: frozenset({MeetingStatus.HELD, MeetingStatus.PLANNED}),
            # Its record was undone at once.
            MeetingStatus.HELD: frozenset({MeetingStatus.PLANNED}),
        },
    )

    group = Key(Group, related_name="meetings")
    series = Key(MeetingSeries, related_name="meetings", null=True, blank=True)
    starts_at = models.DateTimeField()
    on = models.DateField(help_text=_("The date of the meeting where the agency is."))
    dated_on = models.DateField(
        null=True, blank=True, help_text=_("The day on which it was given this date.")
    )
    minutes_planned = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=200, blank=True)
    remote_link = models.URLField(max_length=300, blank=True, default="", db_default="")
    agenda = models.TextField(blank=True)
    materials_sent_on = models.DateField(null=True, blank=True)
    minutes = models.TextField(blank=True)
    minutes_approved_on = models.DateField(
        null=True,
        blank=True,
        help_text=_("The day on which the oversight committee approved them: from then on, fixed."),
    )
    guests = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text=_("How many came whose names are not written down.")
    )
    status = models.CharField(
        max_length=10, choices=MeetingStatus.choices, default=MeetingStatus.PLANNED
    )
    recorded_on = models.DateField(
        null=True, blank=True, help_text=_("The day on which it was written down as held.")
    )
    recorded_by = Key(Member, related_name="+", null=True, blank=True)
    late_reason = models.TextField(
        blank=True, help_text=_("Why it was entered so long after its day.")
    )
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=MeetingStatus.values), name="meeting_status"
            ),
            models.CheckConstraint(
                condition=Q(minutes_planned__range=(1, 24 * 60)), name="meeting_length"
            ),
            models.CheckConstraint(
                condition=Q(guests__range=(0, MOST_GUESTS)), name="meeting_guests"
            ),
            models.CheckConstraint(
                condition=Q(minutes_approved_on=None) | (Q(status="held") & ~Q(minutes="")),
                name="meeting_approved_minutes_are_there",
            ),
            models.CheckConstraint(
                condition=Q(remote_link="") | Q(remote_link__startswith="https://"),
                name="meeting_remote_link",
            ),
        ]
        indexes = [models.Index(fields=["agency", "on"], name="meeting_on")]

    def __str__(self) -> str:
        return f"{self.group_id} {self.on}"

    def put_on(self, starts_at: datetime, on: date, *, today: date) -> None:
        """Give it this date; `dated_on` tells since when it has it."""
        if self.on != on:
            self.dated_on = today
        self.starts_at, self.on = starts_at, on

    @property
    def recorded_late(self) -> bool:
        """Whether it was recorded on a later day than it was held."""
        return self.recorded_on is not None and self.recorded_on > self.on


class AgendaItemQuerySet(TenantQuerySet["AgendaItem"]):
    def standing(self) -> "AgendaItemQuerySet":
        """Items that were not removed."""
        return self.filter(taken_off_on=None)


class AgendaItem(TenantModel):
    """A member's item for a meeting's agenda.

    `raised_by` entered it, for `on_behalf_of` if that is another person, who asked for it.
    """

    meeting = Key(Meeting, related_name="items")
    text = models.CharField(max_length=200)
    raised_by = Key(Member, related_name="+")
    on_behalf_of = Key(Member, related_name="+", null=True, blank=True)
    raised_on = models.DateField()
    taken_off_on = models.DateField(null=True, blank=True)
    taken_off_by = Key(Member, related_name="+", null=True, blank=True)
    history = History()

    objects: ClassVar[Door[AgendaItemQuerySet]] = Door(AgendaItemQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="agenda_item_says_something"),
            models.CheckConstraint(
                condition=Q(on_behalf_of=None) | ~Q(on_behalf_of=F("raised_by")),
                name="agenda_item_for_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(taken_off_on=None, taken_off_by=None)
                | Q(taken_off_on__isnull=False, taken_off_by__isnull=False),
                name="agenda_item_taken_off_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def author_id(self) -> int:
        """The member whose item it is."""
        return int(self.on_behalf_of_id or self.raised_by_id)


class AttendanceEntrance(Entrance[TenantQuerySet["Attendance"]]):
    """The entrance to valid attendances: voided ones count nowhere."""

    def within(self, agency: Agency) -> TenantQuerySet["Attendance"]:
        return super().within(agency).filter(voided_on=None)

    def across(self, agencies: Iterable[int]) -> TenantQuerySet["Attendance"]:
        return super().across(agencies).filter(voided_on=None)

    def with_voided(self, agency: Agency) -> TenantQuerySet["Attendance"]:
        """All attendances, including voided ones."""
        return super().within(agency)


class AttendanceDoor(PlainDoor):
    if TYPE_CHECKING:

        def __get__(  # type: ignore[override]
            self, instance: object, owner: type[Any]
        ) -> AttendanceEntrance: ...

    else:

        def __get__(self, instance, owner):
            super().__get__(instance, owner)  # It belongs to the class, not to rows.
            return AttendanceEntrance(self.queryset, owner)


class Attendance(TenantModel):
    """A member's attendance at a meeting, and for how long.

    Mistaken records are voided, with a reason: the row stays and counts nowhere.
    """

    subject_code = "attendance"

    meeting = Key(Meeting, related_name="attendances")
    member = Key(Member, related_name="+")
    standing = models.CharField(max_length=20, choices=StandingKind.choices)
    employed_peer = models.BooleanField(default=False)
    hours = models.DecimalField(max_digits=5, decimal_places=2)
    recorded_by = Key(Member, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    voided_on = models.DateField(null=True, blank=True)
    voided_by = Key(Member, null=True, blank=True, related_name="+")
    void_reason = models.CharField(max_length=300, blank=True)
    history = History()

    objects: ClassVar[AttendanceDoor] = AttendanceDoor()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "meeting", "member"], name="attendance_once"),
            models.CheckConstraint(
                condition=Q(voided_on=None, voided_by=None, void_reason="")
                | (Q(voided_on__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
                name="attendance_voided_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=24), name="attendance_hours"
            ),
            models.CheckConstraint(
                condition=Q(standing__in=StandingKind.values), name="attendance_standing"
            ),
        ]

    def __str__(self) -> str:
        return f"attendance {self.pk}"
