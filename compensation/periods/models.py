"""Periods of the books: closed by two people, and kept as they are from then on."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from compensation.ledger.models import Account
from foundation.models import Door, Key, TenantModel, TenantQuerySet

# What a proof can find, by its code.
PROOF_WORDS: dict[str, str | Promise] = {
    "balance": _("A posting does not balance."),
    "approval": _("A line is not what its approval says."),
    "payment": _("A payment is not what its posting says."),
    "lines": _("A payment is not the sum of its lines."),
    "reversal": _("A reversal is not the mirror of its posting."),
    "owed": _("What is owed to somebody is not the sum of their approved lines."),
    "set_off": _("What is to be set off is not the sum of somebody’s corrections."),
    "period": _("Closed books have other postings than when they were closed."),
    "file": _("The file of closed books is not the one that was closed."),
}


class Hand(models.TextChoices):
    """Which of the two sides of the money somebody stands for."""

    APPROVER = "approver", _("for those who approve")
    PAYER = "payer", _("for those who pay")


class AccountingPeriodQuerySet(TenantQuerySet["AccountingPeriod"]):
    def closed(self) -> "AccountingPeriodQuerySet":
        return self.exclude(closed_on=None)

    def asked(self) -> "AccountingPeriodQuerySet":
        """Those that wait for the second person."""
        return self.filter(closed_on=None, taken_back_on=None)


class Days(Func):
    function = "daterange"
    output_field = DateRangeField()


class AccountingPeriod(TenantModel):
    """The days `first` to `last` of the books: asked for by one person, closed by another.

    Once closed, no posting has a day in it, and what it counts is kept: its postings, the sum of
    their debits in dollars, and the SHA-256 checksum of its file.
    """

    subject_code = "accounting_period"

    first = models.DateField()
    last = models.DateField()
    asked_by = Key(Member, related_name="+")
    asked_as = models.CharField(max_length=10, choices=Hand.choices)
    asked_on = models.DateField()
    taken_back_on = models.DateField(null=True, blank=True)
    closed_by = Key(Member, null=True, blank=True, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    postings = models.PositiveIntegerField(default=0, db_default=0)
    total = models.DecimalField(max_digits=12, decimal_places=2, default=0, db_default=0)
    checksum = models.CharField(max_length=64, blank=True, default="", db_default="")

    objects: ClassVar[Door[AccountingPeriodQuerySet]] = Door(AccountingPeriodQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_as__in=Hand.values), name="period_asked_for_a_side"
            ),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="period_days"),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_by=None, checksum="", postings=0, total=0)
                | (
                    Q(closed_on__isnull=False, closed_by__isnull=False, taken_back_on=None)
                    & Q(closed_on__gte=F("asked_on"))
                    & Q(checksum__regex="^[0-9a-f]{64}$", total__gte=0)
                ),
                name="period_closed_whole",
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None) | ~Q(closed_by=F("asked_by")), name="period_two_people"
            ),
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(closed_on=None, taken_back_on=None),
                name="period_asked_once",
            ),
            ExclusionConstraint(
                name="period_no_overlap",
                expressions=[
                    ("agency", RangeOperators.EQUAL),
                    (
                        Days("first", "last", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(closed_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


class Balance(TenantModel):
    """What all entries of an account came to on the last day of a closed period.

    The database writes it when the period is closed.
    """

    period = Key(AccountingPeriod, related_name="balances")
    account = models.CharField(max_length=15, choices=Account.choices)
    debit = models.DecimalField(max_digits=12, decimal_places=2)
    credit = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "period", "account"], name="balance_once_for_an_account"
            ),
            models.CheckConstraint(
                condition=Q(account__in=Account.values), name="balance_of_an_account"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.debit} {self.credit}"


class LedgerProof(TenantModel):
    """The last time the whole ledger was held against claims, payments and closed books.

    `findings`: what did not agree, as the code of each check and how often; `since`: from which
    day on something did not.
    """

    subject_code = "ledger_proof"

    on = models.DateField()
    at = models.DateTimeField()
    postings = models.PositiveIntegerField()
    findings = models.JSONField(default=list, db_default=[])
    since = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency"], name="ledger_proof_once"),
            models.CheckConstraint(
                condition=Q(findings=[], since=None)
                | (~Q(findings=[]) & Q(since__isnull=False, since__lte=F("on"))),
                name="ledger_proof_since",
            ),
        ]

    def __str__(self) -> str:
        return f"proof of {self.on}"
