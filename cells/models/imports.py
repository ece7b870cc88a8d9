from django.db import models
from django.utils import timezone

from accounts.models import Member
from cells.models.measures import Measure
from foundation.models import Key, TenantModel


class ImportDraft(TenantModel):
    """A file of numbers between its upload and its import; its rows are emptied when used.

    `rows` is a list of lists of text, the head apart; `columns` says what each column means.
    """

    measure = Key(Measure, related_name="drafts")
    uploaded_by = Key(Member, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    head = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    used_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_on=None) | models.Q(rows=[]),
                name="import_draft_emptied_when_used",
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"
