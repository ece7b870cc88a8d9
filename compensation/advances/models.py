"""What was spent of money that was paid before a meeting."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Member
from compensation.claims.models import Claim
from foundation.models import Key, TenantModel


class SpentAdvance(TenantModel):
    """How an advance was settled, once: what was spent, with its receipt or the reason for none.

    The difference is a line that `settles` it: downward, to be set off, or a further cost.
    """

    claim = Key(Claim, related_name="settlements")
    spent = models.DecimalField(max_digits=9, decimal_places=2)
    no_receipt = models.CharField(max_length=200, blank=True)
    settled_on = models.DateField()
    by = Key(Member, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "claim"], name="spent_advance_once"),
            models.CheckConstraint(condition=Q(spent__gte=0), name="spent_advance_not_negative"),
        ]

    def __str__(self) -> str:
        return f"spent advance {self.pk}"
