"""A list of people between its upload and its use."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from foundation.models import Door, Key, TenantModel, TenantQuerySet


class PeopleListQuerySet(TenantQuerySet["PeopleList"]):
    def unused(self) -> "PeopleListQuerySet":
        """Lists from which nobody was invited yet."""
        return self.filter(used_at=None)


class PeopleList(TenantModel):
    """Rows of an uploaded list until their people are invited; all of it goes within a day.

    `rows` are dicts as `accounts.lists.planning.ListRow`, and `left_out` the headings of columns
    that were not kept, each with the reason; both are emptied in the transaction that invites.
    Whoever uploaded it stated at `attested_at` that each person was asked and said yes; that stays
    with their invitations, which share its `batch`. `result` counts rows by outcome.
    """

    uploaded_by: "Any" = Key("accounts.Member", related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    attested_at = models.DateTimeField(default=timezone.now)
    batch = models.UUIDField(default=uuid.uuid4, editable=False)
    rows = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    standings = models.PositiveIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1, db_default=1)

    objects: ClassVar[Door[PeopleListQuerySet]] = Door(PeopleListQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(rows=[], left_out=[], standings=0),
                name="people_list_emptied_when_used",
            ),
        ]

    def __str__(self) -> str:
        return f"list {self.pk}"
