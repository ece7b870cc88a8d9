"""Records of decisions that a group took in a room."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.models import Key, OneKey, TenantModel
from groups.models.decisions import Decision
from groups.models.meetings import Meeting


class PaperRecord(TenantModel):
    """A record of a decision taken in a room: when and by whom it was entered, and its contents.

    It is recorded as it was. `counts_since`: the day from which it counts as the group's decision;
    None while something is missing (see `groups.paper`).
    """

    decision = OneKey(Decision, related_name="paper")
    meeting = Key(Meeting, related_name="+", null=True, blank=True)
    adopted = models.BooleanField(help_text=_("The group agreed to it."))
    agree = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("As written down: how many agreed.")
    )
    reservations = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("As written down: how many agreed with reservations.")
    )
    stand_aside = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("As written down: how many stood aside.")
    )
    object = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("As written down: how many objected.")
    )
    objections = models.TextField(blank=True)
    late_reason = models.TextField(
        blank=True, help_text=_("Why it is written down so long after the day.")
    )
    needs_two = models.BooleanField(help_text=_("A second person has to say that it was so."))
    was_open = models.BooleanField(
        default=False, help_text=_("The proposal was open in the portal until then.")
    )
    answers_until = models.DateField(
        null=True, blank=True, help_text=_("The last day it had until then, in writing.")
    )
    recorded_on = models.DateField()
    recorded_by = Key(Member, related_name="+")
    attested_on = models.DateField(null=True, blank=True)
    attested_by = Key(Member, related_name="+", null=True, blank=True)
    counts_since = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(attested_on=None, attested_by=None)
                | (
                    Q(attested_on__isnull=False, attested_by__isnull=False)
                    & ~Q(attested_by=F("recorded_by"))
                ),
                name="paper_attested_by_another",
            ),
            models.CheckConstraint(
                condition=Q(counts_since=None) | Q(needs_two=False) | Q(attested_on__isnull=False),
                name="paper_counts_when_attested",
            ),
        ]

    def __str__(self) -> str:
        return f"paper of {self.decision_id}"

    @property
    def objected(self) -> bool:
        """Whether anybody objected, by the recorded numbers or positions."""
        return bool(self.object or self.objections)
