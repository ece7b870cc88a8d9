"""Whether somebody was asked for a form W-9, and whether it came; never the form or its number."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.models import Door, Key, TenantModel, TenantQuerySet


class TaxFormState(models.TextChoices):
    REQUESTED = "requested", _("Asked for")
    RECEIVED = "received", _("Received")


class TaxFormNoteQuerySet(TenantQuerySet["TaxFormNote"]):
    def newest(self) -> "TaxFormNoteQuerySet":
        """Of each member, what was written down last."""
        assert self.agency is not None, "it needs within(agency)"
        later = TaxFormNote.objects.within(self.agency).filter(
            member=OuterRef("member"), pk__gt=OuterRef("pk")
        )
        return self.filter(~Exists(later))


class TaxFormNote(TenantModel):
    """A member was asked for a form W-9, or gave it, on a day; the newest row holds.

    Rows are never changed. The form itself is kept elsewhere.
    """

    subject_code = "tax_form_note"

    member = Key(Member, related_name="+")
    state = models.CharField(max_length=10, choices=TaxFormState.choices)
    on = models.DateField()
    by = Key(Member, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Door[TaxFormNoteQuerySet]] = Door(TaxFormNoteQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=TaxFormState.values), name="tax_form_state"
            ),
            models.CheckConstraint(condition=~Q(by=F("member")), name="tax_form_by_somebody_else"),
        ]
        indexes = [models.Index(fields=["agency", "member", "-id"], name="tax_form_newest")]

    def __str__(self) -> str:
        return f"tax form note {self.pk}"
