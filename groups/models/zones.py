"""Changes of the agency's time zone."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Member
from foundation.models import Key, TenantModel


class ZoneChange(TenantModel):
    """A change of the agency's time zone, by whom and why; never changed itself."""

    subject_code = "zone_change"

    before = models.CharField(max_length=60)
    after = models.CharField(max_length=60)
    on = models.DateField()
    by = Key(Member, related_name="+")
    reason = models.TextField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="zone_change_changes"),
            models.CheckConstraint(condition=~Q(reason=""), name="zone_change_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"
