"""Agreements with those who run the portal, without which no real people are invited."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.models import Door, Key, TenantModel, TenantQuerySet


class AgreementKind(models.TextChoices):
    BUSINESS_ASSOCIATE = "business_associate", _("Business associate agreement (45 CFR 164.504(e))")
    SERVICE_ORGANIZATION = (
        "service_organization",
        _("Qualified service organization agreement (42 CFR 2.11)"),
    )
    OURSELVES = "ourselves", _("No agreement needed: only our own staff run the portal")


class DataAgreementQuerySet(TenantQuerySet["DataAgreement"]):
    def in_force(self, on: date) -> "DataAgreementQuerySet":
        """Agreements that hold on that day."""
        return self.filter(Q(ends=None) | Q(ends__gt=on), since__lte=on)

    def over(self, on: date) -> "DataAgreementQuerySet":
        """Agreements that have ended by that day, as agreed or early."""
        return self.filter(ends__lte=on)


class DataAgreement(TenantModel):
    """One agreement, in force from `since` until `until`, or until it ended early.

    `until` is the first day without it as agreed, `ends` as it is: earlier, once somebody recorded
    that. It is never deleted, and only its early end is ever added.
    """

    subject_code = "data_agreement"

    kind = models.CharField(max_length=24, choices=AgreementKind.choices)
    partner = models.CharField(max_length=200)
    signed_on = models.DateField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    recorded_by = Key(Member, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    ends = models.DateField(null=True, blank=True)
    ended_by = Key(Member, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Door[DataAgreementQuerySet]] = Door(DataAgreementQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=AgreementKind.values) & ~Q(partner=""),
                name="agreement_says_what_with_whom",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="agreement_lasts"
            ),
            models.CheckConstraint(
                condition=(
                    Q(ended_by=None, ended_at=None, end_reason="")
                    & (
                        Q(until=None, ends=None)
                        | Q(until__isnull=False, ends__isnull=False, ends=F("until"))
                    )
                )
                | (
                    Q(ends__isnull=False, ends__gte=F("since"))
                    & Q(ended_by__isnull=False, ended_at__isnull=False)
                    & ~Q(end_reason="")
                    & (Q(until=None) | Q(ends__lt=F("until")))
                ),
                name="agreement_ended_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"agreement {self.pk}"
