"""Closing a cell: what becomes of each thing that goes on in it."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from accounts.models import Member
from cells import actions, goes_on, rules
from cells.forms import ClosingForm
from cells.models import Cell, PriorityRound
from cells.views.finding import cell_of, cells_of
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce
from groups.models import DecisionStatus, Seat


def close_cell(request: AgencyRequest, pk: int) -> HttpResponse:
    found = cell_of(request, pk)
    today = request.agency.today()
    votes = PriorityRound.objects.within(request.agency).started().filter(cell=found)
    undecided = found.group.decisions.filter(status=DecisionStatus.OPEN).exists()
    enforce(
        rules.closing_cell(found, request.member, undecided=undecided, under_way=votes.exists())
    )
    others = {
        cell.group_id: cell
        for cell in cells_of(request).open(today).exclude(pk=pk).select_related("group")
    }
    form = ClosingForm.from_request(
        request,
        children=goes_on.children(found),
        receivers=goes_on.receivers(found, today).filter(group__in=others),
        people=_people(found, request),
        cells=others,
        initial={"on": today},
    )

    def act(form: ClosingForm) -> tuple[str, str]:
        answers = {name: form.cleaned_data[name] for name in ("why", "on", "late_reason")}
        actions.close_cell(found, choices=form.choices, by=request.member, **answers)
        return at(request.agency, "cells:cell", pk=pk), _("The cell is closed.")

    return submit(request, form, act) or render(
        request, "cells/close.html", {"form": form, "cell": found}
    )


def _people(found: Cell, request: AgencyRequest) -> QuerySet[Member]:
    """Who can go on checking: people of the cell, and of the other cells, who are there."""
    today = request.agency.today()
    seats = Seat.objects.within(request.agency).on(today)
    groups = cells_of(request).open(today).values("group")
    here = Member.objects.within(request.agency).on(today).not_paused(today)
    return here.filter(pk__in=seats.filter(group__in=groups).values("member")).order_by(
        "shown_name", "pk"
    )
