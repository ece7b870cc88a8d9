"""What was decided about pay in cases that need a rule of their own."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.dated import DatedQuerySet, DateRange
from accounts.models import Member
from foundation.models import Door, Key, TenantModel


class SpecialCase(models.TextChoices):
    NO_NUMBER = "no_number", _("Somebody has no Social Security number")
    MINOR = "minor", _("Somebody is under 18")
    PAYEE = "payee", _("Somebody else receives a person’s money")


TITLES: dict[str, str | Promise] = {
    SpecialCase.NO_NUMBER: _("Without a Social Security number"),
    SpecialCase.MINOR: _("Under 18"),
    SpecialCase.PAYEE: _("If somebody else gets a person’s money"),
}


class SpecialCaseRule(TenantModel):
    """The rule for a case, from one day until the next one was decided.

    `contact` is whom people call about it. Rows are never changed or deleted; only the end is
    added.
    """

    subject_code = "special_case_rule"

    case = models.CharField(max_length=10, choices=SpecialCase.choices)
    words = models.CharField(max_length=1000)
    contact = models.CharField(max_length=200)
    decided_by = models.CharField(max_length=200)
    advice = models.CharField(max_length=300)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    recorded_by = Key(Member, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Door[DatedQuerySet["SpecialCaseRule"]]] = Door(DatedQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(case__in=SpecialCase.values)
                & ~Q(words="")
                & ~Q(contact="")
                & ~Q(decided_by="")
                & ~Q(advice=""),
                name="special_case_whole",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="special_case_period"
            ),
            ExclusionConstraint(
                name="special_case_no_overlap",
                expressions=[
                    ("agency", RangeOperators.EQUAL),
                    ("case", RangeOperators.EQUAL),
                    (DateRange("since", "until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"special case {self.pk}"
