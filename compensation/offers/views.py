"""Outside organizations for donations; without one, donating is off."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from compensation.offers import actions, rules
from compensation.offers.forms import OrganizationForm
from compensation.offers.models import Organization
from compensation.plan import rules as plan_rules
from foundation.addresses import at
from foundation.asking import ask
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

    return ask(
        request,
        form,
        act,
        title=_("Take %(name)s off the list") % {"name": organization.name},
        text=[
            _(
                "People who donate to it are told, and choose again from today on. What they "
                "earned before is still paid to it."
            )
        ],
        button=_("Take it off the list"),
        kind="warning",
        back=at(request.agency, "compensation:organizations"),
        rule=lambda: rules.taking_off(organization, request.member),
    )
