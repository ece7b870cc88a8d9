"""Who looked at whose data."""

from django.db import models
from django.utils import timezone

from foundation.models import Key, TenantModel


class AccessLog(TenantModel):
    """Who looked at whose member or payment data; append-only, shown to that member."""

    reader = Key("accounts.Member", related_name="+")
    about = Key("accounts.Member", related_name="+")
    what = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["agency", "about", "-at"], name="access_about_at")]

    def __str__(self) -> str:
        return self.what
