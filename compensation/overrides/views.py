"""Rules of pay that were set aside, for the committee: counts and sums by quarter, no names."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from compensation.overrides import rules
from compensation.overrides.presenting import rows_shown
from compensation.overrides.reading import last_day, overridden, quarters
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.refusals import enforce

HEAD = [
    _("Rule"),
    _("Why it was set aside"),
    {"text": _("How often"), "numeric": True},
    {"text": _("Sum"), "numeric": True},
]


@require_safe
def overrides(request: AgencyRequest) -> HttpResponse:
    """One of the last whole quarters; the latest, if none or another one is asked for."""
    enforce(rules.seeing_overrides(request.member))
    listed = quarters(request.agency.today())
    asked = request.GET.get("from")
    since, until = next((each for each in listed if each[0].isoformat() == asked), listed[0])
    return render(
        request,
        "compensation/overrides/overrides.html",
        {
            "rows": rows_shown(overridden(request.agency, since, until)),
            "head": HEAD,
            "since": since,
            "last": last_day(until),
            "quarters": [(first, last_day(end)) for first, end in listed],
        },
    )
