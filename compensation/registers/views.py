"""Registers of what was paid: on a page, and line by line as files."""

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import access
from accounts.models import Member
from compensation.employment.models import EmploymentDecision, EmploymentKind
from compensation.ledger import rules as ledger_rules
from compensation.payments.models import Payment
from compensation.registers import reading
from compensation.registers.forms import RegisterForm
from compensation.registers.presenting import (
    HEAD,
    LAYOUT,
    YEAR_END_HEAD,
    YEAR_END_LAYOUT,
    file_rows,
    quick_spans,
    rows_shown,
    total_shown,
    year_end_rows,
    year_end_shown,
)
from compensation.registers.reading import PaidDays, Place, RegisterGrouping
from foundation import redisclosure
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.models import Agency
from foundation.pages import render
from foundation.paging import page_of
from foundation.presenting import PageLink, written
from foundation.refusals import enforce
from foundation.spreadsheets import CsvRow, csv_file, streamed_csv
from foundation.workbooks import workbook

PER_PAGE = 50


@require_safe
def register(request: AgencyRequest) -> HttpResponse:
    """What was paid in some days, in sums by person, group, kind or month."""
    enforce(ledger_rules.working_with_payments(request.member))
    agency, today = request.agency, request.agency.today()
    form = RegisterForm(request.GET or None)
    span, by = form.chosen(today)
    if not form.is_bound:
        form.initial = {"since": span.first, "until": span.last, "by": by}
    found = reading.register(agency, span, by)
    page = page_of(request, found.rows, PER_PAGE)
    if by == RegisterGrouping.PERSON:
        people = Member.objects.within(agency).filter(pk__in=[row.key for row in page])
        access.log_all(by=request.member, about=people, what="payments")
    query = _query(span, by)
    quick = [PageLink(each.words, f"?{_query(each.span, by)}") for each in quick_spans(today)]
    return render(
        request,
        "compensation/registers/register.html",
        {
            "form": form,
            "quick": quick,
            "page": page,
            "caption": _days(span),
            "head": [RegisterGrouping(by).label, *HEAD],
            "rows": [*rows_shown(page, by), total_shown(found)] if page else [],
            "files": [
                PageLink(words, f"{at(agency, name)}?{query}", download=True)
                for words, name in (
                    (_("Every line, as an Excel file"), "compensation:register_xlsx"),
                    (_("Every line, as a CSV file"), "compensation:register_csv"),
                )
            ],
            "layout": LAYOUT,
        },
    )


def _query(span: PaidDays, by: RegisterGrouping) -> str:
    return urlencode({"since": span.first.isoformat(), "until": span.last.isoformat(), "by": by})


def _days(span: PaidDays) -> str:
    said = _("Paid from %(first)s to %(last)s")
    return said % {"first": written(span.first), "last": written(span.last)}


@require_safe
def register_csv(request: AgencyRequest) -> StreamingHttpResponse:
    """Every line of the payments of these days."""
    agency, span = request.agency, _file_span(request)

    def rows_after(place: Place | None) -> tuple[list[CsvRow], Place | None]:
        lines, end = reading.lines_after(agency, span, place)
        return [[_text(cell) for cell in row] for row in file_rows(lines)], end

    head = [*(name for name, _words in LAYOUT), redisclosure.notice(agency)]
    return streamed_csv(f"{_file_name(span)}.csv", agency, head, rows_after)


@require_safe
def register_xlsx(request: AgencyRequest) -> FileResponse:
    """The same, with a second sheet that says what the columns mean."""
    agency, span = request.agency, _file_span(request)
    sheets = {_("Lines"): _lines(agency, span), _("Columns"): _columns(agency, LAYOUT)}
    return workbook(f"{_file_name(span)}.xlsx", sheets)


def _columns(agency: Agency, layout: Sequence[tuple[str, object]]) -> list[CsvRow]:
    meanings = [(name, str(words)) for name, words in layout]
    return [(_("Column"), _("Meaning")), *meanings, (redisclosure.notice(agency), "")]


def _lines(agency: Agency, span: PaidDays) -> Iterator[CsvRow]:
    yield [name for name, _words in LAYOUT]
    place: Place | None = None
    while True:
        lines, place = reading.lines_after(agency, span, place)
        yield from file_rows(lines)
        if place is None:
            return


def _file_span(request: AgencyRequest) -> PaidDays:
    """The span that was asked for; whose payments are in it is logged."""
    enforce(ledger_rules.working_with_payments(request.member))
    span, _by = RegisterForm(request.GET or None).chosen(request.agency.today())
    made = Payment.objects.within(request.agency).filter(paid_on__range=(span.first, span.last))
    about = Member.objects.within(request.agency).filter(pk__in=made.order_by().values("member"))
    access.log_all(by=request.member, about=set(about), what="payments file")
    return span


def _file_name(span: PaidDays) -> str:
    return f"register-{span.first.isoformat()}-{span.last.isoformat()}"


def _text(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, date) else cell


@require_safe
def year_end(request: AgencyRequest) -> HttpResponse:
    """Who was paid enough in a year for tax forms, and who gave theirs."""
    enforce(ledger_rules.working_with_payments(request.member))
    agency = request.agency
    years = reading.years_paid(agency)
    found = reading.year_end(agency, _year(request, years))
    page = page_of(request, year_end_shown(found, request.member), PER_PAGE)
    _log_all(request, found, "payments")
    payroll = EmploymentDecision.objects.within(agency).on(date(found.year, 12, 31))
    return render(
        request,
        "compensation/registers/year_end.html",
        {
            "found": found,
            "years": years if len(years) > 1 else [],
            "page": page,
            "payroll": payroll.filter(kind=EmploymentKind.EMPLOYEE).exists(),
            "caption": _("Paid for their time in %(year)d") % {"year": found.year},
            "head": YEAR_END_HEAD,
            "rows": [*page],
            "files": [
                PageLink(words, f"{at(agency, name)}?year={found.year}", download=True)
                for words, name in (
                    (_("Everybody who was paid, as an Excel file"), "compensation:year_end_xlsx"),
                    (_("Everybody who was paid, as a CSV file"), "compensation:year_end_csv"),
                )
            ],
            "layout": YEAR_END_LAYOUT,
        },
    )


def _year(request: AgencyRequest, years: list[int]) -> int:
    """The year that was asked for; otherwise the one whose forms are due or come next."""
    asked = request.GET.get("year", "")
    return next((each for each in years if str(each) == asked), years[0])


def _log_all(request: AgencyRequest, found: reading.YearEnd, what: str) -> None:
    about = Member.objects.within(request.agency).filter(
        pk__in=[line.member for line in found.lines]
    )
    access.log_all(by=request.member, about=set(about), what=what)


def _year_end_file(request: AgencyRequest) -> reading.YearEnd:
    enforce(ledger_rules.working_with_payments(request.member))
    agency = request.agency
    found = reading.year_end(agency, _year(request, reading.years_paid(agency)))
    _log_all(request, found, "payments file")
    return found


@require_safe
def year_end_csv(request: AgencyRequest) -> HttpResponse:
    found = _year_end_file(request)
    head = [*(name for name, _words in YEAR_END_LAYOUT), redisclosure.notice(request.agency)]
    rows = ([_text(cell) for cell in row] for row in year_end_rows(found))
    return csv_file(f"year-end-{found.year}.csv", [head, *rows])


@require_safe
def year_end_xlsx(request: AgencyRequest) -> FileResponse:
    found = _year_end_file(request)
    head = [name for name, _words in YEAR_END_LAYOUT]
    sheets = {
        str(found.year): [head, *year_end_rows(found)],
        _("Columns"): _columns(request.agency, YEAR_END_LAYOUT),
    }
    return workbook(f"year-end-{found.year}.xlsx", sheets)
