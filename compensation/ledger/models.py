"""The double-entry ledger of what is owed and paid, never changed or deleted.

The database enforces it: each posting balances and says what its claim or payment says, exactly
one side of an entry has an amount, nobody is paid more than was approved for them, a posting is
reversed at most once, exactly, and a reversal is not reversed.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.models import Key, OneKey, TenantModel


class Account(models.TextChoices):
    PARTICIPATION = "participation", _("Cost of participation")
    REIMBURSEMENTS = "reimbursements", _("Cost of reimbursements")
    PAYABLE = "payable", _("Owed to members")
    RECEIVABLE = "receivable", _("To set off against later payments")
    CASH = "cash", _("Paid out")


class PostingKind(models.TextChoices):
    APPROVED = "approved", _("Approved")
    PAID = "paid", _("Paid")
    REVERSED = "reversed", _("Reversed")


class Posting(TenantModel):
    """One transaction of the ledger; its entries balance."""

    kind = models.CharField(max_length=10, choices=PostingKind.choices)
    on = models.DateField()
    claim = Key("compensation.Claim", null=True, blank=True, related_name="postings")
    payment = Key("compensation.Payment", null=True, blank=True, related_name="postings")
    reverses = OneKey("self", null=True, blank=True, related_name="reversed_by")
    by = Key(Member, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PostingKind.values), name="posting_kind"),
            models.CheckConstraint(
                condition=Q(kind="approved", claim__isnull=False, reverses=None)
                | Q(kind="paid", payment__isnull=False, reverses=None)
                | Q(kind="reversed", reverses__isnull=False),
                name="posting_says_what_for",
            ),
            models.UniqueConstraint(
                fields=["agency", "payment"],
                condition=Q(kind="paid"),
                name="posting_once_for_a_payment",
            ),
        ]
        indexes = [models.Index(fields=["agency", "on", "id"], name="posting_on")]

    def __str__(self) -> str:
        return f"posting {self.pk}"


class Entry(TenantModel):
    """One line of a posting: an amount on one side of one account."""

    posting = Key(Posting, related_name="entries")
    account = models.CharField(max_length=15, choices=Account.choices)
    member = Key(Member, null=True, blank=True, related_name="+")
    debit = models.DecimalField(max_digits=9, decimal_places=2, default=0, db_default=0)
    credit = models.DecimalField(max_digits=9, decimal_places=2, default=0, db_default=0)

    class Meta(TenantModel.Meta):
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(condition=Q(account__in=Account.values), name="entry_account"),
            models.CheckConstraint(
                condition=Q(debit__gt=0, credit=0) | Q(debit=0, credit__gt=0),
                name="entry_has_one_side",
            ),
            models.CheckConstraint(
                condition=~Q(account__in=["payable", "receivable"]) | Q(member__isnull=False),
                name="entry_owed_to_somebody",
            ),
            models.UniqueConstraint(
                fields=["agency", "posting", "account"], name="entry_once_for_an_account"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "account", "member"], name="entry_account_member")
        ]

    def __str__(self) -> str:
        return f"entry {self.pk}"
