"""The agency's time zone."""

from django.http import HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts import rules
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.pages import Destination, render, submit
from foundation.paging import page_of
from foundation.refusals import enforce
from groups import actions
from groups.forms.zones import ZoneForm, shown
from groups.models import ZoneChange
from groups.zones import called


def time_zone(request: AgencyRequest) -> HttpResponse:
    """The current zone, since when, and a form to change it."""
    enforce(rules.managing_settings(request.member))
    form = ZoneForm.from_request(request, agency=request.agency)

    def act(form: ZoneForm) -> Destination:
        actions.change_zone(**form.answers, by=request.member)
        return at(request.agency, "groups:time_zone"), _(
            "The time zone is changed. Every meeting keeps its day and hour."
        )

    rows = ZoneChange.objects.within(request.agency).select_related("by").order_by("-pk")
    zone = request.agency.timezone
    return submit(request, form, act) or render(
        request,
        "groups/time_zone.html",
        {
            "form": form,
            "zone": called(zone),
            "clock": shown(now(), zone),
            "changes": page_of(
                request,
                [
                    {
                        "before": called(each.before),
                        "after": called(each.after),
                        "on": each.on,
                        "by": each.by.shown_name,
                        "reason": each.reason,
                    }
                    for each in rows
                ],
            ),
        },
    )
