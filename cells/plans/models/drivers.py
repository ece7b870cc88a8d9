from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cells.plans.models.plans import ActionPlan
from foundation.history import History
from foundation.models import Key, TenantModel


class DriverLevel(models.TextChoices):
    """The levels from the aim to change ideas; each driver's parent is one level above."""

    PRIMARY = "primary", _("Main driver")
    SECONDARY = "secondary", _("Part of it")
    IDEA = "idea", _("Change idea")

    @property
    def below(self) -> "DriverLevel | None":
        """The next level below."""
        order = list(DriverLevel)
        after = order.index(self) + 1
        return order[after] if after < len(order) else None


class Driver(TenantModel):
    """What moves a plan's aim, what moves that, and what could be changed: a tree.

    The aim itself belongs to the plan. `position` orders siblings.
    """

    plan = Key(ActionPlan, related_name="drivers")
    parent = Key("self", related_name="children", null=True, blank=True)
    level = models.CharField(max_length=10, choices=DriverLevel.choices)
    text = models.CharField(max_length=120)
    position = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(level="primary", parent=None)
                | Q(level__in=["secondary", "idea"], parent__isnull=False),
                name="driver_hangs_below_its_level",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="driver_says_something"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="driver_not_its_own"),
            models.UniqueConstraint(
                fields=["agency", "plan", "parent", "position"],
                nulls_distinct=False,
                deferrable=models.Deferrable.DEFERRED,
                name="driver_place",
            ),
        ]

    def __str__(self) -> str:
        return self.text
