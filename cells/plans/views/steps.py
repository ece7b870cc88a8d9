"""Action steps: added, changed, started, done, dropped."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from cells.cell.finding import people_of
from cells.plans import actions, rules
from cells.plans.finding import asked_idea, change_ideas, plan_of, step_of
from cells.plans.forms.plans import DropForm, StepEditForm, StepForm
from cells.plans.models.plans import STILL_OPEN, ActionStep
from cells.plans.presenting.steps import StepRights, step_page
from foundation.addresses import at
from foundation.asking import Back, ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce


def add_step(request: AgencyRequest, pk: int) -> HttpResponse:
    plan = plan_of(request, pk)
    enforce(rules.adding_steps(plan, request.member))
    ideas = change_ideas(request, plan)
    idea = asked_idea(request, ideas)
    others = ActionStep.objects.within(request.agency).filter(plan=plan).order_by("pk")
    form = StepForm.from_request(
        request,
        members=people_of(request, plan.opportunity.cell),
        steps=others.still_open(),
        change_ideas=ideas,
        initial={"what": idea.text, "change_idea": idea.pk} if idea else {},
    )

    def act(form: StepForm) -> tuple[str, str]:
        actions.add_step(plan, **form.answers, by=request.member)
        again = "another" in request.POST
        page = at(request.agency, "cells:add_step" if again else "cells:plan", pk=pk)
        return page, _("The step is on the plan.")

    return submit(request, form, act) or render(
        request,
        "cells/plans/add_step.html",
        {
            "form": form,
            "plan": plan,
            "opportunity": plan.opportunity,
            "steps": others,
        },
    )


def step(request: AgencyRequest, pk: int) -> HttpResponse:
    """The step, moved to its next state by one button: started, then done (POST)."""
    found = step_of(request, pk)
    needs = list(
        ActionStep.objects.within(request.agency).filter(needed_by__step=found).order_by("pk")
    )
    first = [need for need in needs if need.status in STILL_OPEN]
    doing = (rules.doing_step(found, request.member) or rules.waiting_for(found, first)) is None
    form = PortalForm.from_request(request) if doing else None

    def act(form: PortalForm) -> tuple[str, str]:
        if "start" in request.POST:
            actions.start_step(found, by=request.member)
            return at(request.agency, "cells:step", pk=pk), _("The step is started.")
        actions.finish_step(found, by=request.member)
        return at(request.agency, "cells:plan", pk=found.plan_id), _("The step is done. Well done!")

    if request.method == "POST":
        enforce(rules.doing_step(found, request.member))
        enforce(rules.waiting_for(found, first))
        if form is not None and (answer := submit(request, form, act)) is not None:
            return answer
    may = StepRights(
        doing=doing,
        change=rules.changing_step(found, request.member) is None,
        reopen=rules.reopening_step(found, request.member) is None,
    )
    return render(
        request,
        "cells/plans/step.html",
        {
            "step": found,
            "plan": found.plan,
            "form": form,
            "page": step_page(
                found, needs, rules.lacking_in_step(found), may, request.agency.today()
            ),
        },
    )


def change_step(request: AgencyRequest, pk: int) -> HttpResponse:
    found = step_of(request, pk)
    enforce(rules.changing_step(found, request.member))
    others = ActionStep.objects.within(request.agency).filter(plan=found.plan_id)
    form = StepEditForm.from_request(
        request,
        members=people_of(request, found.plan.opportunity.cell),
        steps=others.still_open().exclude(pk=pk).order_by("pk"),
        change_ideas=change_ideas(request, found.plan),
        initial={
            "version": found.version,
            "what": found.what,
            "owner": found.owner_id,
            "co_owner": found.co_owner_id,
            "needs": list(others.filter(needed_by__step=found).values_list("pk", flat=True)),
            "due": found.due,
            "change_idea": found.change_idea_id,
        },
    )

    def act(form: StepEditForm) -> str:
        version = form.cleaned_data["version"]
        actions.change_step(found, **form.answers, version=version, by=request.member)
        return at(request.agency, "cells:step", pk=pk)

    return ask(
        request,
        form,
        act,
        title=_("Change the action step"),
        button=_("Save"),
        **_back(request, found),
    )


def _back(request: AgencyRequest, step: ActionStep) -> Back:
    return {
        "back": at(request.agency, "cells:step", pk=step.pk),
        "back_text": _("Back to the step"),
    }


def reopen_step(request: AgencyRequest, pk: int) -> HttpResponse:
    found = step_of(request, pk)
    enforce(rules.reopening_step(found, request.member))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.reopen_step(found, by=request.member)
        return at(request.agency, "cells:step", pk=pk), _("The step is open again.")

    return ask(
        request,
        form,
        act,
        title=_("Open the action step again"),
        about=found.what,
        text=[_("The step is on the plan as before. The person who does it is told.")],
        button=_("Open it again"),
        **_back(request, found),
    )


def drop_step(request: AgencyRequest, pk: int) -> HttpResponse:
    found = step_of(request, pk)
    enforce(rules.changing_step(found, request.member))
    form = DropForm.from_request(request, initial={"version": found.version})

    def act(form: DropForm) -> str:
        version = form.cleaned_data["version"]
        actions.drop_step(found, **form.answers, version=version, by=request.member)
        return at(request.agency, "cells:plan", pk=found.plan_id)

    return ask(
        request,
        form,
        act,
        title=_("Drop the action step"),
        about=found.what,
        button=_("Drop it"),
        kind="warning",
        **_back(request, found),
    )
