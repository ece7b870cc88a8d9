"""Supporters: whom a member lets help them, and with what."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models import Member
from foundation.models import Door, Key, TenantModel, TenantQuerySet


class SupporterQuerySet(TenantQuerySet["Supporter"]):
    def open(self) -> "SupporterQuerySet":
        """Those that neither of the two has ended."""
        return self.filter(ended_on=None)

    def helping(self) -> "SupporterQuerySet":
        """Those who agreed, until either ends it."""
        return self.open().exclude(accepted_on=None)


class Supporter(TenantModel):
    """A member's dated consent that somebody helps them with what is ticked, and nothing else.

    `enters_away`: enters for them when they are away, if they asked for it.
    """

    subject_code = "supporter"

    member = Key(Member, related_name="+")
    supporter = Key(Member, related_name="+")
    sees_dates = models.BooleanField(default=False)
    gets_reminders = models.BooleanField(default=False)
    enters_away = models.BooleanField(default=False)
    named_on = models.DateField()
    accepted_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Door[SupporterQuerySet]] = Door(SupporterQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(supporter=F("member")), name="supporter_is_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(sees_dates=True) | Q(gets_reminders=True) | Q(enters_away=True),
                name="supporter_helps_with_something",
            ),
            models.CheckConstraint(
                condition=Q(accepted_on=None) | Q(accepted_on__gte=F("named_on")),
                name="supporter_named_before_accepting",
            ),
            models.UniqueConstraint(
                fields=["agency", "member", "supporter"],
                condition=Q(ended_on=None),
                name="supporter_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"supporter {self.pk}"
