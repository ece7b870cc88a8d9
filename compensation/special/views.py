"""Rules for special cases of pay: read by everybody, recorded by administrators."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compensation.employment import rules
from compensation.special import actions
from compensation.special.forms import SpecialCaseForm
from compensation.special.models import TITLES, SpecialCase, SpecialCaseRule
from compensation.special.presenting import BEGINNINGS, case_shown
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.refusals import enforce


@require_safe
def special_cases(request: AgencyRequest) -> HttpResponse:
    agency = request.agency
    holding = SpecialCaseRule.objects.within(agency).on(agency.today())
    found = {rule.case: rule for rule in holding}
    records = rules.deciding(request.member) is None
    return render(
        request,
        "compensation/special/special_cases.html",
        {
            "cases": [
                case_shown(case, found.get(case), agency, records=records)
                for case in SpecialCase.values
            ]
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: AgencyRequest, case: str) -> HttpResponse:
    enforce(rules.deciding(request.member))
    if case not in SpecialCase.values:
        raise Http404
    agency, today = request.agency, request.agency.today()
    holding = SpecialCaseRule.objects.within(agency).on(today).filter(case=case).first()
    begun = str(BEGINNINGS[case]) if holding is None else holding.words
    form = SpecialCaseForm.from_request(
        request,
        initial={"words": begun, "contact": "" if holding is None else holding.contact},
    )
    back = at(agency, "compensation:special_cases")

    def act(form: SpecialCaseForm) -> tuple[str, str]:
        actions.decide(case=case, by=request.member, **form.answers)
        return back, _("The rule is written down. Everybody can read it.")

    return ask(
        request,
        form,
        act,
        title=str(TITLES[case]),
        text=[
            _(
                "Let your agency decide it, with a lawyer or an accountant. The words below are a "
                "beginning: change what is different with you."
            )
        ],
        button=_("Save the rule"),
        back=back,
    )
