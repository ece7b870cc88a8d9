"""Equal pay for equal work: what was earned for each kind of work, for whoever reads the plan."""

from datetime import timedelta

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from compensation.equal_pay.presenting import rows_shown
from compensation.equal_pay.reading import compared, period
from foundation.http import AgencyRequest
from foundation.pages import render

HEAD = [_("Work"), _("People who use services"), _("Others"), _("How they compare")]


@require_safe
def equal_pay(request: AgencyRequest) -> HttpResponse:
    since, until = period(request.agency.today())
    found = compared(request.agency, since, until)
    return render(
        request,
        "compensation/equal_pay/equal_pay.html",
        {
            "rows": rows_shown(found),
            "head": HEAD,
            "since": since,
            "last": until - timedelta(days=1),
        },
    )
