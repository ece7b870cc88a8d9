"""Closures of groups, what ended with them, and reopenings."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models import Member
from foundation.models import Door, Key, TenantModel, TenantQuerySet
from groups.models.groups import Group, Seat
from groups.models.meetings import Meeting


class ClosureQuerySet(TenantQuerySet["Closure"]):
    def standing(self) -> "ClosureQuerySet":
        """Closures that were not undone."""
        return self.filter(taken_back_on=None)

    def corrections_of(self, day: date) -> "ClosureQuerySet":
        """Closures that had ended that day and were undone later."""
        return self.filter(on__lte=day, taken_back_on__gt=day)


class Closure(TenantModel):
    """A group's closure; `on` is the first day without it. Undone only with a reason."""

    group = Key(Group, related_name="closures")
    on = models.DateField()
    entered_on = models.DateField()
    by: "Any" = Key(Member, related_name="+", null=True, blank=True)
    why = models.TextField(blank=True)
    taken_back_on = models.DateField(null=True, blank=True)
    taken_back_by: "Any" = Key(Member, related_name="+", null=True, blank=True)
    taken_back_because = models.TextField(blank=True)

    objects: ClassVar[Door[ClosureQuerySet]] = Door(ClosureQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_back_on=None, taken_back_by=None, taken_back_because="")
                | Q(
                    taken_back_on__isnull=False,
                    taken_back_by__isnull=False,
                    taken_back_on__gte=F("entered_on"),
                )
                & ~Q(taken_back_because=""),
                name="closure_taken_back_with_reason",
            ),
            models.UniqueConstraint(
                fields=["agency", "group"],
                condition=Q(taken_back_on=None),
                name="closure_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"closure {self.pk}"


class CutSeat(TenantModel):
    """A seat that ended with its group, and its end without the closure."""

    closure = Key(Closure, related_name="cuts")
    seat = Key(Seat, related_name="+")
    until = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=10, blank=True)
    ends_by = models.BigIntegerField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "closure", "seat"], name="cut_seat_once"),
        ]

    def __str__(self) -> str:
        return f"cut seat {self.pk}"


class CalledOff(TenantModel):
    """A meeting cancelled because its group closed."""

    closure = Key(Closure, related_name="called_off")
    meeting = Key(Meeting, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name_plural = "called off"
        constraints = [
            models.UniqueConstraint(fields=["agency", "closure", "meeting"], name="called_off_once")
        ]

    def __str__(self) -> str:
        return f"called off {self.pk}"
