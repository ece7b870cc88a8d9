"""The compensation plan, version by version."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.dated import DateRange
from accounts.models import Member
from foundation.history import History
from foundation.models import Door, Key, TenantModel, TenantQuerySet
from groups.models import Decision


class PlanVersionQuerySet(TenantQuerySet["PlanVersion"]):
    def in_force(self, on: date) -> "PlanVersionQuerySet":
        """The version adopted and in force on that day."""
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)

    def drafts(self) -> "PlanVersionQuerySet":
        return self.filter(since=None)


class PlanVersion(TenantModel):
    """One version of the plan with its rate; in force from `since`, a draft without it."""

    subject_code = "payment_plan_version"

    number = models.PositiveIntegerField()
    text = models.TextField(_("what the plan says"))
    hourly_rate = models.DecimalField(_("payment for an hour"), max_digits=7, decimal_places=2)
    daily_cap = models.DecimalField(
        _("most for one day"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    due_days = models.PositiveSmallIntegerField(
        _("days until it is paid"), default=14, db_default=14
    )
    drafted_by = Key(Member, related_name="+")
    drafted_at = models.DateTimeField(default=timezone.now)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    ratification = Key(Decision, null=True, blank=True, related_name="+")
    ratified_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    objects: ClassVar[Door[PlanVersionQuerySet]] = Door(PlanVersionQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="plan_number"),
            models.CheckConstraint(condition=Q(hourly_rate__gt=0), name="plan_rate_positive"),
            models.CheckConstraint(
                condition=Q(daily_cap=None) | Q(daily_cap__gt=0), name="plan_cap_positive"
            ),
            models.CheckConstraint(condition=Q(due_days__range=(1, 90)), name="plan_due_days"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="plan_period"
            ),
            ExclusionConstraint(
                name="plan_no_overlap",
                expressions=[
                    ("agency", RangeOperators.EQUAL),
                    (DateRange("since", "until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(since__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    def holds(self, on: date) -> bool:
        """Whether it is in force on that day."""
        started = self.since is not None and self.since <= on
        return started and (self.until is None or on < self.until)
