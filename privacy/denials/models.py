"""What people say was not them or not right, and what an administrator answered."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.models import Door, Key, TenantModel, TenantQuerySet


class DeniedKind(models.TextChoices):
    LOOK = "look", _("somebody looked at it")
    ENTRY = "entry", _("somebody entered it for me")
    CHANGE = "change", _("somebody changed it")


class DenialQuerySet(TenantQuerySet["Denial"]):
    def open(self) -> "DenialQuerySet":
        """Those without an answer."""
        return self.filter(answered_at=None)

    def for_others(self, member: Member) -> "DenialQuerySet":
        """Those that this member may look into: neither theirs nor about what they did."""
        return self.exclude(member=member).filter(Q(accused=None) | ~Q(accused=member))


class Denial(TenantModel):
    """A member says of one thing: that was not me, or not right.

    `source`: the key of the access log's line or of the event that says what happened; `what` is
    its code and `happened_at` its time. `accused` did it, if that was another member. Only the
    answer is ever added.
    """

    subject_code = "denial"

    member = Key(Member, related_name="+")
    kind = models.CharField(max_length=10, choices=DeniedKind.choices)
    source = models.BigIntegerField()
    what = models.CharField(max_length=60)
    happened_at = models.DateTimeField()
    accused = Key(Member, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    answer = models.TextField(blank=True)
    answered_by = Key(Member, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Door[DenialQuerySet]] = Door(DenialQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "member", "kind", "source"], name="denial_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DeniedKind.values) & ~Q(what=""), name="denial_of_what"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="denial_answered_whole",
            ),
            # Whoever did it never handles it, and nobody answers their own.
            models.CheckConstraint(
                condition=Q(answered_by=None)
                | (~Q(answered_by=F("member")) & (Q(accused=None) | ~Q(answered_by=F("accused")))),
                name="denial_answered_by_others",
            ),
        ]

    def __str__(self) -> str:
        return f"denial {self.pk}"
