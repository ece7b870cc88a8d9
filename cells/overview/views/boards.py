"""All cells side by side, how one cell works together, and the packet for its meeting."""

import csv
from datetime import date

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cells.cell import rules as cell_rules
from cells.cell.finding import cells_of
from cells.cell.models import Cell
from cells.overview.board import BoardLine, board
from cells.overview.finding import cell_facts, open_cells
from cells.overview.packet.contents import packet_of
from cells.overview.packet.layout import as_pdf
from cells.overview.partnership_signals import signs_of
from foundation import keys, redisclosure
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import page_of
from foundation.refusals import enforce
from foundation.spreadsheets import safe
from groups.composition import ConsumerShare

# The file has the whole board.
A_PAGE = 12


@require_safe
def board_page(request: AgencyRequest) -> HttpResponse:
    enforce(cell_rules.seeing_board(request.member))
    page = page_of(request, open_cells(request), A_PAGE)
    lines = board([*page], request.member)
    rows = [{"line": line, "share": said_share(line.share)} for line in lines]
    context = {"rows": rows, "page": page, "on": request.agency.today()}
    return render(request, "cells/overview/board.html", context)


def said_share(share: ConsumerShare | None) -> str:
    """The consumers' share, in words as far as it may be told."""
    if share is None:
        return _("No voting members yet")
    if not share.told:
        return _("Too few people to say")
    if share.met:
        return _("Enough consumers")
    return _("%(missing)d more seats for consumers needed") % {"missing": share.missing}


@require_safe
def board_file(request: AgencyRequest) -> HttpResponse:
    """The same as CSV."""
    enforce(cell_rules.seeing_board(request.member))
    today: date = request.agency.today()
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="cells-{today.isoformat()}.csv"'
    sheet = csv.writer(answer)
    heads = ["cell", "stage", "next", "late", "consumers", "measure"]
    heads += ["verdict", "chart says", "signals"]
    sheet.writerow([*heads, redisclosure.notice(request.agency)])
    for line in board(open_cells(request), request.member):
        sheet.writerow([safe(each) for each in _columns(line)])
    return answer


def _columns(line: BoardLine) -> list[str]:
    return [
        line.cell.group.name,
        str(line.stage.words),
        line.next,
        " ".join(line.late.words),
        said_share(line.share),
        line.judged.measure.name if line.judged else "",
        line.judged.verdict.words if line.judged and line.judged.verdict else "",
        line.judged.said if line.judged else "",
        " ".join(f"{sign.title}: {sign.words}" for sign in line.signs),
    ]


@require_safe
def together(request: AgencyRequest, pk: int) -> HttpResponse:
    """How a cell works together: its signals, each with what to do next."""
    found = cell_facts(request, pk)
    enforce(cell_rules.seeing_signs(found.cell, request.member))
    told = signs_of([found], request.member, request.agency.today())[pk]
    return render(
        request,
        "cells/overview/together.html",
        {
            "cell": found.cell,
            "alerts": [sign for sign in told if sign.alert],
            "fine": [sign for sign in told if not sign.alert],
        },
    )


@require_safe
def packet(request: AgencyRequest, pk: int) -> HttpResponse:
    """The packet for the next meeting as a PDF, for those who may know of the cell."""
    try:
        found = packet_of(cells_of(request), pk, request.member)
    except Cell.DoesNotExist as error:
        raise Http404 from error
    answer = HttpResponse(as_pdf(found), content_type="application/pdf")
    name = f"packet-{keys.code_of(found.cell)}-{found.on.isoformat()}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
