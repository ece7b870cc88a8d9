from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Member
from foundation.models import Door, Key, OneKey, TenantModel, TenantQuerySet
from measures.definitions.models import Measure


class ImportDraftQuerySet(TenantQuerySet["ImportDraft"]):
    def unfinished(self) -> "ImportDraftQuerySet":
        """Drafts whose import was requested and is not done."""
        return self.filter(asked_at__isnull=False, used_on=None)

    def without_rows(self) -> "ImportDraftQuerySet":
        """Defer the rows, for pages that only show progress."""
        return self.defer("sheets", "rows", "left_out")

    def to_go_on_with(self) -> "ImportDraftQuerySet":
        """Drafts that nobody has asked to save yet."""
        return self.filter(asked_at=None, used_on=None)

    def to_forget(self, before: datetime) -> "ImportDraftQuerySet":
        """Drafts uploaded before, with rows that nobody works with."""
        old = self.filter(uploaded_at__lt=before)
        return old.filter(Q(used_on=None, asked_at=None) | ~Q(left_out=[]))

    def to_come_back_to(self) -> "ImportDraftQuerySet":
        """All drafts except saved ones whose left-out rows, if any, are gone."""
        return self.exclude(used_on__isnull=False, left_out=[])


class ImportDraft(TenantModel):
    """A file of numbers between upload and import; its rows are emptied once used.

    `sheets` are those to choose from, each with name, head, rows and first. `rows` is a list of
    lists of text without the header; `first` is the spreadsheet's number of the first one.
    `columns` says what each column means. A job imports a big file: `asked_at` says since when it
    was requested, `answers` with which decisions, `stopped` why it failed. `result` counts what was
    done; `left_out` holds the refused rows, each after its number and its reason.
    """

    subject_code = "import_draft"

    measure = Key(Measure, related_name="drafts")
    uploaded_by = Key(Member, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    sheets = models.JSONField(default=list)
    sheet = models.CharField(max_length=100, blank=True)
    head = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    first = models.PositiveIntegerField(default=2)
    columns = models.JSONField(default=dict)
    asked_at = models.DateTimeField(null=True, blank=True)
    answers = models.JSONField(default=dict)
    stopped = models.TextField(blank=True)
    used_on = models.DateField(null=True, blank=True)
    result = models.JSONField(default=dict)
    left_out = models.JSONField(default=list)

    objects: ClassVar[Door[ImportDraftQuerySet]] = Door(ImportDraftQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(used_on=None) | Q(rows=[], sheets=[]),
                name="import_draft_emptied_when_used",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(asked_at__isnull=False, used_on=None),
                name="import_draft_unfinished",
            )
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"

    @property
    def is_begun(self) -> bool:
        """Whether its page has progress or a result to show."""
        return bool(self.asked_at or self.used_on or self.stopped)

    @property
    def is_under_way(self) -> bool:
        """Whether saving was requested and a job is doing it."""
        return self.asked_at is not None and self.used_on is None


class ImportProgress(TenantModel):
    """Progress of a big import, visible to others before the import commits.

    A separate row, since the draft is locked meanwhile. `tries` counts the starts.
    """

    draft = OneKey(ImportDraft, related_name="progress", on_delete=models.CASCADE)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=1)
    tries = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(total__gte=1, done__lte=models.F("total")), name="import_progress_part"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.done} of {self.total}"
