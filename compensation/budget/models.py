"""The budget of the governing body, line by line, each for a period."""

from datetime import date, timedelta
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.dated import DateRange
from accounts.models import Member
from foundation.models import Door, Key, TenantModel, TenantQuerySet
from groups.models import Group
from groups.scheduling import Beyond


class Covers(models.TextChoices):
    MEETINGS = "meetings", _("Pay for meetings")
    OTHER_PAY = "other_pay", _("Pay for other work")
    COSTS = "costs", _("Costs of taking part")


class BudgetLineQuerySet(TenantQuerySet["BudgetLine"]):
    def standing(self) -> "BudgetLineQuerySet":
        """Lines that nobody has taken out."""
        return self.filter(out_on=None)

    def on(self, day: date) -> "BudgetLineQuerySet":
        return self.standing().filter(since__lte=day, until__gt=day)


class BudgetLine(TenantModel):
    """A sum for one kind of expense in one period, as the governing body decided it.

    No two lines for the same kind share a day, so that everything counts in one line. A row is
    never changed; it can only be taken out, with a reason, and another one entered.
    """

    subject_code = "budget_line"

    name = models.CharField(max_length=120)
    covers = models.CharField(max_length=10, choices=Covers.choices)
    since = models.DateField()
    until = models.DateField()
    amount = models.DecimalField(max_digits=11, decimal_places=2)
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=120)
    entered_by = Key(Member, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)
    out_on = models.DateField(null=True, blank=True)
    out_by = Key(Member, null=True, blank=True, related_name="+")
    out_why = models.CharField(max_length=300, blank=True, default="", db_default="")

    objects: ClassVar[Door[BudgetLineQuerySet]] = Door(BudgetLineQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(covers__in=Covers.values, amount__gt=0, until__gt=F("since"))
                & ~Q(name="")
                & ~Q(decided_by=""),
                name="budget_line_whole",
            ),
            models.CheckConstraint(
                condition=Q(out_on=None, out_by=None, out_why="")
                | (Q(out_on__isnull=False, out_by__isnull=False) & ~Q(out_why="")),
                name="budget_line_out_with_reason",
            ),
            ExclusionConstraint(
                name="budget_line_no_overlap",
                expressions=[
                    ("agency", RangeOperators.EQUAL),
                    ("covers", RangeOperators.EQUAL),
                    (DateRange("since", "until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(out_on=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> date:
        return self.until - timedelta(days=1)


class BudgetOverride(TenantModel):
    """Meetings that somebody planned although their line was not enough, and why; never changed.

    `beyond` is what they were expected to use of the line that was no longer there.
    """

    line = Key(BudgetLine, related_name="+")
    group = Key(Group, related_name="+")
    meetings = models.PositiveSmallIntegerField()
    first_on = models.DateField()
    beyond = models.DecimalField(max_digits=11, decimal_places=2)
    why = models.CharField(max_length=20, choices=Beyond.choices)
    by = Key(Member, related_name="+")
    on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(meetings__gt=0, beyond__gt=0, why__in=Beyond.values),
                name="budget_override_whole",
            ),
        ]
        indexes = [models.Index(fields=["agency", "on"], name="budget_override_day")]

    def __str__(self) -> str:
        return f"override {self.pk}"
