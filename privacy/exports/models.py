"""Copies of a person's own data, made for them and kept for a few days."""

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Member
from foundation.models import Door, Key, TenantModel, TenantQuerySet


class DataCopyQuerySet(TenantQuerySet["DataCopy"]):
    def unmade(self) -> "DataCopyQuerySet":
        """Copies that are asked for and not made yet."""
        return self.filter(ready_at=None)

    def ready(self, on: date) -> "DataCopyQuerySet":
        """Copies that can be downloaded on that day."""
        return self.filter(expires_on__gt=on)

    def over(self, on: date) -> "DataCopyQuerySet":
        """Copies whose time is over on that day."""
        return self.filter(expires_on__lte=on)


class DataCopy(TenantModel):
    """A ZIP file with all that is kept about a member, from its request until it expires.

    The row is deleted with its file. Only its member may ever open it.
    """

    subject_code = "data_copy"

    member = Key(Member, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    content = models.BinaryField(null=True, blank=True)

    objects: ClassVar[Door[DataCopyQuerySet]] = Door(DataCopyQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "member"], name="data_copy_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(ready_at=None, expires_on=None, content=None)
                | Q(ready_at__isnull=False, expires_on__isnull=False, content__isnull=False),
                name="data_copy_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"copy {self.pk}"

    def finish(self, content: bytes, at: datetime, expires_on: date) -> None:
        """Put the file in, ready to be saved."""
        self.content, self.ready_at, self.expires_on = content, at, expires_on
