from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Member
from foundation.models import Door, Key, OneKey, TenantModel, TenantQuerySet
from measures.definitions.models import Measure


class ImportDraftQuerySet(TenantQuerySet["ImportDraft"]):
    def unfinished(self) -> "ImportDraftQuerySet":
        """Those whose import was asked for and is not done."""
        return self.filter(asked_at__isnull=False, used_on=None)

    def without_rows(self) -> "ImportDraftQuerySet":
        """For pages that only say how far it is."""
        return self.defer("sheets", "rows", "left_out")

    def to_go_on_with(self) -> "ImportDraftQuerySet":
        """Those that nobody asked to be saved yet."""
        return self.filter(asked_at=None, used_on=None)

    def to_come_back_to(self) -> "ImportDraftQuerySet":
        """All but those that were saved with nothing left out that is still kept."""
        return self.exclude(used_on__isnull=False, left_out=[])


class ImportDraft(TenantModel):
    """A file of numbers between its upload and its import; its rows are emptied when used.

    `sheets` are those to choose from: each with name, head, rows and first. `rows` is a list of
    lists of text, the head apart; `first` is the spreadsheet's number of the first of them.
    `columns` says what each column means. A big file is imported by a job: `asked_at` says since
    when, `answers` what was answered, `stopped` why it could not be. `result` counts what was
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
        """Whether something became of it that its own page tells: how far it is, or what came."""
        return bool(self.asked_at or self.used_on or self.stopped)

    @property
    def is_under_way(self) -> bool:
        """Whether it was asked to be saved, and a job does so."""
        return self.asked_at is not None and self.used_on is None


class ImportProgress(TenantModel):
    """How far the job of a big import has come: seen by others before the import is committed.

    A row of its own, since the draft is locked meanwhile. `tries` counts how often it was begun.
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
