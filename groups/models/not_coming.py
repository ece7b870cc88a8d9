"""Who said that they can't be at one meeting."""

from django.db import models

from accounts.models import Member
from foundation.models import Key, TenantModel
from groups.models.meetings import Meeting


class NotComing(TenantModel):
    """Somebody's word that they can't be at a meeting on its day; no reason is asked.

    If the meeting moves to another day, it no longer holds.
    """

    meeting = Key(Meeting, related_name="+")
    member = Key(Member, related_name="+")
    on = models.DateField()
    taken_back = models.BooleanField(default=False, db_default=False)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "meeting", "member"], name="not_coming_once"),
        ]

    def __str__(self) -> str:
        return f"not coming {self.pk}"
