"""Whether a finished plan's gain lasts: who checks, and what they see."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from cells.cell.finding import people_of
from cells.plans import rules
from cells.plans.evaluation import judged
from cells.plans.finding import meetings_of, plan_of
from cells.plans.models.plans import ActionPlan, SustainPlan
from cells.sustaining import actions
from cells.sustaining.forms import FinishedReviewForm, SustainForm
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce


def sustain(request: AgencyRequest, pk: int) -> HttpResponse:
    """Who keeps checking the finished plan, how often, and what would reopen it."""
    found = plan_of(request, pk)
    enforce(rules.sustaining(found, request.member))
    held = sustain_of(found)
    form = SustainForm.from_request(
        request,
        members=people_of(request, found.opportunity.cell),
        initial={
            "version": held.version if held else 1,
            "looked_at_by": held.looked_at_by_id if held else found.looked_at_by_id,
            "cadence": held.cadence if held else "quarter",
            "reopen_if": held.reopen_if if held else "",
        },
    )

    def act(form: SustainForm) -> tuple[str, str]:
        version = form.cleaned_data["version"] if held else None
        actions.sustain(found, **form.answers, version=version, by=request.member)
        return at(request.agency, "cells:plan", pk=pk), _("Thank you. It is written down.")

    return ask(
        request,
        form,
        act,
        title=_("How do you see that it lasts?"),
        about=found.opportunity.title,
        text=[
            _(
                "What got better often slips when nobody looks. This person is reminded when it is "
                "time."
            )
        ],
        button=_("Save"),
        back=at(request.agency, "cells:plan", pk=pk),
        back_text=_("Back to the plan"),
    )


def look_on(request: AgencyRequest, pk: int) -> HttpResponse:
    """Check whether the gain lasts."""
    found = plan_of(request, pk)
    held = sustain_of(found)
    enforce(rules.looking_on(found, held, request.member))
    form = FinishedReviewForm.from_request(
        request,
        meetings=meetings_of(request, found),
        answers=actions.answers(found, held),
        initial={"version": (held or found).version},
    )

    def act(form: FinishedReviewForm) -> tuple[str, str]:
        version = form.cleaned_data["version"]
        actions.look_on(found, **form.answers, version=version, by=request.member)
        return at(request.agency, "cells:plan", pk=pk), _("Thank you. It is written down.")

    return submit(request, form, act) or render(
        request,
        "cells/plans/review.html",
        {
            "form": form,
            "plan": found,
            "opportunity": found.opportunity,
            "cell": found.opportunity.cell,
            "judged": judged(found),
            "said_before": held.reopen_if if held else "",
            "lasting": True,
            "has_slipped": found.asks,
        },
    )


def sustain_of(found: ActionPlan) -> SustainPlan | None:
    """The plan's sustain plan, without a query if it is loaded."""
    return getattr(found, "sustain", None)
