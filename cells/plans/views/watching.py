"""A plan's further measures, and a baseline that changed."""

from decimal import Decimal

from django.http import HttpResponse
from django.utils.translation import gettext as _

from cells.plans import actions, rules
from cells.plans import baseline as baselines
from cells.plans.evaluation import begun_by
from cells.plans.finding import plan_of, standard_of
from cells.plans.forms.plans import BaselineForm, WatchForm
from cells.plans.models.plans import ActionPlan
from foundation import keys
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce
from measures.definitions import wording
from measures.definitions.models import Measure


def watch(request: AgencyRequest, pk: int) -> HttpResponse:
    """A further measure: of the process, or of side effects."""
    found = plan_of(request, pk)
    enforce(rules.changing_plan(found, request.member))
    cell = found.opportunity.cell
    measures = Measure.objects.within(request.agency).in_use().filter(owner=cell.group_id)
    free = measures.exclude(pk__in=found.standards.values("measure")).order_by("name", "pk")
    initial = {"version": found.version, "measure": request.GET.get("measure")}
    form = WatchForm.from_request(request, measures=free, initial=initial)

    def act(form: WatchForm) -> str:
        actions.set_standard(
            found,
            **form.answers,
            baseline=None,
            target=None,
            target_on=None,
            version=form.cleaned_data["version"],
            by=request.member,
        )
        return at(request.agency, "cells:plan", pk=pk)

    return submit(request, form, act) or _page(
        request, found, "cells/plans/watch.html", form=form, none=not free.exists()
    )


def drop_standard(request: AgencyRequest, pk: int) -> HttpResponse:
    found = standard_of(request, pk)
    enforce(rules.dropping_standard(found, found.plan, request.member))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> str:
        actions.drop_standard(found, by=request.member)
        return at(request.agency, "cells:plan", pk=found.plan_id)

    return ask(
        request,
        form,
        act,
        title=_("Do not watch this number"),
        about=found.plan.opportunity.title,
        text=[found.measure.name],
        button=_("Leave it out of the plan"),
        kind="secondary",
        back=at(request.agency, "cells:plan", pk=found.plan_id),
        back_text=_("Back to the plan"),
    )


def baseline(request: AgencyRequest, pk: int) -> HttpResponse:
    """Confirm a changed baseline and the goal."""
    found = standard_of(request, pk)
    plan = found.plan
    changes = baselines.told(request.agency, [(found, found.measure)]).get(found.pk, [])
    is_open = any(each.row.confirmed_on is None for each in changes)
    enforce(rules.confirming_baseline(plan, request.member, is_open=is_open))
    row = begun_by(request.agency, [pk])[pk]
    now = row.start
    form = BaselineForm.from_request(
        request,
        initial={
            "version": plan.version,
            "baseline": None if now is None else round(Decimal(str(now)), 1).normalize(),
            "target": None if found.target is None else found.target.normalize(),
            "target_on": found.target_on,
        },
    )

    def act(form: BaselineForm) -> tuple[str, str]:
        version = form.cleaned_data["version"]
        actions.confirm_baseline(found, **form.answers, version=version, by=request.member)
        return at(request.agency, "cells:plan", pk=plan.pk), _("Baseline and goal are confirmed.")

    return submit(request, form, act) or _page(
        request,
        plan,
        "cells/plans/baseline.html",
        form=form,
        measure=found.measure,
        changes=changes,
        was=next(each.before for each in reversed(changes) if each.row.confirmed_on is None),
        now=wording.amount(found.measure, now),
    )


def _page(
    request: AgencyRequest, found: ActionPlan, template: str, **context: object
) -> HttpResponse:
    context |= {
        "asked_by": keys.code_of(found),
        "plan": found,
        "opportunity": found.opportunity,
        "cell": found.opportunity.cell,
    }
    return render(request, template, context)
