"""Importing a file of numbers: upload, columns, preview, then all rows at once.

A job imports a big file: it is requested here and done by `carry_out`. The lock on its draft shows
that somebody is working on it, so that an import whose job died simply starts again.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.models import Member
from foundation import events, holding
from foundation.models import Agency
from foundation.refusals import Refused, enforce
from foundation.transactions import attempt
from measures.definitions.judges import Touch, touching
from measures.definitions.models import Measure, Ownership
from measures.importing import rules
from measures.importing.columns import Columns, StoredColumns, guess
from measures.importing.models import ImportDraft, ImportDraftQuerySet, ImportProgress
from measures.importing.preview import Parsed, Preview, Tell, preview
from measures.importing.reading import Sheet, read
from measures.numbers import rules as number_rules
from measures.numbers.models import DataPoint
from measures.policies import IMPORT_KEPT
from notifications.actions import tell as tell_member

BATCH = 500
# Files with at least this many rows are imported by a job.
LARGE = 1_000
# An import that started this often without finishing is not started again.
MOST_TRIES = 5
# What to do with numbers outside the plausible range.
CONFIRM, LEAVE = "confirm", "leave"


@dataclass(frozen=True)
class Imported:
    """How many numbers were added, corrected, unchanged, and left out."""

    new: int
    corrected: int
    same: int
    wrong: int

    @property
    def written(self) -> int:
        return self.new + self.corrected


@dataclass(frozen=True)
class Answers:
    """Decisions on rows that can't simply be saved."""

    leave_out_wrong: bool = False
    correct: bool = False
    reason: str = ""
    unlikely: str = ""


@transaction.atomic
def upload(measure: Measure, *, data: bytes, by: Member) -> ImportDraft:
    """Read a file and keep its rows until they are imported; abandoned drafts are deleted.

    A workbook with several sheets waits for one to be chosen. ValidationError: it is unreadable, or
    tells of single people (then nothing of it is kept).
    """
    enforce(number_rules.recording(measure, by))
    try:
        sheets = read(data)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from None
    drafts = ImportDraft.objects.within(by.agency).filter(measure=measure, uploaded_by=by)
    _delete_idle(by.agency, drafts)
    forget(by.agency, timezone.now())
    draft = ImportDraft(agency=by.agency, measure=measure, uploaded_by=by)
    if len(sheets) == 1:
        _take(draft, sheets[0])
    else:
        draft.sheets = [asdict(sheet) for sheet in sheets]
    draft.save()
    return draft


def forget(agency: Agency, now: datetime) -> None:
    """Delete abandoned and left-out rows after a day, unless a legal hold covers them."""
    drafts = ImportDraft.objects.within(agency).filter(uploaded_at__lt=now - IMPORT_KEPT.span)
    _delete_idle(agency, drafts)
    left_out = drafts.exclude(left_out=[])
    left_out.filter(pk__in=_not_held(agency, left_out)).update(left_out=[])


def _delete_idle(agency: Agency, drafts: ImportDraftQuerySet) -> None:
    """Delete drafts that nobody is working on; queued, locked and held ones stay."""
    with transaction.atomic():
        idle = drafts.filter(used_on=None, asked_at=None).select_for_update(skip_locked=True)
        drafts.filter(pk__in=_not_held(agency, idle)).delete()


def _not_held(agency: Agency, drafts: ImportDraftQuerySet) -> list[int]:
    """The keys of those that no legal hold covers."""
    today = agency.today()
    holds = holding.in_force(agency, today)
    rows = drafts.values_list("pk", "uploaded_by", "measure", "uploaded_at")
    owners = Ownership.objects.within(agency)
    return [
        pk
        for pk, person, measure, at in rows
        if not holds
        or not holds.keep(
            people=[person],
            groups=owners.filter(measure=measure).values_list("group", flat=True),
            day=agency.date_of(at),
        )
    ]


def _take(draft: ImportDraft, sheet: Sheet) -> None:
    draft.sheet, draft.head, draft.rows = sheet.name[:100], sheet.head, sheet.rows
    draft.first, draft.columns = sheet.first, {}


def _locked(draft: ImportDraft, by: Member) -> ImportDraft:
    drafts = ImportDraft.objects.within(by.agency).select_related("measure__owner")
    draft = drafts.select_for_update(of=("self",)).get(pk=draft.pk)
    enforce(rules.importing(draft, by))
    return draft


@transaction.atomic
def choose_sheet(draft: ImportDraft, *, place: int, by: Member) -> ImportDraft:
    """Choose the sheet of a workbook; another one can be chosen later."""
    draft = _locked(draft, by)
    if place not in range(len(draft.sheets)):
        raise ValidationError({"sheet": _("Choose one of the sheets.")})
    _take(draft, Sheet(**draft.sheets[place]))
    draft.save()
    return draft


@transaction.atomic
def choose_columns(draft: ImportDraft, *, columns: Columns, by: Member) -> ImportDraft:
    """Record the meaning of each column; ValidationError by field."""
    draft = _locked(draft, by)
    wrong: dict[str, str] = {}
    places = range(len(draft.head))
    if columns.period not in places:
        wrong["period"] = _("Choose one of the columns.")
    each_row_once = columns.numerator is None and not draft.measure.shape.is_periodic
    if columns.numerator not in places and not each_row_once:
        wrong["numerator"] = _("Choose one of the columns.")
    if draft.measure.shape.has_denominator != (columns.denominator in places):
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


def likely_columns(draft: ImportDraft) -> StoredColumns | dict[str, int]:
    """The chosen columns, those of the measure's last file, or a guess; one query."""
    if draft.columns:
        return Columns.of(draft.columns).stored()
    before = draft.measure.drafts.filter(used_on__isnull=False).order_by("-pk")
    last = before.values_list("head", "columns").first()
    if last is not None and (known := Columns.of(last[1]).renamed(last[0], draft.head)):
        return known.stored()
    sheet = Sheet(draft.head, draft.rows)
    return guess(sheet, draft.measure)


def compare(draft: ImportDraft, on: date, tell: Tell | None = None) -> Preview:
    """What importing the draft would do now; at most two queries."""
    points = {point.period: point for point in draft.measure.points.all()}
    columns = Columns.of(draft.columns)
    return preview(
        draft.measure, draft.rows, columns, points=points, on=on, first=draft.first, tell=tell
    )


@transaction.atomic
def import_numbers(
    draft: ImportDraft,
    *,
    leave_out_wrong: bool = False,
    correct: bool = False,
    reason: str = "",
    unlikely: str = "",
    by: Member,
) -> Imported:
    """Write the rows of a draft, all or none; importing the same file again changes nothing.

    Wrong rows stop it unless `leave_out_wrong`. Existing numbers stay unless `correct`, with a
    reason. Implausible ones stop it unless `unlikely` is CONFIRM or LEAVE. ValidationError by
    field.
    """
    answers = Answers(leave_out_wrong, correct, reason, unlikely)
    return _write(_locked(draft, by), answers, by=by, tell=None)


@transaction.atomic
def ask_for_import(
    draft: ImportDraft,
    *,
    leave_out_wrong: bool = False,
    correct: bool = False,
    reason: str = "",
    unlikely: str = "",
    by: Member,
) -> ImportDraft:
    """Let a job import the draft, with the same answers and refusals as `import_numbers`."""
    draft = _locked(draft, by)
    answers = Answers(leave_out_wrong, correct, reason, unlikely)
    _check(compare(draft, by.agency.today()), answers)
    draft.asked_at, draft.answers, draft.stopped = timezone.now(), asdict(answers), ""
    draft.save(update_fields=["asked_at", "answers", "stopped"])
    ImportProgress.objects.within(by.agency).filter(draft=draft).delete()
    total = max(1, 2 * len(draft.rows))
    ImportProgress.objects.within(by.agency).create(draft=draft, total=total)
    events.record("import.asked", draft, by=by, group=draft.measure.owner_id, rows=len(draft.rows))
    return draft


@transaction.atomic
def carry_out(agency: Agency, pk: int, *, tell: Tell | None = None) -> Imported | None:
    """Do a requested import; None if another worker is doing it, or it is done.

    If it has become impossible, the reason is stored on the draft and sent to whoever requested it.
    `tell` receives the number of finished rows; each row counts twice, as checked and as saved.
    """
    drafts = ImportDraft.objects.within(agency).unfinished()
    drafts = drafts.select_related("measure__owner", "uploaded_by")
    draft = drafts.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if draft is None:
        return None
    by = draft.uploaded_by
    answers = Answers(**draft.answers)
    try:
        with attempt():
            enforce(number_rules.recording(draft.measure, by))
            done = _write(draft, answers, by=by, tell=tell)
    except Refused as refused:
        _stop(draft, str(refused.refusal.reason))
        return None
    except ValidationError as error:
        _stop(draft, " ".join(error.messages))
        return None
    tell_member(by, "import.done", subject=draft.measure, count=done.written)
    return done


def _stop(draft: ImportDraft, why: str) -> None:
    draft.asked_at, draft.stopped = None, why
    draft.save(update_fields=["asked_at", "stopped"])
    tell_member(draft.uploaded_by, "import.stopped", subject=draft.measure)


@transaction.atomic
def give_up(agency: Agency, pk: int) -> None:
    """Give up an import that was started repeatedly and never finished."""
    drafts = ImportDraft.objects.within(agency).unfinished().select_related("measure")
    draft = drafts.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if draft is not None:
        _stop(draft, _("Something went wrong on our side. Nothing was saved. Please try again."))


def _write(draft: ImportDraft, answers: Answers, *, by: Member, tell: Tell | None) -> Imported:
    # Lock the measure, so that nobody changes it or its numbers while they are compared and
    # written.
    measures = Measure.objects.within(by.agency).select_related("owner")
    draft.measure = measure = measures.select_for_update(of=("self",)).get(pk=draft.measure_id)
    enforce(number_rules.recording(measure, by))
    found = compare(draft, by.agency.today(), tell)
    _check(found, answers)
    left = answers.unlikely == LEAVE
    changed = found.changed if answers.correct else []
    new = [each for each in found.new if not (left and each.unlikely)]
    changed = [each for each in changed if not (left and each.parsed.unlikely)]
    now = timezone.now()
    touched = [each.period for each in new if each.numerator is not None or each.values]
    mended = [each.parsed.period for each in changed]
    at = len(draft.rows)
    with touching(measure, cause=Touch.ADDED, by=by, periods=touched):
        for some in _batches(new):
            if tell is not None:
                tell(at)
            at += len(some)
            bulk_create_with_history([_added(measure, each, by, now) for each in some], DataPoint)
    why = answers.reason
    with touching(measure, cause=Touch.CORRECTED, by=by, reason=why, periods=mended):
        for part in _batches(changed):
            if tell is not None:
                tell(at)
            at += len(part)
            for change in part:
                _correct(change.point, change.parsed, by, now, answers.reason.strip())
            bulk_update_with_history([change.point for change in part], DataPoint, CORRECTED)
    group = measure.owner_id
    if new:
        events.record("datapoint.recorded", measure, by=by, group=group, count=len(new))
    if changed:
        events.record("datapoint.corrected", measure, by=by, group=group, count=len(changed))
    done = Imported(
        new=len(new),
        corrected=len(changed),
        same=found.same + (0 if answers.correct else len(found.changed)),
        wrong=len(found.wrong) + (len(_unlikely(found, answers)) if left else 0),
    )
    draft.left_out = left_out(draft, found, with_unlikely=left)
    draft.rows, draft.sheets, draft.used_on = [], [], by.agency.today()
    draft.result, draft.stopped = asdict(done), ""
    draft.save()
    return done


def _batches[T](rows: list[T]) -> list[list[T]]:
    return [rows[at : at + BATCH] for at in range(0, len(rows), BATCH)]


def _added(measure: Measure, parsed: Parsed, by: Member, now: datetime) -> DataPoint:
    return DataPoint(
        agency=by.agency,
        measure=measure,
        kind=measure.kind,
        period=parsed.period,
        numerator=parsed.numerator,
        denominator=parsed.denominator,
        values=list(parsed.values) or None,
        recorded_by=by,
        recorded_at=now,
        came_on=by.agency.today(),
        confirmed_by=by if parsed.unlikely else None,
    )


CORRECTED = [
    *("numerator", "denominator", "values", "recorded_by", "recorded_at"),
    *("confirmed_by", "missing_because", "reason", "version"),
]


def _correct(point: DataPoint, parsed: Parsed, by: Member, now: datetime, reason: str) -> None:
    point.numerator, point.denominator = parsed.numerator, parsed.denominator
    point.values = list(parsed.values) or None
    point.recorded_by, point.recorded_at, point.reason = by, now, reason
    point.confirmed_by = by if parsed.unlikely else None
    point.missing_because = ""
    point.version += 1


def left_out(draft: ImportDraft, found: Preview, *, with_unlikely: bool) -> list[list[str | int]]:
    """The rows that are not saved: number, error, and the row as in the file."""
    rows: list[list[str | int]] = [
        [wrong.row, wrong.why, *draft.rows[wrong.index]] for wrong in found.wrong
    ]
    if with_unlikely:
        rows += [
            [each.row, each.unlikely, *draft.rows[each.row - draft.first]]
            for each in found.unlikely
        ]
    return sorted(rows, key=lambda row: int(row[0]))


def _unlikely(found: Preview, answers: Answers) -> list[Parsed]:
    """Implausible numbers that would be written."""
    rows = [*found.new, *(each.parsed for each in found.changed if answers.correct)]
    return [each for each in rows if each.unlikely]


def _check(found: Preview, answers: Answers) -> None:
    if found.wrong and not answers.leave_out_wrong:
        raise ValidationError(
            {
                "leave_out_wrong": _(
                    "Some rows can't be saved. Save the good rows only, or mend the file and "
                    "choose it again."
                )
            }
        )
    if not found.new and not (found.changed and answers.correct):
        raise ValidationError(_("There is nothing new in this file."))
    if found.changed and answers.correct and not answers.reason.strip():
        raise ValidationError({"reason": _("Say why the numbers are corrected.")})
    unlikely = _unlikely(found, answers)
    if unlikely and answers.unlikely not in (CONFIRM, LEAVE):
        raise ValidationError(
            {"unlikely": _("Say what is to be done with the numbers that are not expected.")}
        )
    if answers.unlikely == LEAVE and len(unlikely) == len(found.new) + (
        len(found.changed) if answers.correct else 0
    ):
        raise ValidationError({"unlikely": _("Then nothing would be saved.")})
