"""Offers of seats, which become seats only when the person accepts."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, StandingKind
from foundation.history import History
from foundation.models import Door, Key, TenantModel, TenantQuerySet
from foundation.transitions import StatefulModel, Transitions
from groups.models.groups import Group, Office


class How(models.TextChoices):
    """How somebody agreed to what another person records for them."""

    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("By phone")
    PAPER = "paper", _("On paper")
    MESSAGE = "message", _("In a message")


class OfferState(models.TextChoices):
    WAITING = "waiting", _("Waiting for their answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class SeatOfferQuerySet(TenantQuerySet["SeatOffer"]):
    def waiting(self) -> "SeatOfferQuerySet":
        """Offers that nobody has answered or withdrawn."""
        return self.filter(state=OfferState.WAITING)


@dataclass(frozen=True)
class SeatWish:
    """A seat to offer to somebody."""

    member: Member
    voting: bool
    office: str = Office.NONE


class SeatOffer(StatefulModel):
    """An offer of a place in a group, or another one there, made to a member on a day.

    It takes effect when they accept. Somebody else enters the acceptance only for a person without
    a way to sign in, with when and how they gave it.
    """

    subject_code = "seat_offer"
    moves = Transitions(
        field="state",
        first=frozenset({OfferState.WAITING}),
        moves={
            OfferState.WAITING: frozenset(
                {OfferState.ACCEPTED, OfferState.DECLINED, OfferState.WITHDRAWN}
            )
        },
    )

    group = Key(Group, related_name="offers")
    member = Key(Member, related_name="+")
    standing = models.CharField(
        max_length=20,
        choices=StandingKind.choices,
        blank=True,
        help_text=_("As what they are asked; they say themselves as what they accept."),
    )
    voting = models.BooleanField(default=True)
    office = models.CharField(max_length=20, choices=Office.choices, default="", blank=True)
    since = models.DateField(help_text=_("The first day of the seat, if they accept in time."))
    late_reason = models.TextField(
        blank=True, help_text=_("Why a seat that began in the past is entered only now.")
    )
    motion: "Any" = Key(
        "groups.Motion",
        related_name="offers",
        null=True,
        blank=True,
        help_text=_("What was decided, where seats are given by decisions."),
    )
    offered_by = Key(Member, related_name="+")
    offered_on = models.DateField()
    state = models.CharField(max_length=10, choices=OfferState.choices, default=OfferState.WAITING)
    answered_on = models.DateField(null=True, blank=True)
    entered_by = Key(Member, related_name="+", null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    agreed_how = models.CharField(max_length=10, choices=How.choices, blank=True)
    history = History()

    objects: ClassVar[Door[SeatOfferQuerySet]] = Door(SeatOfferQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OfferState.values), name="seat_offer_state"
            ),
            models.CheckConstraint(condition=Q(office__in=Office.values), name="seat_offer_office"),
            models.CheckConstraint(
                condition=Q(standing="") | Q(standing__in=StandingKind.values),
                name="seat_offer_standing",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_on=None)
                | (~Q(state="waiting") & Q(answered_on__isnull=False)),
                name="seat_offer_dated_when_answered",
            ),
            models.CheckConstraint(
                condition=Q(since__gte=models.F("offered_on")) | ~Q(late_reason=""),
                name="seat_offer_of_the_past_says_why",
            ),
            models.CheckConstraint(
                condition=Q(entered_by=None, agreed_on=None, agreed_how="")
                | (
                    Q(entered_by__isnull=False, agreed_on__isnull=False)
                    & Q(agreed_how__in=How.values)
                    & ~Q(entered_by=models.F("member"))
                ),
                name="seat_offer_agreement_on_record",
            ),
            models.UniqueConstraint(
                fields=["agency", "group", "member"],
                condition=Q(state="waiting"),
                name="seat_offer_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk}"

    @property
    def late(self) -> bool:
        """Whether it records a seat that had already begun."""
        return self.since < self.offered_on

    def begins(self, agreed: date) -> date:
        """The first day of the seat if the person agreed on that day."""
        return self.since if self.late else max(self.since, agreed)
