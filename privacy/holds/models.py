"""Legal holds: what must not be deleted while they last."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.dated import DatedQuerySet, ends_after_start
from accounts.models import Member
from foundation.models import Door, Key, TenantModel
from groups.models import Group
from privacy.orders.models import LegalOrder


class HoldScope(models.TextChoices):
    PERSON = "person", _("One person: all that concerns them")
    GROUP = "group", _("One group: its meetings, decisions and work")
    PERIOD = "period", _("A period: all that happened in it")


class LegalHold(TenantModel):
    """From `since` until `until`, nothing within its scope is deleted, by nobody and no job.

    `first` and `last` bound the period that is held; without `last`, it includes what is still to
    come. It is never deleted, and only its end is ever added.
    """

    subject_code = "legal_hold"

    scope = models.CharField(max_length=10, choices=HoldScope.choices)
    member = Key(Member, null=True, blank=True, related_name="+")
    group = Key(Group, null=True, blank=True, related_name="+")
    first = models.DateField(null=True, blank=True)
    last = models.DateField(null=True, blank=True)
    order = Key(LegalOrder, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300)
    since = models.DateField()
    by = Key(Member, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    until = models.DateField(null=True, blank=True)
    ended_by = Key(Member, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Door[DatedQuerySet["LegalHold"]]] = Door(DatedQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(scope="person", member__isnull=False, group=None, first=None, last=None)
                | Q(scope="group", member=None, group__isnull=False, first=None, last=None)
                | (
                    Q(scope="period", member=None, group=None, first__isnull=False)
                    & (Q(last=None) | Q(last__gte=F("first")))
                ),
                name="legal_hold_scope",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="legal_hold_has_a_reason"),
            models.CheckConstraint(
                condition=Q(until=None, ended_by=None, ended_at=None, end_reason="")
                | (
                    Q(until__isnull=False, ended_by__isnull=False, ended_at__isnull=False)
                    & ~Q(end_reason="")
                ),
                name="legal_hold_ended_whole",
            ),
            # Whoever is held neither sets the hold nor ends it.
            models.CheckConstraint(
                condition=~Q(member=F("by")) & (Q(ended_by=None) | ~Q(member=F("ended_by"))),
                name="legal_hold_by_others",
            ),
            ends_after_start("legal_hold_period"),
        ]

    def __str__(self) -> str:
        return f"legal hold {self.pk}"
