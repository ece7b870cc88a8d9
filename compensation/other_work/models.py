"""What a plan pays besides attendance: preparing, orientation, travel, what is off, surveys."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Member, StandingKind
from compensation.plan.models import WorkKind
from foundation.models import Door, Key, TenantModel, TenantQuerySet
from groups.models import Group, Meeting


class OtherWorkQuerySet(TenantQuerySet["OtherWork"]):
    def standing(self) -> "OtherWorkQuerySet":
        """What was not voided."""
        return self.filter(voided_on=None)

    def of_meeting(self, meeting: Meeting) -> "OtherWorkQuerySet":
        return self.filter(meeting=meeting)

    def orientations(self, group: Group) -> "OtherWorkQuerySet":
        """Of people in that group, what was not voided."""
        return self.standing().filter(work=WorkKind.ORIENTATION, group=group)


class OtherWork(TenantModel):
    """Somebody's work of one kind for one meeting, one survey by its number, or one group, once.

    `standing` is that on the day of the meeting; `on` is its day, or the day on which it was called
    off, or that of an orientation. `hours` are none for what is paid each time. `group` is that of
    the meeting, or the one whose ways an orientation was about; somebody else gave it (`given_by`).
    What was recorded by mistake is voided: the row stays and earns nothing.
    """

    subject_code = "other_work"

    member = Key(Member, related_name="+")
    work = models.CharField(max_length=20, choices=WorkKind.choices)
    on = models.DateField()
    hours = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(0), db_default=0)
    meeting = Key(Meeting, null=True, blank=True, related_name="+")
    survey_number = models.PositiveIntegerField(null=True, blank=True)
    group = Key(Group, null=True, blank=True, related_name="+")
    given_by = Key(Member, null=True, blank=True, related_name="+")
    standing = models.CharField(max_length=20, choices=StandingKind.choices)
    recorded_by = Key(Member, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    voided_on = models.DateField(null=True, blank=True)
    voided_by = Key(Member, null=True, blank=True, related_name="+")

    objects: ClassVar[Door[OtherWorkQuerySet]] = Door(OtherWorkQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "meeting", "member", "work"], name="other_work_once"
            ),
            models.UniqueConstraint(
                fields=["agency", "survey_number", "member"], name="other_work_once_for_a_survey"
            ),
            models.UniqueConstraint(
                fields=["agency", "group", "member"],
                condition=Q(work="orientation", voided_on=None),
                name="other_work_one_orientation",
            ),
            models.CheckConstraint(
                condition=Q(
                    work__in=["preparation", "travel", "late_cancellation"],
                    meeting__isnull=False,
                    survey_number=None,
                    group__isnull=False,
                    given_by=None,
                )
                | Q(
                    work="survey",
                    meeting=None,
                    survey_number__isnull=False,
                    hours=0,
                    group=None,
                    given_by=None,
                )
                | Q(
                    work="orientation",
                    meeting=None,
                    survey_number=None,
                    hours__gt=0,
                    group__isnull=False,
                    given_by__isnull=False,
                ),
                name="other_work_kind",
            ),
            # Nobody gives an orientation to themselves, nor records their own.
            models.CheckConstraint(
                condition=~Q(work="orientation")
                | (~Q(given_by=F("member")) & ~Q(recorded_by=F("member"))),
                name="other_work_oriented_by_another",
            ),
            models.CheckConstraint(
                condition=Q(hours__gte=0, hours__lte=24), name="other_work_hours"
            ),
            models.CheckConstraint(
                condition=Q(standing__in=StandingKind.values), name="other_work_standing"
            ),
            models.CheckConstraint(
                condition=Q(voided_on=None, voided_by=None)
                | Q(voided_on__isnull=False, voided_by__isnull=False),
                name="other_work_voided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work} {self.pk}"
