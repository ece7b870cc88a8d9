"""Payments made."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from compensation.offers.models import Organization
from foundation.models import Key, TenantModel


class PaymentMethod(models.TextChoices):
    CHECK = "check", _("Check")
    TRANSFER = "transfer", _("Bank transfer")
    CASH = "cash", _("Cash")
    GIFT_CARD = "gift_card", _("Gift card")


class Payment(TenantModel):
    """Money handed over on one day, to a member or to where they donated it.

    `set_off` is what corrections deducted: the lines were worth `amount + set_off`.
    """

    subject_code = "payment"

    member = Key(Member, related_name="+")
    paid_on = models.DateField()
    method = models.CharField(max_length=10, choices=PaymentMethod.choices)
    reference = models.CharField(max_length=60, blank=True)
    donated_to = Key(Organization, null=True, blank=True, related_name="+")
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    set_off = models.DecimalField(max_digits=9, decimal_places=2, default=0, db_default=0)
    paid_by = Key(Member, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    reversed_on = models.DateField(null=True, blank=True)
    reversal_reason = models.CharField(max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(method__in=PaymentMethod.values), name="payment_method"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, set_off__gte=0) | Q(amount=0, set_off__gt=0),
                name="payment_positive",
            ),
            models.CheckConstraint(
                condition=~Q(paid_by=F("member")), name="payment_not_to_oneself"
            ),
            models.CheckConstraint(
                condition=Q(reversed_on=None, reversal_reason="")
                | (Q(reversed_on__isnull=False) & ~Q(reversal_reason="")),
                name="payment_reversal_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "member", "-paid_on"], name="payment_member"),
            models.Index(fields=["agency", "-paid_on", "-id"], name="payment_day"),
        ]

    def __str__(self) -> str:
        return f"payment {self.pk}"
