"""Contractors or employees: what was decided, and earlier decisions."""

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compensation.employment import actions, rules
from compensation.employment.forms import EmploymentForm
from compensation.employment.models import EmploymentDecision
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import page_of
from foundation.refusals import enforce


@require_safe
def employment(request: AgencyRequest) -> HttpResponse:
    """The decisions, the last one first."""
    enforce(rules.deciding(request.member))
    rows = EmploymentDecision.objects.within(request.agency).select_related("recorded_by")
    page = page_of(request, rows.order_by("-decided_on", "-pk"))
    return render(
        request,
        "compensation/employment/employment.html",
        {
            "page": page,
            "head": [_("Decided on"), _("How"), _("By whom"), _("On whose advice"), _("Recorded")],
            "rows": [_row(each) for each in page],
        },
    )


def _row(found: EmploymentDecision) -> list[str | dict[str, object]]:
    recorded = _("by %(name)s on %(day)s") % {
        "name": found.recorded_by,
        "day": date_format(found.agency.date_of(found.at), "F j, Y"),
    }
    decided_on = date_format(found.decided_on, "F j, Y")
    how: dict[str, object] = {
        "text": found.words or str(found.get_kind_display()),
        "whole": not found.words,
    }
    return [decided_on, how, found.decided_by, found.advice, recorded]


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: AgencyRequest) -> HttpResponse:
    enforce(rules.deciding(request.member))
    form = EmploymentForm.from_request(request)
    plan = at(request.agency, "compensation:plan")

    def act(form: EmploymentForm) -> tuple[str, str]:
        actions.decide(by=request.member, **form.answers)
        return plan, _("Recorded. It is part of the payment plan’s page.")

    return ask(
        request,
        form,
        act,
        title=_("Contractors or employees?"),
        text=[
            _(
                "Taxes, insurance and benefits depend on how people are paid, and a mistake can "
                "cost them money. The portal can’t decide it for you. Ask your accountant or a "
                "lawyer, let your agency decide, and record the decision here."
            )
        ],
        button=_("Save"),
        back=plan,
    )
