"""Leaders' consents to be shown as such."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.dated import DatedQuerySet, ends_after_start, no_overlap
from accounts.models import Audience, Member
from foundation.models import Door, Key, TenantModel
from groups.models.groups import Group


class LeadingConsent(TenantModel):
    """A member's consent that an audience sees them as leader of this group, until withdrawn.

    Each side provides one leader, so a leader's name lets others guess that person's standing. So
    nobody else decides it.
    """

    group = Key(Group, related_name="+")
    member = Key(Member, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects: ClassVar[Door[DatedQuerySet["LeadingConsent"]]] = Door(DatedQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=[Audience.GROUP, Audience.AGENCY]),
                name="leading_consent_audience",
            ),
            ends_after_start("leading_consent_period"),
            no_overlap("leading_consent_no_overlap", "group", "member"),
        ]

    def __str__(self) -> str:
        return self.audience
