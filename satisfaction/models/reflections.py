"""Reflections: what a few consumers, meeting alone with an outside peer, say together."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.models import Door, Key, TenantModel, TenantQuerySet


class ReflectionQuerySet(TenantQuerySet["Reflection"]):
    def released(self, on: date) -> "ReflectionQuerySet":
        return self.filter(released_on__lte=on)

    def unreleased(self) -> "ReflectionQuerySet":
        return self.filter(released_on=None)


class Reflection(TenantModel):
    """A statement that the consumers agree on; once released it never changes.

    It has no author. Who agreed (whoever wrote it, first of all) is stored until it is released.
    """

    subject_code = "reflection"

    met_on = models.DateField(help_text=_("The day on which the consumers met."))
    peer = models.CharField(
        max_length=200, help_text=_("Where the outside peer comes from; no name.")
    )
    text = models.TextField()
    written_on = models.DateField()
    released_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Door[ReflectionQuerySet]] = Door(ReflectionQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=Q(released_on=None), name="reflection_one_unreleased"
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(peer=""), name="reflection_says_something"
            ),
            models.CheckConstraint(
                condition=Q(met_on__lte=F("written_on")), name="reflection_after_the_meeting"
            ),
            models.CheckConstraint(
                condition=Q(released_on=None) | Q(released_on__gte=F("written_on")),
                name="reflection_written_then_released",
            ),
        ]

    def __str__(self) -> str:
        return f"reflection of {self.met_on}"


class ReflectionVoice(TenantModel):
    """Whether a consumer agrees with what was written; deleted when it is released.

    It names a consumer, so only the consumers ever see that there are any, and never whose.
    """

    reflection = Key(Reflection, related_name="voices")
    member = Key(Member, related_name="+")
    agrees = models.BooleanField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "reflection", "member"], name="reflection_voice_once"
            ),
        ]

    def __str__(self) -> str:
        return f"reflection voice {self.pk}"
