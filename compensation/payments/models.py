"""Payments made."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from compensation.offers.models import Organization
from foundation.models import Door, Key, TenantModel, TenantQuerySet


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


class PaymentRunQuerySet(TenantQuerySet["PaymentRun"]):
    def open(self) -> "PaymentRunQuerySet":
        """Runs that are neither released nor dropped."""
        return self.filter(released_on=None, dropped_on=None)


class PaymentRun(TenantModel):
    """Payments that one person prepared, and another who pays releases; until then, just a list.

    `people` counts its payments, `total` is what they come to without what is deducted.
    """

    subject_code = "payment_run"

    paid_on = models.DateField()
    method = models.CharField(max_length=10, choices=PaymentMethod.choices)
    people = models.PositiveIntegerField()
    total = models.DecimalField(max_digits=12, decimal_places=2)
    prepared_by = Key(Member, related_name="+")
    prepared_on = models.DateField()
    released_by = Key(Member, null=True, blank=True, related_name="+")
    released_on = models.DateField(null=True, blank=True)
    dropped_by = Key(Member, null=True, blank=True, related_name="+")
    dropped_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Door[PaymentRunQuerySet]] = Door(PaymentRunQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(method__in=PaymentMethod.values), name="payment_run_method"
            ),
            models.CheckConstraint(
                condition=Q(released_by=None, released_on=None)
                | (
                    Q(released_by__isnull=False, released_on__isnull=False, dropped_on=None)
                    & ~Q(released_by=F("prepared_by"))
                ),
                name="payment_run_two_people",
            ),
            models.CheckConstraint(
                condition=Q(dropped_by=None, dropped_on=None)
                | Q(dropped_by__isnull=False, dropped_on__isnull=False),
                name="payment_run_dropped_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-id"], name="payment_run_newest"),
            models.Index(
                fields=["agency", "-id"],
                condition=Q(released_on=None, dropped_on=None),
                name="payment_run_open",
            ),
        ]

    def __str__(self) -> str:
        return f"run {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.released_on is None and self.dropped_on is None


class RunLine(TenantModel):
    """A line as it was when the run was prepared.

    `deducted` is what corrections take from all lines of its person, on the first of them.
    """

    run = Key(PaymentRun, related_name="lines")
    claim = Key("compensation.Claim", related_name="+")
    member = Key(Member, related_name="+")
    donated_to = Key(Organization, null=True, blank=True, related_name="+")
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    deducted = models.DecimalField(max_digits=9, decimal_places=2, default=0, db_default=0)
    reference = models.CharField(max_length=60, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "run", "claim"], name="run_line_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, deducted__gte=0), name="run_line_amount"
            ),
        ]
        indexes = [models.Index(fields=["agency", "member"], name="run_line_member")]

    def __str__(self) -> str:
        return f"line {self.claim_id} of run {self.run_id}"
