"""The packet for surveyors, and the dashboard as a PDF."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.refusals import enforce
from foundation.spreadsheets import csv_file
from foundation.workbooks import short_workbook
from surveyors import dashboard, packing, rules
from surveyors.contents import PARTS
from surveyors.crosswalk import EDITIONS


@require_safe
def packet(request: AgencyRequest) -> HttpResponse:
    """What is in it, and the way to take it."""
    enforce(rules.taking(request.member))
    context = {
        "parts": [part.title for part in PARTS],
        "editions": [edition.title for edition in EDITIONS],
    }
    return render(request, "surveyors/packet.html", context)


@require_safe
def as_zip(request: AgencyRequest) -> HttpResponse:
    enforce(rules.taking(request.member))
    agency = request.agency
    name = f"packet-{agency.slug}-{agency.today().isoformat()}.zip"
    return _file(name, "application/zip", packing.as_zip(agency))


@require_safe
def dashboard_pdf(request: AgencyRequest) -> HttpResponse:
    """The dashboard to hand out, whoever takes it: as anybody in the program may see it."""
    name = f"dashboard-{request.agency.today().isoformat()}.pdf"
    return _file(name, "application/pdf", dashboard.as_pdf(dashboard.anybody(request.agency)))


@require_safe
def dashboard_csv(request: AgencyRequest) -> HttpResponse:
    """The criteria of the dashboard as a table, as anybody in the program may see them."""
    reader = dashboard.anybody(request.agency)
    found, own = dashboard.sheets(reader), dashboard.own_sheets(reader)
    name = f"dashboard-{request.agency.today().isoformat()}.csv"
    return csv_file(name, dashboard.criteria_rows(found, own))


@require_safe
def dashboard_xlsx(request: AgencyRequest) -> HttpResponse:
    """The same with the months, as a workbook."""
    reader = dashboard.anybody(request.agency)
    found, own = dashboard.sheets(reader), dashboard.own_sheets(reader)
    tables = {
        _("Criteria"): dashboard.criteria_rows(found, own),
        _("Months"): dashboard.months_rows(found),
    }
    return short_workbook(f"dashboard-{request.agency.today().isoformat()}.xlsx", tables)


def _file(name: str, kind: str, content: bytes) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
