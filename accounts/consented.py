"""Who may see a member's standing, by that member's consent."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.dated import DatedQuerySet, ends_after_start, no_overlap
from foundation.models import Door, Key, TenantModel


class Audience(models.TextChoices):
    GROUP = "group", _("The people in one group")
    AGENCY = "agency", _("Everyone in the program")
    PUBLIC = "public", _("The public")


class Consent(TenantModel):
    """A member's permission for an audience to see their standing, until withdrawn."""

    subject_code = "consent"

    member = Key("accounts.Member", related_name="consents")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    group_id = models.BigIntegerField(
        default=0, db_default=0, help_text=_("The group, for the audience of one group; else 0.")
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects: ClassVar[Door[DatedQuerySet["Consent"]]] = Door(DatedQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="consent_audience"
            ),
            models.CheckConstraint(
                condition=Q(audience=Audience.GROUP, group_id__gt=0)
                | (~Q(audience=Audience.GROUP) & Q(group_id=0)),
                name="consent_names_its_group",
            ),
            ends_after_start("consent_period"),
            no_overlap("consent_no_overlap", "member", "audience", "group_id"),
        ]

    def __str__(self) -> str:
        return self.audience
