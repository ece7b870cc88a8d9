"""The Quarterly Account: what was said, done, refused and paid, released by the consumers."""

import hashlib
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.history import History
from foundation.models import Door, Key, TenantQuerySet
from foundation.quarters import words
from foundation.transitions import StatefulModel, Transitions
from groups.models import Decision
from oversight.models import Committee


class AccountStatus(models.TextChoices):
    DRAFT = "draft", _("Being written")
    ASKED = "asked", _("With the consumers of the committee")
    RELEASED = "released", _("Released, management can reply")
    OUT = "out", _("Out")


class AccountQuerySet(TenantQuerySet["QuarterlyAccount"]):
    def out(self, on: date) -> "AccountQuerySet":
        """Accounts that everybody reads on that day: no reply holds one back for longer."""
        return self.filter(Q(status=AccountStatus.OUT) | overdue(on))

    def to_put_out(self, on: date) -> "AccountQuerySet":
        """Released ones whose time for a reply is over."""
        return self.filter(overdue(on))

    def to_reply_to(self, on: date) -> "AccountQuerySet":
        return self.filter(status=AccountStatus.RELEASED, reply_until__gte=on)


def overdue(on: date) -> Q:
    """Released ones whose time for a reply is over by that day."""
    return Q(status=AccountStatus.RELEASED, reply_until__lt=on)


class QuarterlyAccount(StatefulModel):
    """One quarter's Account: its first paragraph by the consumers, the rest from the records.

    `text` is what the consumers are asked to release: canonical JSON of the first paragraph and the
    facts, which never changes from then on unless they say no; only a name can be taken out of it
    once somebody is erased, and then it no longer fits `checksum`. `decision` is the one in which
    they are asked last.
    """

    subject_code = "quarterly_account"
    moves = Transitions(
        first=frozenset({AccountStatus.DRAFT}),
        moves={
            AccountStatus.DRAFT: frozenset({AccountStatus.ASKED}),
            # Released, or not agreed to.
            AccountStatus.ASKED: frozenset({AccountStatus.RELEASED, AccountStatus.DRAFT}),
            AccountStatus.RELEASED: frozenset({AccountStatus.OUT}),
        },
    )

    committee = Key(Committee, related_name="+")
    since = models.DateField(help_text=_("The first day of the quarter."))
    until = models.DateField(help_text=_("The first day after the quarter."))
    status = models.CharField(
        max_length=10, choices=AccountStatus.choices, default=AccountStatus.DRAFT
    )
    opening = models.TextField(help_text=_("The first paragraph, in the consumers’ words."))
    text = models.TextField(blank=True)
    checksum = models.CharField(max_length=64, blank=True)
    decision = Key(Decision, null=True, blank=True, related_name="+")
    begun_on = models.DateField()
    begun_by = Key(Member, related_name="+")
    released_on = models.DateField(null=True, blank=True)
    reply_until = models.DateField(null=True, blank=True)
    reply = models.TextField(blank=True)
    replied_on = models.DateField(null=True, blank=True)
    replied_by = Key(Member, null=True, blank=True, related_name="+")
    out_on = models.DateField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True, help_text=_("When everybody was told."))
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    objects: ClassVar[Door[AccountQuerySet]] = Door(AccountQuerySet)

    class Meta(StatefulModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=AccountStatus.values), name="account_status"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="account_period"),
            models.CheckConstraint(condition=~Q(opening=""), name="account_has_opening"),
            models.CheckConstraint(
                condition=Q(status="draft", text="", checksum="")
                | (~Q(status="draft") & ~Q(text="") & Q(checksum__regex="^[0-9a-f]{64}$")),
                name="account_kept_once_asked",
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(decision__isnull=False),
                name="account_asked_by_decision",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["draft", "asked"], released_on=None, reply_until=None, reply=""
                )
                | Q(
                    status__in=["released", "out"],
                    released_on__isnull=False,
                    reply_until__isnull=False,
                ),
                name="account_released_until",
            ),
            models.CheckConstraint(
                condition=Q(reply="", replied_by=None, replied_on=None)
                | Q(
                    status="out",
                    replied_by__isnull=False,
                    replied_on__isnull=False,
                    replied_on__lte=F("reply_until"),
                ),
                name="account_reply_in_time",
            ),
            models.CheckConstraint(
                condition=Q(status="out", out_on__isnull=False)
                | (~Q(status="out") & Q(out_on=None)),
                name="account_out_dated",
            ),
            models.UniqueConstraint(
                fields=["agency", "committee", "since"], name="account_once_a_quarter"
            ),
        ]

    def __str__(self) -> str:
        return f"account of {self.since}"

    @property
    def period(self) -> str:
        return words(self.since, self.until)

    @property
    def is_intact(self) -> bool:
        """Whether the kept text is still the one that was put to the consumers."""
        return hashlib.sha256(self.text.encode()).hexdigest() == self.checksum

    def is_out(self, on: date) -> bool:
        """Whether everybody reads it on that day."""
        if self.status == AccountStatus.RELEASED:
            assert self.reply_until is not None
            return self.reply_until < on
        return self.status == AccountStatus.OUT
