"""Decisions on how people are paid: as contractors, as employees, or in another way."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.dated import DateRange
from accounts.models import Member
from foundation.models import Door, Key, TenantModel, TenantQuerySet


class EmploymentKind(models.TextChoices):
    CONTRACTOR = "contractor", _("As contractors")
    EMPLOYEE = "employee", _("As employees, through payroll")
    OTHER = "other", _("In another way")


MEANING: dict[str, str | Promise] = {
    EmploymentKind.CONTRACTOR: _(
        "People are paid as contractors. Usually, no taxes are taken out."
    ),
    EmploymentKind.EMPLOYEE: _(
        "People are paid as employees, through payroll. Taxes are taken out first."
    ),
}


# As a plan's text says it: "You are paid …".
ENGAGED: dict[str, str | Promise] = {
    EmploymentKind.CONTRACTOR: _("as independent contractors"),
    EmploymentKind.EMPLOYEE: _("as employees, through payroll"),
}


class EmploymentDecisionQuerySet(TenantQuerySet["EmploymentDecision"]):
    def on(self, day: date) -> "EmploymentDecisionQuerySet":
        """The decision that holds on that day."""
        return self.filter(Q(until=None) | Q(until__gt=day), decided_on__lte=day)


class EmploymentDecision(TenantModel):
    """Who decided how people are paid, on what advice; it holds until the next one was taken.

    It is never changed or deleted; only its end is added. `words` say what the other way is.
    """

    subject_code = "employment_decision"

    kind = models.CharField(max_length=12, choices=EmploymentKind.choices)
    words = models.CharField(max_length=300, blank=True, default="", db_default="")
    decided_by = models.CharField(max_length=200)
    advice = models.CharField(max_length=300)
    decided_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    recorded_by = Key(Member, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Door[EmploymentDecisionQuerySet]] = Door(EmploymentDecisionQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=EmploymentKind.values)
                & ~Q(decided_by="")
                & ~Q(advice="")
                & (
                    (Q(kind=EmploymentKind.OTHER) & ~Q(words=""))
                    | (~Q(kind=EmploymentKind.OTHER) & Q(words=""))
                ),
                name="employment_whole",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("decided_on")), name="employment_period"
            ),
            ExclusionConstraint(
                name="employment_no_overlap",
                expressions=[
                    ("agency", RangeOperators.EQUAL),
                    (DateRange("decided_on", "until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"employment decision {self.pk}"

    @property
    def meaning(self) -> str | Promise:
        """How people are paid, for those who are."""
        return MEANING.get(self.kind, self.words)

    @property
    def engaged(self) -> str:
        """The word for it inside a sentence, such as “contractors”; empty for any other way."""
        return str(ENGAGED.get(self.kind, ""))
