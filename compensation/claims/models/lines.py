"""Claim lines: what was earned or is to be reimbursed, and what payments deduct."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, Round
from simple_history.utils import bulk_update_with_history

from accounts.models import Member, MemberQuerySet
from accounts.permissions import Permission
from compensation.claims.models.choices import BEGINS, OPEN, ClaimKind, ClaimStatus, CostKind
from compensation.claims.models.owed import BATCH, keep_owed
from compensation.offers.models import Organization
from compensation.other_work.models import OtherWork
from compensation.plan.models import PlanVersion, RateRule
from foundation.history import History
from foundation.models import Door, Key, TenantModel, TenantQuerySet
from foundation.transitions import StatefulModel, Transitions
from groups.models import Attendance


class ClaimQuerySet(TenantQuerySet["Claim"]):
    def to_approve(self) -> "ClaimQuerySet":
        return self.filter(status=ClaimStatus.EARNED)

    def to_pay(self) -> "ClaimQuerySet":
        return self.filter(status=ClaimStatus.APPROVED, amount__gt=0)

    def nobody_approves(self, on: date) -> "ClaimQuerySet":
        """Lines awaiting approval that nobody is allowed to approve."""
        there = self._others(Permission.APPROVE_PAYMENTS, on)
        return self.to_approve().filter(~Exists(there))

    def nobody_pays(self, on: date) -> "ClaimQuerySet":
        """Lines awaiting payment that nobody is allowed to pay."""
        there = self._others(Permission.PAY, on).exclude(pk=OuterRef("approved_by"))
        there = there.exclude(pk=Coalesce(OuterRef("corrected_by"), 0))
        return self.to_pay().filter(~Exists(there))

    def _others(self, permission: Permission, on: date) -> "MemberQuerySet":
        """Members who could decide on a line: neither its claimant nor whoever entered it."""
        assert self.agency is not None, "it needs within(agency)"
        there = Member.objects.within(self.agency).on(on).expected(on)
        there = there.with_permission(permission, on).exclude(pk=OuterRef("member"))
        return there.exclude(pk=Coalesce(OuterRef("entered_by"), 0))

    def approvable_by(self, member: Member) -> "ClaimQuerySet":
        """Lines awaiting approval that are neither the member's nor entered by them."""
        return self.to_approve().exclude(member=member).exclude(entered_by=member)

    def payable_by(self, member: Member) -> "ClaimQuerySet":
        """Lines awaiting payment in which the member has had no part."""
        others = self.to_pay().exclude(member=member).exclude(approved_by=member)
        return others.exclude(entered_by=member).exclude(corrected_by=member)

    def to_set_off(self) -> "ClaimQuerySet":
        """Approved downward corrections, to be set off against later payments."""
        return self.filter(status=ClaimStatus.APPROVED, amount__lt=0)

    def for_time(self) -> "ClaimQuerySet":
        """Pay and its corrections, without costs."""
        return self.exclude(kind=ClaimKind.REIMBURSEMENT)

    def capped(self) -> "ClaimQuerySet":
        """Lines cut by the daily cap."""
        return self.exclude(before_cap=None)

    def open(self) -> "ClaimQuerySet":
        """Lines that still need something before they are settled."""
        return self.filter(status__in=OPEN)

    def unpaid(self) -> "ClaimQuerySet":
        """Earned or approved lines: what the agency owes, or will once approved."""
        return self.filter(status__in=[ClaimStatus.EARNED, ClaimStatus.APPROVED])


class Claim(StatefulModel):
    """A line of money: an attendance at the rate of its day, its correction, or a cost.

    `clock_since` is the day from which the days until payment count: the day of service, or the day
    on which the member did what was required of them. `rule` is the plan's rate for that kind of
    work, None for its hourly rate. `before_cap` is the worth of the hours before the daily cap.
    `donate_to` is where the money goes instead of to the member. An adjustment corrects what was
    approved before; a downward one is set off against later payments. `corrected_by` is whoever
    changed its hours last, before it was approved.

    A cost has a kind, except those from before kinds were asked. Miles come to `miles` times
    `per_mile`, the rate of the day of travel; any other cost has a receipt, or `no_receipt` says
    why not. `in_advance`: it is for the meeting of its day, and paid before. `settles` is the
    advance of which this line is the difference to what was spent.
    """

    subject_code = "claim"
    moves = Transitions(
        first=BEGINS,
        moves={
            ClaimStatus.WAITING: BEGINS - {ClaimStatus.WAITING},
            ClaimStatus.EARNED: frozenset(
                {
                    ClaimStatus.APPROVED,
                    ClaimStatus.RETURNED,
                    ClaimStatus.WAIVED,
                    ClaimStatus.NOTHING,
                    ClaimStatus.WITHDRAWN,
                    ClaimStatus.REFUSED,
                }
            ),
            ClaimStatus.APPROVED: frozenset(
                {ClaimStatus.PAID, ClaimStatus.EARNED, ClaimStatus.WAIVED}
            ),
            ClaimStatus.PAID: frozenset({ClaimStatus.APPROVED}),
            ClaimStatus.RETURNED: frozenset(
                {ClaimStatus.EARNED, ClaimStatus.WITHDRAWN, ClaimStatus.REFUSED}
            ),
            ClaimStatus.WAIVED: frozenset({ClaimStatus.EARNED, ClaimStatus.NOTHING}),
            ClaimStatus.NOTHING: BEGINS - {ClaimStatus.NOTHING},
        },
    )

    member = Key(Member, related_name="+")
    kind = models.CharField(max_length=15, choices=ClaimKind.choices)
    status = models.CharField(max_length=10, choices=ClaimStatus.choices)
    attendance = Key(Attendance, null=True, blank=True, related_name="+")
    other_work = Key(OtherWork, null=True, blank=True, related_name="+")
    plan = Key(PlanVersion, null=True, blank=True, related_name="+")
    rule = Key(RateRule, null=True, blank=True, related_name="+")
    service_on = models.DateField()
    hours = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    rate = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    before_cap = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    donate_to = Key(Organization, null=True, blank=True, related_name="+")
    comes_back_until = models.DateField(null=True, blank=True)
    entered_by = Key(Member, null=True, blank=True, related_name="+")
    corrected_by = Key(Member, null=True, blank=True, related_name="+")
    what_for = models.CharField(max_length=200, blank=True)
    cost = models.CharField(
        max_length=10, choices=CostKind.choices, blank=True, default="", db_default=""
    )
    miles = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    per_mile = models.DecimalField(max_digits=5, decimal_places=3, null=True, blank=True)
    no_receipt = models.CharField(max_length=200, blank=True, default="", db_default="")
    in_advance = models.BooleanField(default=False, db_default=False)
    settles = Key("self", null=True, blank=True, related_name="differences")
    clock_since = models.DateField()
    due_on = models.DateField()
    approved_by = Key(Member, null=True, blank=True, related_name="+")
    approved_on = models.DateField(null=True, blank=True)
    paid_by = Key(Member, null=True, blank=True, related_name="+")
    payment = Key("compensation.Payment", null=True, blank=True, related_name="claims")
    returned_reason = models.CharField(max_length=300, blank=True)
    refused_by = Key(Member, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    objects: ClassVar[Door[ClaimQuerySet]] = Door(ClaimQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ClaimKind.values), name="claim_kind"),
            models.CheckConstraint(condition=Q(status__in=ClaimStatus.values), name="claim_status"),
            models.UniqueConstraint(
                fields=["agency", "attendance"],
                condition=Q(kind="pay"),
                name="claim_once_for_an_attendance",
            ),
            models.UniqueConstraint(
                fields=["agency", "attendance"],
                condition=Q(kind="adjustment", status__in=["waiting", "earned", "waived"]),
                name="claim_one_open_adjustment",
            ),
            models.UniqueConstraint(
                fields=["agency", "other_work"],
                condition=Q(kind="pay"),
                name="claim_once_for_other_work",
            ),
            models.UniqueConstraint(
                fields=["agency", "other_work"],
                condition=Q(kind="adjustment", status__in=["waiting", "earned", "waived"]),
                name="claim_one_open_adjustment_of_work",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, kind__in=["pay", "reimbursement"])
                | (Q(kind="adjustment") & ~Q(amount=0))
                | Q(kind="reimbursement", amount__lt=0, settles__isnull=False)
                | Q(amount=0, status="nothing"),
                name="claim_amount",
            ),
            models.CheckConstraint(
                condition=~Q(status="nothing") | Q(amount=0), name="claim_nothing_is_nothing"
            ),
            models.CheckConstraint(
                condition=Q(before_cap=None) | Q(before_cap__gt=F("amount")), name="claim_capped"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["pay", "adjustment"],
                    plan__isnull=False,
                    hours__isnull=False,
                    rate__isnull=False,
                )
                & (
                    Q(attendance__isnull=False, other_work=None)
                    | Q(attendance=None, other_work__isnull=False, rule__isnull=False)
                )
                | (
                    Q(kind="reimbursement", attendance=None, donate_to=None)
                    & Q(other_work=None, rule=None)
                    & ~Q(amount=0)
                    & ~Q(what_for="")
                ),
                name="claim_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(cost="") | Q(cost__in=CostKind.values, kind="reimbursement"),
                name="claim_kind_of_cost",
            ),
            models.CheckConstraint(
                condition=Q(
                    cost="miles", miles__isnull=False, per_mile__isnull=False, no_receipt=""
                )
                & Q(miles__gt=0, per_mile__gt=0)
                & Q(amount=Round(F("miles") * F("per_mile"), 2))
                | (~Q(cost="miles") & Q(miles=None, per_mile=None))
                & (Q(no_receipt="") | ~Q(cost="")),
                name="claim_miles_are_worth",
            ),
            models.UniqueConstraint(
                fields=["agency", "member", "cost", "service_on"],
                condition=Q(in_advance=True, status__in=["earned", "returned", "approved", "paid"]),
                name="claim_one_advance_for_a_day",
            ),
            models.UniqueConstraint(
                fields=["agency", "settles"],
                condition=Q(settles__isnull=False),
                name="claim_settles_once",
            ),
            models.CheckConstraint(
                condition=Q(in_advance=False)
                | Q(cost__in=["fare", "childcare"], settles=None, no_receipt="", amount__gt=0),
                name="claim_paid_in_advance",
            ),
            models.CheckConstraint(
                condition=Q(settles=None) | Q(kind="reimbursement"), name="claim_settles_a_cost"
            ),
            models.CheckConstraint(
                condition=Q(status="waived", comes_back_until__isnull=False)
                | (~Q(status="waived") & Q(comes_back_until=None)),
                name="claim_waived_on_a_day",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status__in=["approved", "paid"], approved_by__isnull=False)
                    & Q(approved_on__isnull=False)
                )
                | Q(
                    status__in=[
                        "waiting",
                        "earned",
                        "returned",
                        "waived",
                        "nothing",
                        "withdrawn",
                        "refused",
                    ],
                    approved_by=None,
                    approved_on=None,
                ),
                name="claim_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status="paid", paid_by__isnull=False, payment__isnull=False)
                | (~Q(status="paid") & Q(paid_by=None, payment=None)),
                name="claim_paid_by_somebody",
            ),
            # Claimant, approver and payer are three different people.
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("member")),
                name="claim_not_approved_by_claimant",
            ),
            models.CheckConstraint(
                condition=Q(paid_by=None)
                | (~Q(paid_by=F("member")) & ~Q(paid_by=F("approved_by"))),
                name="claim_paid_by_a_third",
            ),
            # Whoever entered it on somebody's behalf counts as one of the three.
            models.CheckConstraint(
                condition=Q(entered_by=None)
                | (
                    (Q(approved_by=None) | ~Q(approved_by=F("entered_by")))
                    & (Q(paid_by=None) | ~Q(paid_by=F("entered_by")))
                ),
                name="claim_entered_by_another",
            ),
            models.CheckConstraint(
                condition=Q(corrected_by=None) | Q(paid_by=None) | ~Q(paid_by=F("corrected_by")),
                name="claim_corrected_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["returned", "refused"]) | ~Q(returned_reason=""),
                name="claim_returned_with_reason",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status="refused", refused_by__isnull=False)
                    & ~Q(refused_by=F("member"))
                    & ~Q(kind="pay")
                )
                | (~Q(status="refused") & Q(refused_by=None)),
                name="claim_refused_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "member", "-service_on"], name="claim_member"),
            models.Index(fields=["agency", "status", "due_on"], name="claim_status_due"),
            models.Index(fields=["agency", "service_on"], name="claim_service_on"),
            models.Index(
                fields=["agency", "approved_on"],
                condition=Q(approved_on__isnull=False),
                name="claim_approved_on",
            ),
            models.Index(
                fields=["agency", "service_on"],
                condition=Q(before_cap__isnull=False),
                name="claim_capped_on",
            ),
        ]

    def __str__(self) -> str:
        return f"claim {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the line, and keep its owed days in step."""
        super().save(*args, **kwargs)
        keep_owed([self])

    def start_clock(self, on: date, due_days: int) -> None:
        """Count the days until payment from `on`."""
        self.clock_since = on
        self.due_on = on + timedelta(days=due_days)

    @property
    def hours_apart(self) -> Decimal:
        """The hours a correction adds or removes, without its sign."""
        return abs(self.hours or Decimal(0))

    @property
    def for_time(self) -> bool:
        """Whether it is pay or its correction, not a cost."""
        return self.kind != ClaimKind.REIMBURSEMENT

    @property
    def needs_receipt(self) -> bool:
        """Whether it is a cost of a kind for which people have receipts."""
        return self.cost not in {"", CostKind.MILES}

    @property
    def has_receipt(self) -> bool:
        """Whether a receipt was sent; the database ensures that there is one.

        That of an advance comes once it is settled.
        """
        return self.needs_receipt and not self.no_receipt and not self.in_advance

    @property
    def is_open(self) -> bool:
        return self.status in {ClaimStatus.EARNED, ClaimStatus.APPROVED}


class SetOff(TenantModel):
    """What one payment deducted for a downward correction; a reversed payment deducted nothing."""

    payment = Key("compensation.Payment", related_name="set_offs")
    claim = Key(Claim, related_name="set_offs")
    amount = models.DecimalField(max_digits=9, decimal_places=2)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "payment", "claim"], name="set_off_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="set_off_positive"),
        ]

    def __str__(self) -> str:
        return f"set-off {self.pk}"


def save_all(claims: Sequence[Claim], fields: Sequence[str]) -> None:
    """Save these fields of many lines of one agency, with their versions and owed days."""
    if claims:
        bulk_update_with_history(claims, Claim, [*fields], batch_size=BATCH)
        keep_owed(claims)
