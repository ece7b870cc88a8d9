"""Requests to be erased, erased people, and the mentions in which they may still be named."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.models import Door, Key, OneKey, TenantModel, TenantQuerySet
from foundation.transitions import StatefulModel, Transitions


class RequestQuerySet(TenantQuerySet["ErasureRequest"]):
    def open(self) -> "RequestQuerySet":
        """Requests that are neither fulfilled nor taken back."""
        return self.filter(done_on=None, taken_back_on=None)


class ErasureRequest(TenantModel):
    """A person's request to have their information erased; it waits for the administrators."""

    subject_code = "erasure_request"

    member = Key(Member, related_name="+")
    asked_on = models.DateField()
    taken_back_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Door[RequestQuerySet]] = Door(RequestQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "member"],
                condition=Q(done_on=None, taken_back_on=None),
                name="erasure_requested_once",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(taken_back_on=None), name="erasure_request_ends_once"
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"


class ErasureQuerySet(TenantQuerySet["Erasure"]):
    def open(self) -> "ErasureQuerySet":
        """Erasures with mentions that nobody has looked at yet."""
        return self.filter(done_on=None)


class Erasure(TenantModel):
    """That a person was erased; done once somebody has looked at all mentions."""

    subject_code = "erasure"

    member = OneKey(Member, related_name="+")
    by = Key(Member, related_name="+")
    on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Door[ErasureQuerySet]] = Door(ErasureQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(done_on__gte=models.F("on")),
                name="erasure_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"erasure {self.pk}"

    def is_over(self, on: date) -> bool:
        return self.done_on is not None and self.done_on <= on


class MentionState(models.TextChoices):
    OPEN = "open", _("To look at")
    REMOVED = "removed", _("The name was removed")
    OTHER = "other", _("This is somebody else")


class MentionQuerySet(TenantQuerySet["Mention"]):
    def open(self) -> "MentionQuerySet":
        """Mentions that nobody has looked at yet."""
        return self.filter(state=MentionState.OPEN)


class Mention(StatefulModel):
    """A text that may name an erased person: a table, its column and the key of the row.

    `found` holds the words to remove, and is emptied by the decision.
    """

    subject_code = "mention"
    moves = Transitions(
        first=frozenset({MentionState.OPEN}),
        moves={MentionState.OPEN: frozenset({MentionState.REMOVED, MentionState.OTHER})},
        field="state",
    )

    erasure = Key(Erasure, related_name="mentions")
    place = models.CharField(max_length=63)
    field = models.CharField(max_length=63)
    row = models.CharField(max_length=36)
    found = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=MentionState.choices, default=MentionState.OPEN)
    decided_by = Key(Member, null=True, blank=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Door[MentionQuerySet]] = Door(MentionQuerySet)

    class Meta(StatefulModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MentionState.values), name="mention_state"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by=None, decided_on=None)
                | (~Q(state="open") & Q(decided_by__isnull=False, decided_on__isnull=False)),
                name="mention_decided_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["agency", "erasure", "place", "field", "row"], name="mention_once"
            ),
        ]

    def __str__(self) -> str:
        return f"mention {self.pk}"
