"""Asking the cell whether it worked."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from cells.ideas.finding import opportunity_of
from cells.plans import actions, rules
from cells.plans.evaluation import judged, plan_for
from cells.plans.forms.drivers import FinishForm
from cells.plans.models.cycles import PDSACycle
from cells.plans.models.plans import ActionStep
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce


def finish(request: AgencyRequest, pk: int) -> HttpResponse:
    found = opportunity_of(request, pk)
    plan = plan_for(found)
    enforce(rules.asking(found, plan, request.member))
    assert plan is not None
    plan.agency = request.agency
    steps = ActionStep.objects.within(request.agency).filter(plan=plan).still_open()
    cycles = PDSACycle.objects.within(request.agency).filter(plan=plan).unfinished()
    tests = list(cycles.order_by("pk"))
    running = [test for test in tests if test.started_on is not None]
    form = FinishForm.from_request(
        request, running=bool(running), initial={"version": found.version}
    )

    def act(form: FinishForm) -> tuple[str, str]:
        version = form.cleaned_data["version"]
        actions.finish(found, **form.answers, version=version, by=request.member)
        message = _("Now the cell says if it worked. Everyone who can decide sees it.")
        return at(request.agency, "cells:opportunity", pk=pk), message

    return submit(request, form, act) or render(
        request,
        "cells/plans/finish.html",
        {
            "form": form,
            "opportunity": found,
            "plan": plan,
            "judged": judged(plan),
            "open_steps": list(steps.order_by("due", "pk")),
            "running": running,
            "not_begun": [test for test in tests if test.started_on is None],
        },
    )
