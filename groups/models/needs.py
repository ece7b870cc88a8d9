"""What people need to take part in meetings, and what was arranged."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.models import Key, TenantModel
from groups.models.meetings import Meeting


class Need(models.TextChoices):
    INTERPRETER = "interpreter", _("An interpreter")
    HEARING = "hearing", _("Captions, or help with hearing")
    READING = "reading", _("Large print, or somebody to read it out")
    ROOM = "room", _("A room without steps")
    QUIET = "quiet", _("A quiet place for breaks")
    COMPANION = "companion", _("A seat for somebody who comes with me")
    RIDE = "ride", _("A way to get there")
    CHILDREN = "children", _("Somebody to look after my children")
    OTHER = "other", _("Something else")


class AccessNeed(TenantModel):
    """What a person needs at a meeting, or (without one) at all their meetings.

    It has no history, so that what is taken back is gone. `until` is the first day on which it no
    longer holds.
    """

    member = Key(Member, related_name="+")
    meeting = Key(Meeting, related_name="needs", null=True, blank=True)
    kind = models.CharField(max_length=20, choices=Need.choices)
    words = models.CharField(max_length=200, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Need.values), name="access_need_kind"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="access_need_period"
            ),
        ]

    def __str__(self) -> str:
        return f"access need {self.pk}"


class Arrangement(TenantModel):
    """Whether something that a person needs is arranged for a meeting."""

    need = Key(AccessNeed, related_name="arrangements")
    meeting = Key(Meeting, related_name="+")
    done = models.BooleanField()
    by = Key(Member, related_name="+")
    on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "need", "meeting"], name="arrangement_once"),
        ]

    def __str__(self) -> str:
        return f"arrangement {self.pk}"
