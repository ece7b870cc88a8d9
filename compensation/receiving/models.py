"""Whether payments came: what their members say, and what those who pay answer."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from compensation.offers.models import Agreement
from compensation.payments.models import Payment
from foundation.models import Door, Key, TenantModel, TenantQuerySet


class ArrivalKind(models.TextChoices):
    GOT = "got", _("I got it")
    MISSING = "missing", _("It did not come")
    FOUND = "found", _("Answered by those who pay")


class ArrivalQuerySet(TenantQuerySet["Arrival"]):
    def newest(self) -> "ArrivalQuerySet":
        """Of each payment, what was said last."""
        assert self.agency is not None, "it needs within(agency)"
        later = Arrival.objects.within(self.agency).filter(
            payment=OuterRef("payment"), pk__gt=OuterRef("pk")
        )
        return self.filter(~Exists(later))

    def to_find(self) -> "ArrivalQuerySet":
        """Payments that did not come: neither undone nor answered since."""
        missing = self.filter(kind=ArrivalKind.MISSING, payment__reversed_on=None)
        return missing.newest()


class Arrival(TenantModel):
    """One thing that was said about whether a payment came; the newest of a payment holds.

    Its member says that it came or did not; one who pays answers what did not come (`words`).
    `by` is whoever wrote it down: for somebody on paper another person, with how they said it.
    A payment that did not come is answered by `due_on`. Rows are never changed.
    """

    subject_code = "arrival"

    payment = Key(Payment, related_name="arrivals")
    member = Key(Member, related_name="+")
    kind = models.CharField(max_length=10, choices=ArrivalKind.choices)
    said_on = models.DateField()
    said_how = models.CharField(max_length=10, choices=Agreement.choices, blank=True)
    due_on = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=500, blank=True)
    by = Key(Member, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Door[ArrivalQuerySet]] = Door(ArrivalQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ArrivalKind.values), name="arrival_kind"),
            models.CheckConstraint(
                condition=Q(kind="missing", due_on__isnull=False, due_on__gte=F("said_on"))
                | (~Q(kind="missing") & Q(due_on=None)),
                name="arrival_missing_has_a_clock",
            ),
            models.CheckConstraint(
                condition=(Q(kind="found") & ~Q(words="")) | (~Q(kind="found") & Q(words="")),
                name="arrival_answered_in_words",
            ),
            models.CheckConstraint(
                condition=(Q(kind="found") & ~Q(by=F("member")) & Q(said_how=""))
                | (~Q(kind="found") & Q(by=F("member"), said_how=""))
                | (~Q(kind="found") & ~Q(by=F("member")) & Q(said_how__in=Agreement.values)),
                name="arrival_said_by_its_member",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "payment", "-id"], name="arrival_newest"),
            models.Index(fields=["agency", "member"], name="arrival_member"),
        ]

    def __str__(self) -> str:
        return f"arrival {self.pk}"
