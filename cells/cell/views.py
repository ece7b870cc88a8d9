"""Opening and editing a cell."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from cells.cell import actions, rules
from cells.cell.finding import cell_of
from cells.cell.forms import CellEditForm, CellForm
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.refusals import enforce


def open_cell(request: AgencyRequest) -> HttpResponse:
    enforce(rules.opening(request.member))
    form = CellForm.from_request(request)

    def act(form: CellForm) -> tuple[str, str]:
        cell = actions.open_cell(**form.answers, by=request.member, on=request.agency.today())
        message = _("The cell is open. Now give people a seat in it.")
        return at(request.agency, "groups:people", pk=cell.group_id), message

    return ask(
        request,
        form,
        act,
        title=_("Open a cell"),
        text=[
            _("Next you give people a seat in it: people who use services and front-line staff.")
        ],
        button=_("Open the cell"),
        back=at(request.agency, "cells:cells"),
        back_text=_("Back to the cells"),
    )


def change_cell(request: AgencyRequest, pk: int) -> HttpResponse:
    cell = cell_of(request, pk)
    enforce(rules.running(cell, request.member))
    form = CellEditForm.from_request(
        request,
        initial={
            "version": cell.version,
            "name": cell.group.name,
            "focus": cell.focus,
            "mission": cell.mission,
            "hidden": cell.group.hidden,
        },
    )

    def act(form: CellEditForm) -> str:
        version = form.cleaned_data["version"]
        actions.change_cell(cell, **form.answers, version=version, by=request.member)
        return at(request.agency, "cells:cell", pk=pk)

    return ask(
        request,
        form,
        act,
        title=_("Change the cell"),
        button=_("Save"),
        back=at(request.agency, "cells:cell", pk=pk),
        back_text=_("Back to %(name)s") % {"name": cell.group.name},
    )
