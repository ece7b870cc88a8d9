"""Who gets what somebody is still owed once they are erased; kept only for that."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models import Member
from foundation.models import Door, Key, OneKey, TenantModel, TenantQuerySet


class NamedPayeeQuerySet(TenantQuerySet["NamedPayee"]):
    def in_use(self) -> "NamedPayeeQuerySet":
        """Of people who were erased: others are paid themselves."""
        return self.exclude(member__erased_at=None)


class NamedPayee(TenantModel):
    """The one to whom a member's money goes after they are erased, and how it reaches them.

    The member named them, or a payer wrote it down for somebody without a way to sign in. From the
    erasure on nothing of it changes. It is kept until `kept_until`: `limit_on`, which was promised
    when it was written, or sooner once all is paid.
    """

    subject_code = "named_payee"

    member = OneKey(Member, related_name="+")
    name = models.CharField(max_length=120)
    reaches = models.CharField(max_length=300)
    entered_by = Key(Member, null=True, blank=True, related_name="+")
    named_on = models.DateField()
    limit_on = models.DateField()
    kept_until = models.DateField()

    objects: ClassVar[Door[NamedPayeeQuerySet]] = Door(NamedPayeeQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(reaches=""), name="named_payee_reachable"
            ),
            models.CheckConstraint(
                condition=Q(entered_by=None) | ~Q(entered_by=F("member")),
                name="named_payee_entered_by_another",
            ),
            models.CheckConstraint(
                condition=Q(limit_on__gt=F("named_on"), kept_until__lte=F("limit_on"))
                & Q(kept_until__gte=F("named_on")),
                name="named_payee_kept_until",
            ),
        ]

    def __str__(self) -> str:
        return f"named payee {self.pk}"
