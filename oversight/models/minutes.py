"""Minutes that the committee approved, and what its members added later."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.models import Key, OneKey, TenantModel
from groups.models import Meeting
from oversight.models.steps import CommitteeStep


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but their line ends and outer blanks."""
    return one.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()


class ApprovedMinutes(TenantModel):
    """What others may read of a meeting's minutes, as the committee approved it; never changed.

    The committee itself reads the whole minutes, which stay with the meeting and are fixed by then.
    """

    subject_code = "approved_minutes"

    meeting = OneKey(Meeting, related_name="+")
    step = OneKey(CommitteeStep, related_name="+")
    open_text = models.TextField(help_text=_("For everybody else who may read the minutes."))
    left_out = models.TextField(
        blank=True, help_text=_("Why passages of the minutes are not in that text.")
    )
    approved_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(open_text=""), name="approved_minutes_have_a_text")
        ]

    def __str__(self) -> str:
        return f"minutes {self.pk}"


class MinutesAddendum(TenantModel):
    """A correction or an addition to approved minutes, for the same readers; never changed."""

    minutes = Key(ApprovedMinutes, related_name="addenda")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    written_by = Key(Member, related_name="+")
    written_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="addendum_numbered"),
            models.CheckConstraint(condition=~Q(text=""), name="addendum_has_text"),
            models.UniqueConstraint(
                fields=["agency", "minutes", "number"], name="addendum_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"addendum {self.number}"
