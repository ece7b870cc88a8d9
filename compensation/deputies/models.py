"""Who approves or pays in somebody's place for some days."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models import Member, RoleGrant
from foundation.models import Door, Key, OneKey, TenantModel, TenantQuerySet


class DeputyQuerySet(TenantQuerySet["Deputy"]):
    def not_over(self, day: date) -> "DeputyQuerySet":
        """Those who stand in on that day, or will."""
        return self.filter(grant__until__gt=day)

    def on(self, day: date) -> "DeputyQuerySet":
        return self.not_over(day).filter(grant__since__lte=day)


class Deputy(TenantModel):
    """Somebody who has a role for the days of a grant, in the place of `holder`.

    They act as themselves: what they approve or pay counts as theirs. Rows are never changed; it
    ends with its grant.
    """

    subject_code = "deputy"

    grant = OneKey(RoleGrant, related_name="+")
    member = Key(Member, related_name="+")
    holder = Key(Member, related_name="+")
    named_by = Key(Member, related_name="+")
    named_on = models.DateField()

    objects: ClassVar[Door[DeputyQuerySet]] = Door(DeputyQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name_plural = "deputies"
        constraints = [
            models.CheckConstraint(condition=~Q(member=F("holder")), name="deputy_is_another"),
        ]
        indexes = [models.Index(fields=["agency", "member"], name="deputy_member")]

    def __str__(self) -> str:
        return f"deputy {self.pk}"
