"""A file of numbers: uploaded, its columns named, previewed, imported all at once."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.models import Member
from cells import rules
from cells.importing import Columns, Preview, preview, read
from cells.models import DataPoint, ImportDraft, Measure
from foundation import events
from foundation.refusals import enforce

BATCH = 1000
# What nobody went on with is forgotten after that.
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Imported:
    """How many numbers were added, corrected, left as they were, and left out as wrong."""

    new: int
    corrected: int
    same: int
    wrong: int

    @property
    def written(self) -> int:
        return self.new + self.corrected


@transaction.atomic
def upload(measure: Measure, *, data: bytes, by: Member) -> ImportDraft:
    """Read a file and keep its rows until they are imported; drafts that were left go.

    ValidationError: it can't be read, or tells of single people (then nothing of it is kept).
    """
    enforce(rules.recording(measure, by))
    try:
        sheet = read(data)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from None
    drafts = ImportDraft.objects.within(by.agency)
    left = drafts.filter(used_on=None)
    left.filter(measure=measure, uploaded_by=by).delete()
    left.filter(uploaded_at__lt=timezone.now() - KEPT).delete()
    return drafts.create(measure=measure, uploaded_by=by, head=sheet.head, rows=sheet.rows)


def _locked(draft: ImportDraft, by: Member) -> ImportDraft:
    drafts = ImportDraft.objects.within(by.agency).select_related("measure__cell__group")
    draft = drafts.select_for_update(of=("self",)).get(pk=draft.pk)
    enforce(rules.importing(draft, by))
    return draft


@transaction.atomic
def choose_columns(draft: ImportDraft, *, columns: Columns, by: Member) -> ImportDraft:
    """Say which column is what; ValidationError by field."""
    draft = _locked(draft, by)
    wrong: dict[str, str] = {}
    places = range(len(draft.head))
    if columns.period not in places:
        wrong["period"] = _("Choose one of the columns.")
    if columns.numerator not in places:
        wrong["numerator"] = _("Choose one of the columns.")
    if draft.measure.has_denominator != (columns.denominator in places):
        wrong["denominator"] = _("Choose one of the columns.")
    chosen = [columns.period, columns.numerator, columns.denominator]
    known = [at for at in chosen if at is not None]
    if not wrong and len(set(known)) < len(known):
        wrong["numerator"] = _("Choose a different column for each.")
    if columns.where is not None and columns.where not in places:
        wrong["only"] = _("Choose one of the answers.")
    if wrong:
        raise ValidationError(wrong)
    draft.columns = columns.stored()
    draft.save(update_fields=["columns"])
    return draft


def compare(draft: ImportDraft, on: date) -> Preview:
    """What importing the draft would do now; two queries at most."""
    points = {point.period: point for point in draft.measure.points.all()}
    return preview(draft.measure, draft.rows, Columns.of(draft.columns), points=points, on=on)


@transaction.atomic
def import_numbers(
    draft: ImportDraft,
    *,
    leave_out_wrong: bool = False,
    correct: bool = False,
    reason: str = "",
    by: Member,
) -> Imported:
    """Write the rows of a draft, all or none; the same file once more changes nothing.

    Wrong rows stop it unless `leave_out_wrong`. Numbers that are there stay, unless `correct`
    with a reason. ValidationError by field.
    """
    draft = _locked(draft, by)
    # No number is written by hand while these are compared and written.
    measure = Measure.objects.within(by.agency).select_for_update().get(pk=draft.measure_id)
    found = compare(draft, by.agency.today())
    _check(found, leave_out_wrong=leave_out_wrong, correct=correct, reason=reason)
    now = timezone.now()
    added = [
        DataPoint(
            agency=by.agency,
            measure=measure,
            kind=measure.kind,
            period=parsed.period,
            numerator=parsed.numerator,
            denominator=parsed.denominator,
            recorded_by=by,
            recorded_at=now,
        )
        for parsed in found.new
    ]
    bulk_create_with_history(added, DataPoint, batch_size=BATCH)
    corrected = [change.point for change in found.changed] if correct else []
    for change in found.changed if correct else []:
        point = change.point
        point.numerator, point.denominator = change.parsed.numerator, change.parsed.denominator
        point.recorded_by, point.recorded_at, point.reason = by, now, reason.strip()
        point.version += 1
    fields = ["numerator", "denominator", "recorded_by", "recorded_at", "reason", "version"]
    bulk_update_with_history(corrected, DataPoint, fields, batch_size=BATCH)
    draft.rows, draft.used_on = [], by.agency.today()
    draft.save(update_fields=["rows", "used_on"])
    cell = draft.measure.cell_id
    if added:
        events.record("datapoint.recorded", measure, by=by, cell=cell, count=len(added))
    if corrected:
        events.record("datapoint.corrected", measure, by=by, cell=cell, count=len(corrected))
    return Imported(
        new=len(added),
        corrected=len(corrected),
        same=found.same + len(found.changed) - len(corrected),
        wrong=len(found.wrong),
    )


def _check(found: Preview, *, leave_out_wrong: bool, correct: bool, reason: str) -> None:
    if found.wrong and not leave_out_wrong:
        raise ValidationError(
            {"leave_out_wrong": _("Some rows can't be imported. Leave them out, or mend the file.")}
        )
    if not found.new and not (found.changed and correct):
        raise ValidationError(_("There is nothing new in this file."))
    if found.changed and correct and not reason.strip():
        raise ValidationError({"reason": _("Say why the numbers are corrected.")})
