"""Time away: somebody keeps their place, and nobody expects them or writes to them meanwhile."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.dated import DatedQuerySet, ends_after_start, no_overlap
from accounts.policies import RETURN
from foundation.history import History
from foundation.models import Agency, Door, Key, TenantModel


class AwayQuerySet(DatedQuerySet["Away"]):
    def on(self, day: date) -> "AwayQuerySet":
        """Times away that hold on that day."""
        super_rows = super().on(day)
        assert isinstance(super_rows, AwayQuerySet)
        return super_rows

    def not_over(self, day: date) -> "AwayQuerySet":
        """Those that hold on that day or begin later."""
        return self.filter(Q(until=None) | Q(until__gt=day))

    def resting(self, day: date) -> "AwayQuerySet":
        """Those under which clocks stand still that day: until some days after the return."""
        return self.begun(day).filter(Q(until=None) | Q(until__gt=day - RETURN.span))

    def begun(self, day: date) -> "AwayQuerySet":
        """Those that began by that day and lasted at least a day."""
        return self.filter(Q(until=None) | Q(until__gt=F("since")), since__lte=day)


class Away(TenantModel):
    """A time in which a member is away: no reason is asked, and nobody else reads it.

    `until` is the first day on which they are back; None while they don't know it yet.
    """

    subject_code = "away"

    member = Key("accounts.Member", related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    history = History()

    objects: ClassVar[Door[AwayQuerySet]] = Door(AwayQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            ends_after_start("away_period"),
            no_overlap("away_no_overlap", "member"),
        ]

    def __str__(self) -> str:
        return f"away {self.pk}"


@dataclass(frozen=True)
class TimeAway:
    """The last time away that a member began; `until` as in `Away`."""

    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    def rests(self, day: date) -> bool:
        """Whether the member's clocks stand still, as in `AwayQuerySet.resting`."""
        return self.since <= day and (self.until is None or day < self.until + RETURN.span)


def away_on(agency: Agency, day: date) -> AwayQuerySet:
    """Who is away on that day: every job that sends, reminds or counts lateness asks this."""
    return Away.objects.within(agency).on(day)
