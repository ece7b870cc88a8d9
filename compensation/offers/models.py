"""Offers of payment, what members chose, and whom they may donate it to."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.dated import DatedQuerySet, ends_after_start, no_overlap
from accounts.models import Member
from foundation.history import History
from foundation.models import Door, Key, TenantModel


class Offer(TenantModel):
    """An offer to pay a member for their time; one per member."""

    subject_code = "offer"

    member = Key(Member, related_name="+")
    on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "member"], name="offer_once"),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk}"


class OfferChoice(models.TextChoices):
    ACCEPT = "accept", _("Yes, pay me")
    DECLINE = "decline", _("No, thank you")
    DONATE = "donate", _("Donate my payments")


class Organization(TenantModel):
    """An outside organization that members may donate their pay to, listed by the agency.

    While the list is empty, donating is off.
    """

    subject_code = "organization"

    name = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    listed_by = Key(Member, related_name="+")

    objects: ClassVar[Door[DatedQuerySet["Organization"]]] = Door(DatedQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="organization_has_name"),
            ends_after_start("organization_period"),
            models.UniqueConstraint(
                "agency", Lower("name"), condition=Q(until=None), name="organization_listed_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Agreement(models.TextChoices):
    """How a person expressed a choice that somebody else records for them."""

    SIGNED = "signed", _("They signed a form")
    SPOKEN = "spoken", _("They told me, in person or by phone")


class ElectionQuerySet(DatedQuerySet["Election"]):
    def that_held(self) -> "ElectionQuerySet":
        """With organization; a choice that was replaced on its own day held for no day."""
        return self.exclude(until=F("since")).select_related("organization")


class Election(TenantModel):
    """A member's choice, for service from `since` on, until they choose again.

    For somebody without an account, `entered_by` recorded it, with how and when they said it.
    """

    member = Key(Member, related_name="+")
    choice = models.CharField(max_length=10, choices=OfferChoice.choices)
    organization = Key(Organization, null=True, blank=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    entered_by = Key(Member, null=True, blank=True, related_name="+")
    agreed_how = models.CharField(max_length=10, choices=Agreement.choices, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    history = History()

    objects: ClassVar[Door[ElectionQuerySet]] = Door(ElectionQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(choice__in=OfferChoice.values), name="election_choice"
            ),
            models.CheckConstraint(
                condition=Q(choice="donate", organization__isnull=False)
                | (~Q(choice="donate") & Q(organization=None)),
                name="election_donation_has_organization",
            ),
            models.CheckConstraint(
                condition=Q(entered_by=None, agreed_how="", agreed_on=None)
                | (
                    Q(entered_by__isnull=False, agreed_how__in=Agreement.values)
                    & Q(agreed_on__isnull=False)
                    & ~Q(entered_by=F("member"))
                ),
                name="election_entered_with_agreement",
            ),
            ends_after_start("election_period"),
            no_overlap("election_no_overlap", "member"),
        ]

    def __str__(self) -> str:
        return self.choice
