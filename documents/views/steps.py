"""The steps of a draft: each is added, changed, moved and taken away on a page of its own."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from documents import actions, rules
from documents.finding import version_of
from documents.forms import ProcessStepEditForm, ProcessStepForm
from documents.models import ProcessStep, Version
from foundation.addresses import at
from foundation.asking import Back, ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.refusals import enforce


def step_of(request: AgencyRequest, pk: int) -> ProcessStep:
    """The step, with its version and document; 404 unless the member may see the version."""
    rows = ProcessStep.objects.within(request.agency).select_related("process__document")
    step = get_object_or_404(rows, pk=pk)
    if not rules.seeing(step.process, request.member):
        raise Http404
    return step


def _page(request: AgencyRequest, version: Version) -> str:
    return at(request.agency, "documents:version", pk=version.pk)


def _back(request: AgencyRequest, version: Version) -> Back:
    return {"back": _page(request, version), "back_text": _("Back to this version")}


def add_step(request: AgencyRequest, pk: int) -> HttpResponse:
    version = version_of(request, pk)
    there = len(version.ordered_steps)
    enforce(rules.adding_step(version, request.member, there=there))
    form = ProcessStepForm.from_request(request)

    def act(form: ProcessStepForm) -> tuple[str, str]:
        actions.add_step(version, **form.answers, by=request.member)
        return _page(request, version), _("The step is added.")

    return ask(
        request,
        form,
        act,
        title=_("Step %(number)d") % {"number": there + 1},
        button=_("Save the step"),
        **_back(request, version),
    )


def change_step(request: AgencyRequest, pk: int) -> HttpResponse:
    step = step_of(request, pk)
    enforce(rules.editing(step.process, request.member))
    words = {name: getattr(step, name) for name in actions.STEP_FIELDS}
    form = ProcessStepEditForm.from_request(request, initial={"version": step.version, **words})

    def act(form: ProcessStepEditForm) -> tuple[str, str]:
        seen = form.cleaned_data["version"]
        actions.change_step(step, **form.answers, version=seen, by=request.member)
        return _page(request, step.process), _("The step is saved.")

    return ask(
        request,
        form,
        act,
        title=_("Change the step"),
        about=step.name,
        button=_("Save the step"),
        **_back(request, step.process),
    )


def move_step(request: AgencyRequest, pk: int) -> HttpResponse:
    """Move one place up or down (POST); the page asks which way."""
    step = step_of(request, pk)
    enforce(rules.editing(step.process, request.member))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        moved = actions.move_step(step, up="down" not in request.POST, by=request.member)
        words = _("The step is moved.") if moved else _("It is at the end of the row already.")
        return _page(request, step.process), words

    return ask(
        request,
        form,
        act,
        title=_("Move the step up or down"),
        about=step.name,
        button=_("Move it up"),
        secondary=_("Move it down"),
        secondary_name="down",
        keep=False,
        **_back(request, step.process),
    )


def take_away_step(request: AgencyRequest, pk: int) -> HttpResponse:
    step = step_of(request, pk)
    enforce(rules.editing(step.process, request.member))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.take_away_step(step, by=request.member)
        return _page(request, step.process), _("The step is taken away.")

    return ask(
        request,
        form,
        act,
        title=_("Take the step away"),
        about=step.name,
        warning=_("Its words are deleted from the draft."),
        button=_("Take it away"),
        keep=False,
        **_back(request, step.process),
    )
