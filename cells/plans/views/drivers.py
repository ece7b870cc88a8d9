"""The driver diagram of a plan: drawn, listed, and edited on simple pages."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cells.plans import actions, rules
from cells.plans.actions.drivers import below, tried_below
from cells.plans.diagram import pictures, tree
from cells.plans.finding import driver_of, plan_of
from cells.plans.forms.drivers import DriverEditForm, DriverForm
from cells.plans.models.drivers import Driver, DriverLevel
from cells.plans.models.plans import ActionPlan
from foundation import keys
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce


@require_safe
def drivers(request: AgencyRequest, pk: int) -> HttpResponse:
    """From the aim to change ideas: a drawing, and the same as a list."""
    plan = plan_of(request, pk)
    rows = Driver.objects.within(request.agency).filter(plan=plan)
    found = list(rows.prefetch_related("steps", "cycles"))
    branches = tree(found)
    return render(
        request,
        "cells/plans/drivers.html",
        {
            "plan": plan,
            "opportunity": plan.opportunity,
            "branches": branches,
            "pictures": pictures(plan.aim or plan.opportunity.title, branches) if found else (),
            "may_change": rules.charting_drivers(plan, request.member) is None,
        },
    )


def add_driver(request: AgencyRequest, pk: int) -> HttpResponse:
    """A primary driver; with ?below=, one below that driver."""
    plan = plan_of(request, pk)
    parent = _parent(request, plan)
    beside = Driver.objects.within(request.agency).filter(plan=plan, parent=parent)
    there = beside.count()
    enforce(rules.adding_below(plan, parent, request.member, there=there))
    form = DriverForm.from_request(request)

    def act(form: DriverForm) -> tuple[str, str]:
        actions.add_driver(plan, parent=parent, **form.answers, by=request.member)
        return at(request.agency, "cells:drivers", pk=pk), _("It is on the diagram.")

    level = DriverLevel.PRIMARY if parent is None else DriverLevel(parent.level).below
    title, hint = _asked(level)
    return ask(
        request,
        form,
        act,
        title=title,
        about=plan.aim if parent is None else _("Below: %(text)s") % {"text": parent.text},
        text=[hint],
        button=_("Save"),
        back=at(request.agency, "cells:drivers", pk=pk),
        back_text=_("Back to the diagram"),
    )


def _parent(request: AgencyRequest, plan: ActionPlan) -> Driver | None:
    below = request.GET.get("below", "")
    if not below:
        return None
    drivers = Driver.objects.within(request.agency).filter(plan=plan)
    return get_object_or_404(drivers, pk=keys.key("driver", below))


def _asked(level: DriverLevel | None) -> tuple[str, str]:
    """The title and question of a page about a driver of that level."""
    return {
        DriverLevel.PRIMARY: (
            _("Add a main driver"),
            _("What moves the aim most? For example: how people are welcomed."),
        ),
        DriverLevel.SECONDARY: (
            _("Add a part of a main driver"),
            _("What is that made of? For example: how long people wait at the desk."),
        ),
    }.get(
        level or DriverLevel.IDEA,
        (
            _("Add a change idea"),
            _("What could be tried? For example: a second desk in the morning."),
        ),
    )


def driver(request: AgencyRequest, pk: int) -> HttpResponse:
    """Rename it or reorder it; what can be done about a change idea."""
    found = driver_of(request, pk)
    enforce(rules.charting_drivers(found.plan, request.member))
    form = DriverEditForm.from_request(
        request, initial={"version": found.version, "text": found.text}
    )
    page = at(request.agency, "cells:drivers", pk=found.plan_id)

    def act(form: DriverEditForm) -> tuple[str, str]:
        version = form.cleaned_data["version"]
        actions.rename_driver(found, **form.answers, version=version, by=request.member)
        return page, _("It is saved.")

    return submit(request, form, act) or render(
        request,
        "cells/plans/driver.html",
        {
            "form": form,
            "driver": found,
            "plan": found.plan,
            "idea": found.level == DriverLevel.IDEA,
        },
    )


def move_driver(request: AgencyRequest, pk: int) -> HttpResponse:
    """Move one place up or down (POST); the page asks which way."""
    found = driver_of(request, pk)
    enforce(rules.charting_drivers(found.plan, request.member))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        moved = actions.move_driver(found, up="down" not in request.POST, by=request.member)
        words = _("It is moved.") if moved else _("It is at the end of the row already.")
        return at(request.agency, "cells:drivers", pk=found.plan_id), words

    return ask(
        request,
        form,
        act,
        title=_("Move it up or down"),
        about=found.text,
        button=_("Move it up"),
        secondary=_("Move it down"),
        secondary_name="down",
        keep=False,
        back=at(request.agency, "cells:drivers", pk=found.plan_id),
        back_text=_("Back to the diagram"),
    )


def take_off(request: AgencyRequest, pk: int) -> HttpResponse:
    """Ask first, since everything below it is removed, too."""
    found = driver_of(request, pk)
    enforce(rules.taking_off(found, request.member, tried=tried_below(found)))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.take_off_driver(found, by=request.member)
        return at(request.agency, "cells:drivers", pk=found.plan_id), _("It is taken off.")

    rows = Driver.objects.within(request.agency).filter(below(found))
    parts = list(rows.exclude(pk=found.pk))
    return submit(request, form, act) or render(
        request,
        "cells/plans/take_off.html",
        {"form": form, "driver": found, "plan": found.plan, "parts": parts},
    )
