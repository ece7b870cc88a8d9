"""Periods of a group's part in CQI, each with its reason."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.dated import DatedQuerySet, ends_after_start, no_overlap
from accounts.models import Member
from foundation.history import History
from foundation.models import Door, Key, TenantModel
from groups.models.groups import Group


class CqiPeriod(TenantModel):
    """Days on which a group takes part in CQI, so that the third indicator counts it.

    A trigger ensures that periods begin and end on future days (the first one with its group), that
    the past never changes, and that cells and the committee never leave.
    """

    group = Key(Group, related_name="cqi_periods")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.TextField(help_text=_("Why it takes part from that day on."))
    by = Key(Member, related_name="+")
    entered_on = models.DateField()
    end_reason = models.TextField(blank=True, help_text=_("Why it leaves on that day."))
    ended_by = Key(Member, related_name="+", null=True, blank=True)
    ended_on = models.DateField(
        null=True, blank=True, help_text=_("The day on which its end was written down.")
    )
    history = History()

    objects: ClassVar[Door[DatedQuerySet["CqiPeriod"]]] = Door(DatedQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            ends_after_start("cqi_period_days"),
            no_overlap("cqi_period_no_overlap", "group"),
            models.CheckConstraint(
                condition=Q(until=None, end_reason="", ended_by=None, ended_on=None)
                | (
                    Q(until__isnull=False, ended_by__isnull=False, ended_on__isnull=False)
                    & ~Q(end_reason="")
                    & Q(until__gte=models.F("ended_on"))
                ),
                name="cqi_period_ends_with_a_reason_and_not_in_the_past",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} since {self.since}"

    def over(self, on: date) -> bool:
        """Whether it has ended by that day."""
        return self.until is not None and self.until <= on

    def ahead(self, on: date) -> bool:
        """Whether a change is planned for a later day."""
        return self.since > on or (self.until is not None and self.until > on)
