"""Wishes to be paid in parts: how much pay somebody wants to get in a month at most."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models import Member
from foundation.models import Door, Key, OneKey, TenantModel, TenantQuerySet


class PartsWishQuerySet(TenantQuerySet["PartsWish"]):
    def standing(self) -> "PartsWishQuerySet":
        return self.exclude(per_month=None)


class PartsWish(TenantModel):
    """How much pay a member wants to get in a month at most; None once they want all at once.

    It is about pay, never about costs. A line that is worth more is paid alone, as the only one of
    its month. A payer enters it for somebody without a way to sign in.
    """

    subject_code = "parts_wish"

    member = OneKey(Member, related_name="+")
    per_month = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    entered_by = Key(Member, null=True, blank=True, related_name="+")
    changed_on = models.DateField()

    objects: ClassVar[Door[PartsWishQuerySet]] = Door(PartsWishQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(per_month=None) | Q(per_month__gt=0), name="parts_wish_positive"
            ),
            models.CheckConstraint(
                condition=Q(entered_by=None) | ~Q(entered_by=F("member")),
                name="parts_wish_entered_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"parts wish {self.pk}"
