"""How people leave the program and return, and what a leave cut short."""

from datetime import date
from typing import Any, ClassVar, Protocol

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.models import Door, Key, TenantModel, TenantQuerySet


class LateLeave(models.TextChoices):
    """Why a leave is recorded for a past day, or for the person's first day."""

    TOLD_LATE = "told_late", _("We heard of it late")
    FORGOTTEN = "forgotten", _("It was not written down at the time")
    NEVER_BEGAN = "never_began", _("They never took part")
    WRONG_DAY = "wrong_day", _("Another day was written down before")


class LeaveQuerySet(TenantQuerySet["Leave"]):
    def standing(self) -> "LeaveQuerySet":
        """Leaves that were not withdrawn."""
        return self.filter(taken_back_on=None)

    def running(self) -> "LeaveQuerySet":
        """Leaves under which somebody is gone or will go."""
        return self.standing().filter(returned_on=None)

    def corrections_of(self, day: date) -> "LeaveQuerySet":
        """Leaves that changed that day after the fact: entered late, or withdrawn late."""
        late = Q(on__lte=day, entered_on__gt=day) | Q(on__lte=day, taken_back_on__gt=day)
        return self.filter(late)


class Leave(TenantModel):
    """The end of a time in the program: planned, entered late, returned from, or withdrawn.

    `since` is the first day of the time that ended, `on` the first day without the person. A person
    who returns is the same member again; the days until `returned_on` don't count as membership.
    """

    member: "Any" = Key("accounts.Member", related_name="leaves")
    since = models.DateField()
    on = models.DateField()
    entered_on = models.DateField()
    by: "Any" = Key("accounts.Member", related_name="+", null=True, blank=True)
    why = models.CharField(max_length=20, choices=LateLeave.choices, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    taken_back_on = models.DateField(null=True, blank=True)
    taken_back_by: "Any" = Key("accounts.Member", related_name="+", null=True, blank=True)

    objects: ClassVar[Door[LeaveQuerySet]] = Door(LeaveQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(why="") | Q(why__in=LateLeave.values), name="leave_why"
            ),
            models.CheckConstraint(
                condition=Q(on__gte=F("entered_on"), on__gt=F("since")) | ~Q(why=""),
                name="leave_of_the_past_says_why",
            ),
            models.CheckConstraint(
                condition=Q(returned_on=None) | Q(returned_on__gte=F("on")),
                name="leave_before_return",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_on=None, taken_back_by=None)
                | Q(taken_back_on__isnull=False, taken_back_by__isnull=False, returned_on=None),
                name="leave_taken_back_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["agency", "member"],
                condition=Q(returned_on=None, taken_back_on=None),
                name="leave_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"leave {self.pk}"


class Clip(TenantModel):
    """A row a leave cut short (a role, a standing, a seat), with its planned end."""

    leave = Key(Leave, related_name="clips")
    what = models.CharField(max_length=20)
    row = models.BigIntegerField()
    until = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=10, blank=True)
    ends_by = models.BigIntegerField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "leave", "what", "row"], name="clip_once"),
        ]

    def __str__(self) -> str:
        return f"clip {self.pk}"


class Given(Protocol):
    """A row given to a member for a period, such as a role or a seat.

    A seat also says how it ends (`ending`, `ends_by`).
    """

    pk: Any  # As on Django's models.
    since: date
    until: date | None
    agency: Any  # A foreign key; typing it would mean importing the app above.
    member_id: int

    def save(self, *args: Any, **kwargs: Any) -> None: ...  # As on Django's models.
