"""What a seat of the oversight committee or governing body rests on.

Either a decision asked of a group, or a group's decision on paper, which two people attest.
"""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.history import History
from foundation.models import Door, Key, TenantModel, TenantQuerySet
from foundation.transitions import StatefulModel, Transitions
from groups.models.decisions import Decision
from groups.models.groups import Group, Office, Seat


class ResolutionState(models.TextChoices):
    WAITING = "waiting", _("Waiting for a second person")
    ATTESTED = "attested", _("Confirmed by two people")
    DENIED = "denied", _("Not confirmed")


class ResolutionQuerySet(TenantQuerySet["Resolution"]):
    def waiting(self) -> "ResolutionQuerySet":
        """Resolutions that the person who was asked has not answered."""
        return self.filter(state=ResolutionState.WAITING)


class Resolution(StatefulModel):
    """A decision on paper, in its own words: who sits in the governing body, or the committee.

    For the oversight committee, it is the choice of the consumers of the first dialogues. It holds
    once a second person, who is asked by name, attests to it.
    """

    subject_code = "resolution"
    moves = Transitions(
        field="state",
        first=frozenset({ResolutionState.WAITING}),
        moves={
            ResolutionState.WAITING: frozenset({ResolutionState.ATTESTED, ResolutionState.DENIED})
        },
    )

    group = Key(Group, related_name="resolutions")
    on = models.DateField(help_text=_("The day on which it was decided."))
    text = models.TextField()
    entered_by = Key(Member, related_name="+")
    entered_on = models.DateField()
    asked = Key(Member, related_name="+", help_text=_("Who was there, and is asked to confirm it."))
    state = models.CharField(
        max_length=10, choices=ResolutionState.choices, default=ResolutionState.WAITING
    )
    answered_on = models.DateField(null=True, blank=True)
    history = History()

    objects: ClassVar[Door[ResolutionQuerySet]] = Door(ResolutionQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ResolutionState.values), name="resolution_state"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="resolution_has_words"),
            models.CheckConstraint(
                condition=~Q(asked=models.F("entered_by")), name="resolution_two_people"
            ),
            models.CheckConstraint(
                condition=Q(entered_on__gte=models.F("on")), name="resolution_of_the_past"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_on=None)
                | (~Q(state="waiting") & Q(answered_on__isnull=False)),
                name="resolution_dated_when_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"resolution {self.pk}"


class MotionKind(models.TextChoices):
    SEAT = "seat", _("Offer a seat")
    CHANGE = "change", _("Take an office or a vote away")
    END = "end", _("End a seat")
    CONFIRM = "confirm", _("Keep the founding members")
    DISSOLVE = "dissolve", _("End the group")


ABOUT_A_SEAT = (MotionKind.CHANGE, MotionKind.END)


class Motion(TenantModel):
    """A change of who sits in a group, carried out when its decision or resolution holds."""

    subject_code = "motion"

    group = Key(Group, related_name="motions")
    kind = models.CharField(max_length=10, choices=MotionKind.choices)
    member = Key(Member, related_name="+", null=True, blank=True)
    seat = Key(Seat, related_name="+", null=True, blank=True)
    office = models.CharField(max_length=20, choices=Office.choices, default="", blank=True)
    voting = models.BooleanField(default=True)
    since = models.DateField(help_text=_("From which day on, if it holds by then."))
    reason = models.TextField(blank=True)
    charter_words = models.TextField(
        blank=True, help_text=_("The words of the charter on which it stands.")
    )
    answer_by = models.DateField(
        null=True, blank=True, help_text=_("Until when the person can answer in writing.")
    )
    answer = models.TextField(blank=True, help_text=_("What the person says to it."))
    answered_on = models.DateField(null=True, blank=True)
    answer_entered_by = Key(
        Member,
        related_name="+",
        null=True,
        blank=True,
        help_text=_("Who wrote the answer down for somebody who can’t sign in."),
    )
    decision = Key(Decision, related_name="motions", null=True, blank=True)
    resolution = Key(Resolution, related_name="motions", null=True, blank=True)
    carried_out_on = models.DateField(null=True, blank=True)
    history = History()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MotionKind.values), name="motion_kind"),
            models.CheckConstraint(condition=Q(office__in=Office.values), name="motion_office"),
            models.CheckConstraint(
                condition=Q(decision=None, resolution__isnull=False, kind="seat")
                | Q(decision__isnull=False, resolution=None),
                name="motion_rests_on_one",
            ),
            models.CheckConstraint(
                condition=Q(kind="seat", member__isnull=False, seat=None)
                | (
                    Q(kind__in=["change", "end"], member__isnull=False, seat__isnull=False)
                    & Q(answer_by__isnull=False)
                    & ~Q(reason="")
                )
                | Q(kind__in=["confirm", "dissolve"], member=None, seat=None),
                name="motion_names_whom",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None, answer_entered_by=None)
                | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="motion_answer_dated",
            ),
            models.UniqueConstraint(fields=["agency", "decision"], name="motion_of_its_decision"),
        ]

    def __str__(self) -> str:
        return f"motion {self.pk}"

    @property
    def about_a_seat(self) -> bool:
        """Whether somebody would lose something: they are told, may answer, and do not decide."""
        return self.kind in ABOUT_A_SEAT

    @property
    def for_consumers(self) -> bool:
        """Whether the seat is reserved for consumers, who decided alone (`decision` is loaded)."""
        return self.decision is not None and self.decision.caucus

    def heard(self, on: date) -> bool:
        """Whether the person has answered, or the time for it is over."""
        return self.answer_by is None or self.answered_on is not None or on > self.answer_by
