"""The outside organizations that members may donate their pay to; without one, it is off."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from compensation.offers import actions, rules
from compensation.offers.forms import OrganizationForm
from compensation.offers.models import Organization
from compensation.plan import rules as plan_rules
from foundation.addresses import at
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce


@require_http_methods(["GET", "HEAD", "POST"])
def organizations(request: AgencyRequest) -> HttpResponse:
    """The list, and a form to add to it."""
    enforce(plan_rules.managing_plan(request.member))
    today = request.agency.today()
    form = OrganizationForm.from_request(request)

    def act(form: OrganizationForm) -> tuple[str, str]:
        actions.list_organization(**form.answers, by=request.member, on=today)
        return at(request.agency, "compensation:organizations"), _("Added to the list.")

    listed = Organization.objects.within(request.agency).on(today).order_by("name", "pk")
    return submit(request, form, act) or render(
        request, "compensation/offers/organizations.html", {"form": form, "organizations": listed}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def take_off(request: AgencyRequest, pk: int) -> HttpResponse:
    enforce(plan_rules.managing_plan(request.member))
    organization = get_object_or_404(Organization.objects.within(request.agency), pk=pk)
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        today = request.agency.today()
        actions.take_off_organization(organization, by=request.member, on=today)
        return at(request.agency, "compensation:organizations"), _("Taken off the list.")

    if answer := submit(request, form, act):
        return answer
    enforce(rules.taking_off(organization, request.member))
    return render(
        request,
        "compensation/offers/take_off_organization.html",
        {"form": form, "organization": organization},
    )
