"""Importing a file of numbers: choose it, its sheet and columns, check, save."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from foundation import keys
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce
from foundation.spreadsheets import csv_file
from measures.definitions.finding import measure_of
from measures.importing import actions, rules
from measures.importing.actions import LARGE, compare, left_out, likely_columns
from measures.importing.columns import filters
from measures.importing.finding import draft_of, files_of
from measures.importing.forms import ColumnsForm, ImportForm, SheetForm, UploadForm
from measures.importing.models import ImportProgress
from measures.importing.presenting import import_page
from measures.importing.reading import Sheet
from measures.numbers import rules as number_rules

# The most columns of a sheet shown as examples.
EXAMPLES = 3


# Tells htmx to stop polling.
STOP_ASKING = 286


def upload(request: AgencyRequest, pk: int) -> HttpResponse:
    found = measure_of(request, pk)
    enforce(number_rules.recording(found, request.member))
    form = UploadForm.from_request(request, measure=found)

    def act(form: UploadForm) -> str:
        data = form.cleaned_data["file"].read()
        draft = actions.upload(found, data=data, by=request.member)
        page = "measures:sheets" if draft.sheets else "measures:columns"
        return at(request.agency, page, pk=draft.pk)

    return submit(request, form, act) or render(
        request,
        "measures/importing/upload.html",
        {"form": form, "measure": found, "files": files_of(request, found)},
    )


def sheets(request: AgencyRequest, pk: int) -> HttpResponse:
    """Which sheet of a workbook."""
    draft = draft_of(request, pk)
    enforce(rules.importing(draft, request.member))
    form = SheetForm.from_request(
        request, sheets=[(each["name"], len(each["rows"])) for each in draft.sheets]
    )

    def act(form: SheetForm) -> str:
        actions.choose_sheet(draft, place=form.cleaned_data["sheet"], by=request.member)
        return at(request.agency, "measures:columns", pk=pk)

    return ask(
        request,
        form,
        act,
        title=_("Which sheet?"),
        about=draft.measure.name,
        text=[_("The file has several sheets. The others are not saved.")],
        button=_("Go on"),
        back=at(request.agency, "measures:upload", pk=draft.measure_id),
        back_text=_("Back to the file"),
        cancel_text=_("Choose another file"),
    )


def columns(request: AgencyRequest, pk: int) -> HttpResponse:
    draft = draft_of(request, pk)
    enforce(rules.importing(draft, request.member))
    if not draft.head:
        return redirect(at(request.agency, "measures:sheets", pk=pk))
    found = draft.measure
    form = ColumnsForm.from_request(
        request,
        measure=found,
        head=draft.head,
        filters=filters(Sheet(draft.head, draft.rows)),
        initial=likely_columns(draft),
    )

    def act(form: ColumnsForm) -> str:
        actions.choose_columns(draft, columns=form.columns, by=request.member)
        return at(request.agency, "measures:import", pk=pk)

    return submit(request, form, act) or render(
        request,
        "measures/importing/columns.html",
        {
            "form": form,
            "measure": found,
            "draft": draft,
            "head": draft.head,
            "rows": [row for row in draft.rows if any(row)][:EXAMPLES],
        },
    )


def preview(request: AgencyRequest, pk: int) -> HttpResponse:
    """What an import would do; then do it, all at once."""
    draft = draft_of(request, pk)
    enforce(rules.importing(draft, request.member))
    if not draft.columns:
        return redirect(at(request.agency, "measures:columns", pk=pk))
    found = compare(draft, request.agency.today())
    form = ImportForm.from_request(request, found=found)

    def act(form: ImportForm) -> str | tuple[str, str]:
        if len(draft.rows) >= LARGE:
            actions.ask_for_import(draft, **form.answers, by=request.member)
            return at(request.agency, "measures:importing", pk=pk)
        done = actions.import_numbers(draft, **form.answers, by=request.member)
        if done.wrong:
            return at(request.agency, "measures:importing", pk=pk)
        return at(request.agency, "measures:measure", pk=draft.measure_id), _on_the_chart(
            done.written
        )

    return submit(request, form, act) or render(
        request,
        "measures/importing/import.html",
        {
            "form": form,
            "measure": draft.measure,
            "draft": draft,
            "page": import_page(draft, found),
        },
    )


def _on_the_chart(count: int) -> str:
    said = ngettext(
        "%(count)d number is on the chart.", "%(count)d numbers are on the chart.", count
    )
    return said % {"count": count}


@require_safe
def left_out_file(request: AgencyRequest, pk: int) -> HttpResponse:
    """The rows that can't be saved, with their numbers and errors, to fix them."""
    draft = draft_of(request, pk)
    enforce(rules.following(draft, request.member))
    rows = draft.left_out
    if draft.rows and draft.columns:
        found = compare(draft, request.agency.today())
        rows = left_out(draft, found, with_unlikely=False)
    head = [_("row"), _("what is wrong"), *draft.head]
    return csv_file(f"import-{keys.code_of(draft)}-left-out.csv", [head, *rows])


@require_safe
def importing(request: AgencyRequest, pk: int) -> HttpResponse:
    """The progress of a big file, polled by htmx until done, or opened by a link."""
    draft = draft_of(request, pk, with_rows=False)
    enforce(rules.following(draft, request.member))
    progress = ImportProgress.objects.within(request.agency).filter(draft=draft).first()
    percent = 100 * progress.done // progress.total if progress is not None else 0
    context = {
        "measure": draft.measure,
        "draft": draft,
        "under_way": draft.is_under_way,
        "done": draft.used_on is not None,
        "percent": percent,
        "result": draft.result,
        "may_go_on": rules.importing(draft, request.member) is None,
        "written": draft.result.get("new", 0) + draft.result.get("corrected", 0),
    }
    if not request.headers.get("HX-Request"):
        return render(request, "measures/importing/importing.html", context)
    answer = render(request, "measures/importing/importing.html#state", {**context, "polled": True})
    if not draft.is_under_way:
        answer.status_code = STOP_ASKING
    return answer
