"""Legal orders: who asked for people's data, for what, and what the agency gave."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.models import Door, Key, TenantModel, TenantQuerySet


class OrderKind(models.TextChoices):
    COURT_ORDER = "court_order", _("A court order")
    SUBPOENA = "subpoena", _("A subpoena")
    WARRANT = "warrant", _("A search warrant")
    REGULATOR = "regulator", _("A request by an oversight agency")
    NOTICE = "notice", _("A notice to keep records for a lawsuit")
    OTHER = "other", _("Another request with legal force")


class OrderAnswer(models.TextChoices):
    COMPLIED = "complied", _("We gave all that was asked for")
    PARTLY = "partly", _("We gave a part of it")
    OBJECTED = "objected", _("We objected, and gave nothing")
    WITHDRAWN = "withdrawn", _("It was withdrawn")
    NOTHING = "nothing", _("We had nothing to give")


class WhetherTold(models.TextChoices):
    TOLD = "told", _("They were told")
    FORBIDDEN = "forbidden", _("Telling them is forbidden")
    NOBODY = "nobody", _("It concerns no particular person")


class LegalOrderQuerySet(TenantQuerySet["LegalOrder"]):
    def open(self) -> "LegalOrderQuerySet":
        """Orders without an answer."""
        return self.filter(answered_on=None)

    def to_tell(self) -> "LegalOrderQuerySet":
        """Orders about a person who has not been told, although nobody forbids it."""
        return self.filter(told="").exclude(member=None)

    def not_about(self, member: Member) -> "LegalOrderQuerySet":
        """Orders about somebody else, or about nobody in particular."""
        return self.filter(Q(member=None) | ~Q(member=member))


class LegalOrder(TenantModel):
    """One demand for records: its source and scope, and how the agency answered it.

    `member`: the person it is about, if it is about one. It is never deleted, and what was received
    does not change.
    """

    subject_code = "legal_order"

    kind = models.CharField(max_length=20, choices=OrderKind.choices)
    received_on = models.DateField()
    asked_by = models.CharField(max_length=200)
    scope = models.TextField()
    member = Key(Member, null=True, blank=True, related_name="+")
    answer_by = models.DateField(null=True, blank=True)
    entered_by = Key(Member, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    answer = models.CharField(max_length=20, choices=OrderAnswer.choices, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = Key(Member, null=True, blank=True, related_name="+")
    given = models.TextField(blank=True)

    told = models.CharField(max_length=20, choices=WhetherTold.choices, blank=True)
    told_on = models.DateField(null=True, blank=True)
    told_by = Key(Member, null=True, blank=True, related_name="+")
    forbidden_by = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Door[LegalOrderQuerySet]] = Door(LegalOrderQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=OrderKind.values) & ~Q(asked_by="") & ~Q(scope=""),
                name="legal_order_says_who_and_what",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None, answered_by=None, given="")
                | (
                    Q(
                        answer__in=OrderAnswer.values,
                        answered_on__isnull=False,
                        answered_on__gte=F("received_on"),
                        answered_by__isnull=False,
                    )
                    & (Q(given="") | Q(answer__in=["complied", "partly"]))
                    & (~Q(given="") | ~Q(answer__in=["complied", "partly"]))
                ),
                name="legal_order_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(told="", told_on=None, told_by=None, forbidden_by="")
                | (
                    Q(told__in=["told", "nobody"], told_on__isnull=False)
                    & Q(told_on__gte=F("received_on"))
                    & Q(told_by__isnull=False, forbidden_by="")
                )
                | (
                    Q(told="forbidden", told_on__isnull=False, told_by__isnull=False)
                    & Q(told_on__gte=F("received_on"))
                    & ~Q(forbidden_by="")
                ),
                name="legal_order_told_or_why_not",
            ),
            # Whoever it is about neither enters nor answers it.
            models.CheckConstraint(
                condition=~Q(member=F("entered_by"))
                & (Q(answered_by=None) | ~Q(member=F("answered_by"))),
                name="legal_order_by_others",
            ),
        ]

    def __str__(self) -> str:
        return f"legal order {self.pk}"
