"""The administrators' page about backups."""

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from accounts.rules import managing_settings
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.refusals import enforce
from recovery.freshness import freshness


@require_safe
def backups(request: AgencyRequest) -> HttpResponse:
    """When the last backup was written, and when one was last proved."""
    enforce(managing_settings(request.member))
    return render(request, "recovery/backups.html", {"freshness": freshness(now())})
