from datetime import date
from typing import ClassVar

from django.db import models

from accounts.models import Member
from foundation.history import History
from foundation.models import Door, OneKey, TenantModel, TenantQuerySet
from groups.models import Group


class CellQuerySet(TenantQuerySet["Cell"]):
    def visible_to(self, member: Member, on: date) -> "CellQuerySet":
        """Cells whose existence the member may know of."""
        groups = Group.objects.within(member.agency).visible_to(member, on)
        return self.filter(group__in=groups)

    def open(self, on: date) -> "CellQuerySet":
        """Cells open on that day."""
        still = models.Q(group__closed=None) | models.Q(group__closed__gt=on)
        return self.filter(still, group__opened__lte=on)


class Cell(TenantModel):
    """A group that finds improvement opportunities around one focus and acts on them."""

    subject_code = "cell"

    group = OneKey(Group, related_name="+")
    focus = models.CharField(max_length=200)
    mission = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    objects: ClassVar[Door[CellQuerySet]] = Door(CellQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=~models.Q(focus=""), name="cell_has_focus"),
        ]

    def __str__(self) -> str:
        return self.group.name
