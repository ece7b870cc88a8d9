"""Whom people can call outside of the program, and those who ask to be contacted."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.dated import DatedQuerySet, ends_after_start, no_overlap
from accounts.models import Member
from foundation.models import Door, Key, TenantModel, TenantQuerySet


class ContactKind(models.TextChoices):
    OMBUDS = "ombuds", _("Ombuds")
    ADVOCACY = "advocacy", _("Protection and advocacy")
    RIGHTS = "rights", _("Rights officer")
    REPORTING = "reporting", _("Reporting hotline of the state")


# Whom a person can turn to; the hotline is where somebody must report.
CONTACTS = (ContactKind.OMBUDS, ContactKind.ADVOCACY, ContactKind.RIGHTS)


class OutsideContact(TenantModel):
    """How one of them is reached, from a day until another; earlier ones stay on record."""

    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40)
    address = models.TextField(blank=True)
    rule = models.TextField(
        blank=True, help_text=_("Who must report what, by the law of the state.")
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = Key(Member, related_name="+")

    objects: ClassVar[Door[DatedQuerySet["OutsideContact"]]] = Door(DatedQuerySet)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ContactKind.values), name="outside_contact_kind"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(phone=""), name="outside_contact_can_be_called"
            ),
            models.CheckConstraint(
                condition=(Q(kind="reporting") & ~Q(rule="")) | (~Q(kind="reporting") & Q(rule="")),
                name="outside_contact_reporting_has_rule",
            ),
            ends_after_start("outside_contact_period"),
            no_overlap("outside_contact_no_overlap", "kind"),
        ]

    def __str__(self) -> str:
        return self.name


class CallQuerySet(TenantQuerySet["Call"]):
    def open(self) -> "CallQuerySet":
        """Those that are neither answered nor taken back."""
        return self.filter(done_on=None, taken_back_on=None)

    def unseen(self) -> "CallQuerySet":
        """Those of them at which nobody has looked."""
        return self.open().filter(looked_on=None)


class Call(TenantModel):
    """A member asks to be contacted, by people whom they choose."""

    member = Key(Member, related_name="+")
    how = models.CharField(max_length=200, blank=True)
    asked_on = models.DateField()
    look_by = models.DateField()
    looked_on = models.DateField(null=True, blank=True)
    looked_by = Key(Member, null=True, blank=True, related_name="+")
    done_on = models.DateField(null=True, blank=True)
    done_by = Key(Member, null=True, blank=True, related_name="+")
    taken_back_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Door[CallQuerySet]] = Door(CallQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "member"],
                condition=Q(done_on=None, taken_back_on=None),
                name="call_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(look_by__gt=F("asked_on")), name="call_clock_after_asking"
            ),
            models.CheckConstraint(
                condition=Q(looked_on=None, looked_by=None)
                | Q(looked_on__gte=F("asked_on"), looked_by__isnull=False),
                name="call_looked_at_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None)
                | Q(done_on__gte=F("looked_on"), done_by__isnull=False, taken_back_on=None),
                name="call_done_after_looking",
            ),
            models.CheckConstraint(
                condition=(Q(looked_by=None) | ~Q(looked_by=F("member")))
                & (Q(done_by=None) | ~Q(done_by=F("member"))),
                name="call_answered_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"call {self.pk}"


class Chosen(TenantModel):
    """One of the people whom the member wants to be contacted by; nobody else knows of it."""

    call = Key(Call, related_name="chosen")
    member = Key(Member, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "call", "member"], name="call_chosen_once"),
        ]

    def __str__(self) -> str:
        return f"chosen {self.pk}"
