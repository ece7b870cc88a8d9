"""Money for one meeting: pre-approved, taken out, handed out against a signature, counted back."""

import re
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from compensation.payments.models import Payment, PaymentMethod
from foundation.models import Door, Key, OneKey, TenantModel, TenantQuerySet
from groups.models import Meeting

# A line drawn with a finger: moves and lines to whole numbers, in a box of this size.
STROKES = r"(M[0-9]{1,3} [0-9]{1,3}(L[0-9]{1,3} [0-9]{1,3})*)+"
DRAWN = re.compile(STROKES)
WIDTH, HEIGHT = 600, 200
# Characters of a drawing; a name takes about two thousand.
LONGEST = 8000
# What can be handed over in a room.
IN_HAND = (PaymentMethod.CASH, PaymentMethod.GIFT_CARD)


class DayFundQuerySet(TenantQuerySet["DayFund"]):
    def going_on(self) -> "DayFundQuerySet":
        """Money that is neither withdrawn nor counted back."""
        return self.filter(withdrawn_on=None, counted_on=None)

    def to_take_out(self) -> "DayFundQuerySet":
        return self.going_on().filter(taken_on=None)

    def to_count(self) -> "DayFundQuerySet":
        """Money that somebody has with them."""
        return self.going_on().exclude(taken_on=None)

    def differing(self) -> "DayFundQuerySet":
        """Counted money that did not come to what was taken out, for which there is a reason."""
        return self.exclude(counted_on=None).exclude(difference_reason="")

    def to_confirm(self) -> "DayFundQuerySet":
        """Differences that no second person has confirmed."""
        return self.differing().filter(confirmed_on=None)


class DayFund(TenantModel):
    """Money for one meeting: its limits for each person and in all, and how it was used.

    `each_most` is what one person's lines are worth at most. `handed` is what was handed out when
    the rest was counted. Each step is written once, by the one who took it, and never changes.
    """

    subject_code = "day_fund"

    meeting = Key(Meeting, related_name="+")
    people_most = models.PositiveSmallIntegerField()
    each_most = models.DecimalField(max_digits=9, decimal_places=2)
    total = models.DecimalField(max_digits=9, decimal_places=2)
    reason = models.CharField(max_length=200)
    approved_by = Key(Member, related_name="+")
    approved_on = models.DateField()
    withdrawn_by = Key(Member, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    method = models.CharField(max_length=10, choices=PaymentMethod.choices, blank=True)
    taken = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    taken_by = Key(Member, null=True, blank=True, related_name="+")
    taken_on = models.DateField(null=True, blank=True)
    handed = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    brought_back = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    difference_reason = models.CharField(max_length=300, blank=True)
    counted_by = Key(Member, null=True, blank=True, related_name="+")
    counted_on = models.DateField(null=True, blank=True)
    confirmed_by = Key(Member, null=True, blank=True, related_name="+")
    confirmed_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Door[DayFundQuerySet]] = Door(DayFundQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(people_most__gte=1, each_most__gt=0, total__gt=0)
                & Q(total__lte=F("people_most") * F("each_most"))
                & ~Q(reason=""),
                name="day_fund_says_how_much",
            ),
            models.UniqueConstraint(
                fields=["agency", "meeting"],
                condition=Q(withdrawn_on=None, counted_on=None),
                name="day_fund_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, withdrawn_by=None)
                | Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False, taken_on=None),
                name="day_fund_withdrawn_before_taken",
            ),
            models.CheckConstraint(
                condition=Q(taken=None, taken_by=None, taken_on=None, method="")
                | (
                    Q(taken__gt=0, taken__lte=F("total"), method__in=IN_HAND)
                    & Q(taken__isnull=False, taken_by__isnull=False, taken_on__isnull=False)
                    & ~Q(taken_by=F("approved_by"))
                ),
                name="day_fund_taken_by_another",
            ),
            models.CheckConstraint(
                condition=Q(
                    handed=None,
                    brought_back=None,
                    counted_by=None,
                    counted_on=None,
                    confirmed_on=None,
                )
                | (
                    Q(handed__gte=0, handed__lte=F("taken"), brought_back__gte=0)
                    & Q(handed__isnull=False, brought_back__isnull=False, taken__isnull=False)
                    & Q(counted_by__isnull=False, counted_on__isnull=False)
                    & ~Q(counted_by=F("approved_by"))
                ),
                name="day_fund_counted_back",
            ),
            models.CheckConstraint(
                condition=Q(counted_on=None, difference_reason="")
                | (
                    Q(counted_on__isnull=False, taken__isnull=False, brought_back__isnull=False)
                    & (
                        Q(taken=F("handed") + F("brought_back"), difference_reason="")
                        | ~(Q(taken=F("handed") + F("brought_back")) | Q(difference_reason=""))
                    )
                ),
                name="day_fund_difference_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_on=None)
                | (
                    Q(confirmed_by__isnull=False, confirmed_on__isnull=False)
                    & ~Q(difference_reason="")
                    & ~Q(confirmed_by=F("taken_by"))
                    & ~Q(confirmed_by=F("counted_by"))
                ),
                name="day_fund_confirmed_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-id"], name="day_fund_newest"),
            models.Index(
                fields=["agency", "-id"],
                condition=~Q(difference_reason=""),
                name="day_fund_differing",
            ),
        ]

    def __str__(self) -> str:
        return f"money for meeting {self.meeting_id}"


class HandoutQuerySet(TenantQuerySet["Handout"]):
    def standing(self) -> "HandoutQuerySet":
        """Those whose payment was not undone."""
        return self.filter(payment__reversed_on=None)


class Proof(models.TextChoices):
    """How somebody said that they got it."""

    DRAWN = "drawn", _("Signed on the screen")
    INITIALS = "initials", _("Confirmed with their initials")
    PAPER = "paper", _("Signed the paper sheet")


class Handout(TenantModel):
    """One person's money, put into their hand: its payment, and how they said that they got it.

    `drawing` is an SVG path in a box of WIDTH by HEIGHT; `sheet_line` their number on the sheet.
    """

    fund = Key(DayFund, related_name="handouts")
    member = Key(Member, related_name="+")
    payment = OneKey(Payment, related_name="handout")
    proof = models.CharField(max_length=10, choices=Proof.choices)
    drawing = models.CharField(max_length=LONGEST, blank=True)
    initials = models.CharField(max_length=10, blank=True)
    sheet_line = models.PositiveSmallIntegerField()
    handed_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Door[HandoutQuerySet]] = Door(HandoutQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(proof__in=Proof.values), name="handout_proof"),
            models.CheckConstraint(
                condition=Q(drawing="") | Q(drawing__regex=f"^{STROKES}$"),
                name="handout_drawing_is_strokes",
            ),
        ]
        indexes = [models.Index(fields=["agency", "fund"], name="handout_fund")]

    def __str__(self) -> str:
        return f"handout {self.pk}"


class FundCardQuerySet(TenantQuerySet["FundCard"]):
    def in_hand(self) -> "FundCardQuerySet":
        """Cards that nobody has: not handed out, or the payment was undone."""
        assert self.agency is not None, "it needs within(agency)"
        standing = Handout.objects.within(self.agency).standing().filter(pk=OuterRef("handout"))
        return self.filter(~Exists(standing))


class FundCard(TenantModel):
    """A gift card that was taken out: handed out once, or brought back on a day."""

    fund = Key(DayFund, related_name="cards")
    serial = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=7, decimal_places=2)
    handout = Key(Handout, null=True, blank=True, related_name="cards")
    back_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Door[FundCardQuerySet]] = Door(FundCardQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "serial"], name="fund_card_serial_once"),
            models.CheckConstraint(
                condition=Q(value__gt=0) & ~Q(serial=""), name="fund_card_is_worth_something"
            ),
        ]

    def __str__(self) -> str:
        return f"card {self.pk}"
