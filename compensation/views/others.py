"""What somebody who can't do it here chose about their pay, written down by another."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Member
from compensation import actions, rules
from compensation.forms import ElectForForm
from compensation.models import Offer, Organization, PlanVersion
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce


@require_http_methods(["GET", "HEAD", "POST"])
def choose_for(request: AgencyRequest, pk: int) -> HttpResponse:
    """A blank form always: what they chose before is nobody else's to see."""
    agency, today = request.agency, request.agency.today()
    offered = Offer.objects.within(agency).values("member")
    member = get_object_or_404(Member.objects.within(agency).filter(pk__in=offered), pk=pk)
    member.agency = agency
    enforce(rules.electing_for(member, request.member))
    form = ElectForForm.from_request(
        request,
        agency=agency,
        organizations=Organization.objects.within(agency).on(today).order_by("name"),
        initial={"agreed_on": today},
    )

    def act(form: ElectForForm) -> tuple[str, str]:
        actions.elect(member, on=today, by=request.member, **form.answers)
        return at(agency, "home_of"), _("Their choice is saved.")

    return submit(request, form, act) or render(
        request,
        "compensation/choose_for.html",
        {
            "form": form,
            "chooser": member,
            "plan": PlanVersion.objects.within(agency).in_force(today).first(),
        },
    )
