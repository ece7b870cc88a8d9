"""The member's own pages: what I earned, what I chose, a cost to be given back."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compensation import actions, rules
from compensation.counsel import counsel
from compensation.forms import CostAgainForm, CostForm, ElectionForm
from compensation.models import Claim, Election, Offer, Payment, PlanVersion
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce

PER_PAGE = 20


@require_safe
def my_payments(request: AgencyRequest) -> HttpResponse:
    """What I earned, what was approved and paid, and by when to expect the rest."""
    agency, member, today = request.agency, request.member, request.agency.today()
    claims = Claim.objects.within(agency).filter(member=member).select_related("payment")
    page = Paginator(claims.order_by("-service_on", "-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    paid = Payment.objects.within(agency).filter(
        member=member, paid_on__year=today.year, reversed_on=None
    )
    election = Election.objects.within(agency).on(today).filter(member=member).first()
    return render(
        request,
        "compensation/my_payments.html",
        {
            "page": page,
            "election": election,
            "offered": election is not None
            or Offer.objects.within(agency).filter(member=member).exists(),
            "counsel": counsel(paid, today),
            "today": today,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: AgencyRequest) -> HttpResponse:
    """Yes, no, or to a cause; it can be changed on any day."""
    agency, member, today = request.agency, request.member, request.agency.today()
    election = Election.objects.within(agency).on(today).filter(member=member).first()
    initial = {"choice": election.choice, "recipient": election.recipient} if election else {}
    form = ElectionForm.from_request(request, initial=initial)

    def act(form: ElectionForm) -> tuple[str, str]:
        actions.elect(member, on=today, **form.answers)
        return at(agency, "compensation:my_payments"), _("Your choice is saved.")

    return submit(request, form, act) or render(
        request,
        "compensation/choose.html",
        {
            "form": form,
            "plan": PlanVersion.objects.within(agency).in_force(today).first(),
            "offered": Offer.objects.within(agency).filter(member=member).exists(),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def claim_cost(request: AgencyRequest) -> HttpResponse:
    form = CostForm.from_request(request, agency=request.agency)

    def act(form: CostForm) -> tuple[str, str]:
        actions.claim_cost(member=request.member, by=request.member, **form.answers)
        return (
            at(request.agency, "compensation:my_payments"),
            _("We have it. You see here when it is approved and paid."),
        )

    return submit(request, form, act) or render(
        request, "compensation/claim_cost.html", {"form": form}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def claim_again(request: AgencyRequest, pk: int) -> HttpResponse:
    """Answer the question about a cost, and send it in again."""
    mine = Claim.objects.within(request.agency).filter(member=request.member)
    claim = get_object_or_404(mine, pk=pk)
    enforce(rules.claiming_back(claim, request.member))
    initial = {"what_for": claim.what_for, "amount": claim.amount}
    form = CostAgainForm.from_request(request, agency=request.agency, initial=initial)

    def act(form: CostAgainForm) -> tuple[str, str]:
        actions.claim_cost_again(claim, by=request.member, **form.answers)
        return at(request.agency, "compensation:my_payments"), _("Sent in again.")

    return submit(request, form, act) or render(
        request, "compensation/claim_again.html", {"form": form, "claim": claim}
    )
