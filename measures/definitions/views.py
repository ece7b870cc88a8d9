"""Defining, changing and retiring measures."""

from decimal import Decimal

from django.http import HttpResponse
from django.utils.translation import gettext as _

from foundation import keys
from foundation.addresses import at
from foundation.asking import Back, Quote, ask, show
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.refusals import enforce
from groups.models import Group
from measures.definitions import actions, judges, rules
from measures.definitions.asking import asked_by
from measures.definitions.finding import measure_of, owner_of, page_of, people_of, takers_of
from measures.definitions.forms import KindForm, MeasureEditForm, MeasureForm, NewOwnerForm


def define(request: AgencyRequest, pk: int) -> HttpResponse:
    """First the kind (GET), then the definition that fits it."""
    owner = owner_of(request, pk)
    enforce(rules.defining(owner, request.member))
    asked = KindForm(request.GET if "kind" in request.GET else None, initial=request.GET.dict())
    if not asked.is_valid():
        return show(
            request,
            asked,
            title=_("Add a measure"),
            button=_("Go on"),
            method="get",
            **_back_to(owner),
        )
    kind = asked.cleaned_data["kind"]
    form = MeasureForm.from_request(
        request,
        kind=kind,
        members=people_of(request, owner),
        initial={"collected_by": request.member.pk},
    )

    def act(form: MeasureForm) -> tuple[str, str]:
        made = actions.define(owner, **form.answers, kind=kind, by=request.member)
        if page := asked_by(request, owner):
            back = f"{page}?measure={keys.code_of(made)}"
            return back, _("The measure is defined. Go on with the plan.")
        return at(request.agency, "measures:measure", pk=made.pk), _("The measure is defined.")

    return ask(
        request,
        form,
        act,
        title=_("Say what exactly is counted"),
        text=[_("Write it so that two people who count get the same number.")],
        button=_("Save the measure"),
        **_back_to(owner),
    )


def _back_to(group: Group) -> Back:
    return {"back": page_of(group), "back_text": _("Back to %(name)s") % {"name": group.name}}


def change_measure(request: AgencyRequest, pk: int) -> HttpResponse:
    found = measure_of(request, pk)
    enforce(rules.redefining(found, request.member))
    fields = actions.DEFINITION
    form = MeasureEditForm.from_request(
        request,
        kind=found.kind,
        members=people_of(request, found.owner),
        initial={"version": found.version}
        | {name: getattr(found, name) for name in fields if name != "collected_by"}
        | {"collected_by": found.collected_by_id}
        | {name: _plain(getattr(found, name)) for name in ("lowest", "highest")},
    )

    locked = judges.locking(found)
    for name in actions.LOCKED if locked else ():
        if name in form.fields:
            form.fields[name].disabled = True

    def act(form: MeasureEditForm) -> str:
        version = form.cleaned_data["version"]
        actions.redefine(found, **form.answers, version=version, by=request.member)
        return at(request.agency, "measures:measure", pk=pk)

    return ask(
        request,
        form,
        act,
        title=_("Change the measure"),
        quotes=[Quote(f"{locked.reason} {locked.instead}")] if locked else [],
        button=_("Save"),
        back=at(request.agency, "measures:measure", pk=pk),
        back_text=_("Back to the measure"),
    )


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def retire(request: AgencyRequest, pk: int) -> HttpResponse:
    found = measure_of(request, pk)
    enforce(rules.retiring(found, request.member))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> str:
        actions.retire(found, by=request.member)
        return at(request.agency, "measures:measure", pk=pk)

    return ask(
        request,
        form,
        act,
        title=_("Stop using this measure"),
        about=found.name,
        text=[_("No new numbers are asked for. The numbers that are there stay.")],
        button=_("Stop using it"),
        kind="warning",
        back=at(request.agency, "measures:measure", pk=pk),
        back_text=_("Back to the measure"),
    )


def new_owner(request: AgencyRequest, pk: int) -> HttpResponse:
    """Hand the measure to another group."""
    found = measure_of(request, pk)
    enforce(rules.handing_over(found, request.member))
    form = NewOwnerForm.from_request(
        request,
        seats=takers_of(request, found),
        initial={"on": request.agency.today(), "version": found.version},
    )

    def act(form: NewOwnerForm) -> tuple[str, str]:
        seat, on = form.cleaned_data["to"], form.cleaned_data["on"]
        actions.hand_over(
            found,
            to=seat.group,
            collected_by=seat.member,
            on=on,
            by=request.member,
            version=form.cleaned_data["version"],
        )
        said = _("The measure belongs to %(group)s now.") % {"group": seat.group.name}
        return at(request.agency, "measures:measure", pk=pk), said

    if not form.is_possible:
        return render(request, "measures/definitions/no_new_owner.html", {"measure": found})
    return ask(
        request,
        form,
        act,
        title=_("Hand this measure over"),
        about=found.name,
        text=[
            _(
                "Its numbers and its chart stay as they are. From that day on the other group adds "
                "to them and decides what is counted."
            )
        ],
        button=_("Hand it over"),
        back=at(request.agency, "measures:measure", pk=pk),
        back_text=_("Back to the measure"),
    )
