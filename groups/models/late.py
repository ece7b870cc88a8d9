"""Late records about days already over, and their reasons."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from accounts.models import Member
from foundation.models import Key, TenantModel
from groups.models.groups import Group


class LateEnd(TenantModel):
    """The late recorded end of a seat, an office or a group; never changed."""

    group = Key(Group, related_name="+")
    seat: "Any" = Key("groups.Seat", related_name="+", null=True, blank=True)
    on = models.DateField()
    entered_on = models.DateField()
    by = Key(Member, related_name="+")
    reason = models.TextField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(on__lt=F("entered_on")), name="late_end_is_late"),
            models.CheckConstraint(condition=~Q(reason=""), name="late_end_says_why"),
        ]

    def __str__(self) -> str:
        return f"late end {self.pk}"
