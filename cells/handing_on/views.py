"""Handing on work when a cell closes or a person has left."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from accounts.models import Member
from cells.cell import rules as cell_rules
from cells.cell.finding import cell_of, cells_of, people_of
from cells.cell.models import Cell
from cells.handing_on import actions, duties, goes_on
from cells.handing_on.closing_form import ClosingForm
from cells.handing_on.forms import HandOverForm
from cells.ranking.models import PriorityRound
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
        cell_rules.closing_cell(
            found, request.member, undecided=undecided, under_way=votes.exists()
        )
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
        request, "cells/handing_on/close.html", {"form": form, "cell": found}
    )


def _people(found: Cell, request: AgencyRequest) -> QuerySet[Member]:
    """People who can continue monitoring: present members of this cell and of the other cells."""
    today = request.agency.today()
    seats = Seat.objects.within(request.agency).on(today)
    groups = cells_of(request).open(today).values("group")
    here = Member.objects.within(request.agency).on(today).not_paused(today)
    return here.filter(pk__in=seats.filter(group__in=groups).values("member")).order_by(
        "shown_name", "pk"
    )


def hand_over(request: AgencyRequest, pk: int) -> HttpResponse:
    """Reassign the duties of people who are gone."""
    found = cell_of(request, pk)
    today = request.agency.today()
    enforce(cell_rules.handing_over(found, request.member))
    people = people_of(request, found)
    if found.group.is_over(today):
        people = Member.objects.within(request.agency).on(today).order_by("shown_name", "pk")
    form = HandOverForm.from_request(request, left=duties.in_cell(found, today), members=people)

    def act(form: HandOverForm) -> tuple[str, str]:
        actions.hand_over(found, given=form.given, to=form.cleaned_data["to"], by=request.member)
        return at(request.agency, "cells:cell", pk=pk), _("It is handed over.")

    return submit(request, form, act) or render(
        request,
        "cells/handing_on/hand_over.html",
        {"form": form, "cell": found, "left": bool(form.kinds)},
    )
