"""Alternates: who steps in for somebody with a seat while that person is away."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.away import away_on
from accounts.models import Member
from foundation.models import Agency, Door, Key, TenantModel, TenantQuerySet
from groups.models.groups import Group, Seat


class AlternateQuerySet(TenantQuerySet["Alternate"]):
    def open(self) -> "AlternateQuerySet":
        """Those that neither of the two has ended."""
        return self.filter(ended_on=None)

    def accepted(self) -> "AlternateQuerySet":
        return self.open().exclude(accepted_on=None)

    def stepping_in(self, on: date) -> "AlternateQuerySet":
        """Those who take the other's place that day: the one function that says who does.

        The person is away and holds a seat; the alternate has the seat that stands in for it.
        """
        assert self.agency is not None, "stepping_in() is asked within(agency)"
        held = Seat.objects.within(self.agency).on(on).filter(stands_in=None)
        theirs = held.filter(group=OuterRef("group"), member=OuterRef("holder"))
        own = Seat.objects.within(self.agency).on(on).filter(stands_in=OuterRef("pk"))
        away = away_on(self.agency, on).filter(member=OuterRef("holder"))
        return self.accepted().filter(Exists(away), Exists(theirs), Exists(own))


class Alternate(TenantModel):
    """A member named by the holder of a seat to step in for them, once the alternate has agreed.

    It is about a person's place in a group, not one seat, which a new office replaces by another.
    """

    subject_code = "alternate"

    group = Key(Group, related_name="+")
    holder = Key(Member, related_name="+")
    member = Key(Member, related_name="+")
    named_on = models.DateField()
    accepted_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Door[AlternateQuerySet]] = Door(AlternateQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(member=F("holder")), name="alternate_is_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(accepted_on=None) | Q(accepted_on__gte=F("named_on")),
                name="alternate_named_before_accepting",
            ),
            models.UniqueConstraint(
                fields=["agency", "group", "holder"],
                condition=Q(ended_on=None),
                name="alternate_one_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["agency", "group", "member"],
                condition=Q(accepted_on__isnull=False, ended_on=None),
                name="alternate_of_one_person",
            ),
        ]

    def __str__(self) -> str:
        return f"alternate {self.pk}"


def stood_for(agency: Agency, group_id: int, on: date, there: set[int]) -> set[int]:
    """The keys of people in whose place somebody of `there` sat that day; one query.

    The seats tell, as dated facts: times away are not kept for long.
    """
    seats = Seat.objects.within(agency).on(on).filter(group=group_id, member__in=there)
    holders = seats.exclude(stands_in=None).values_list("stands_in__holder", flat=True)
    return set(holders)
