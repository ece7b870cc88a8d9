"""The member's own pages: what I earned, what I chose, a cost to be given back."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.paginator import Paginator
from django.db.models import Count, Min, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Member
from compensation import actions, rules
from compensation.counsel import counsel
from compensation.forms import CostAgainForm, CostForm, DeclineForm, DonateForm, ElectionForm
from compensation.models import (
    Choice,
    Claim,
    ClaimStatus,
    Election,
    Offer,
    Organization,
    Payment,
    PlanVersion,
)
from foundation.addresses import at
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, sent_before, submit
from foundation.refusals import enforce

PER_PAGE = 20


@require_safe
def my_payments(request: AgencyRequest) -> HttpResponse:
    """What I earned, what was approved and paid, and by when to expect the rest."""
    agency, member, today = request.agency, request.member, request.agency.today()
    claims = Claim.objects.within(agency).filter(member=member)
    claims = claims.select_related("payment__donated_to", "donate_to", "plan")
    page = Paginator(claims.order_by("-service_on", "-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    paid = Payment.objects.within(agency).filter(member=member, reversed_on=None)
    elections = Election.objects.within(agency).on(today).filter(member=member)
    election = elections.select_related("organization").first()
    return render(
        request,
        "compensation/my_payments.html",
        {
            "page": page,
            "lines": [_line(claim, member, today) for claim in page],
            "election": election,
            "offered": election is not None
            or Offer.objects.within(agency).filter(member=member).exists(),
            "counsel": counsel(paid, today),
            "given_up": _given_up(member, today),
            "today": today,
        },
    )


@dataclass(frozen=True)
class Line:
    """One of my lines, and what I can still do about it."""

    claim: Claim
    comes_back_until: date | None
    may_withdraw: bool


def _line(claim: Claim, member: Member, today: date) -> Line:
    until = claim.comes_back_until
    return Line(
        claim=claim,
        comes_back_until=until if until is not None and until >= today else None,
        may_withdraw=rules.withdrawing(claim, member) is None,
    )


@dataclass(frozen=True)
class GivenUp:
    """What was turned down and comes back with another choice, and until when all of it does."""

    amount: Decimal
    until: date


def _given_up(member: Member, today: date) -> GivenUp | None:
    found = rules.given_up(member, today).aggregate(
        sum=Sum("amount"), first=Min("comes_back_until")
    )
    if found["first"] is None:
        return None
    return GivenUp(found["sum"], found["first"])


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: AgencyRequest) -> HttpResponse:
    """Yes at once; no and a donation say on a page of their own what they will do."""
    agency, member, today = request.agency, request.member, request.agency.today()
    election = Election.objects.within(agency).on(today).filter(member=member).first()
    given_up = _given_up(member, today)
    form = ElectionForm.from_request(
        request,
        donating=Organization.objects.within(agency).on(today).exists(),
        comes_back=f"${given_up.amount}" if given_up is not None else "",
        initial={"choice": election.choice} if election else {},
    )

    def act(form: ElectionForm) -> str | tuple[str, str]:
        choice = form.answers["choice"]
        if choice != Choice.ACCEPT:
            return at(agency, f"compensation:{choice}")
        actions.elect(member, on=today, choice=choice)
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
def decline(request: AgencyRequest) -> HttpResponse:
    """What no means, with what was earned and is not paid, before it takes effect."""
    agency, member, today = request.agency, request.member, request.agency.today()
    enforce(rules.choosing(member))
    earned = rules.earned_and_unpaid(member).aggregate(sum=Sum("amount"), lines=Count("pk"))
    form = DeclineForm.from_request(request, earned=bool(earned["lines"]))

    def act(form: DeclineForm) -> tuple[str, str]:
        actions.elect(member, choice=Choice.DECLINE, on=today, gives_up_earned=form.gives_up_earned)
        return at(agency, "compensation:my_payments"), _("Your choice is saved.")

    return submit(request, form, act) or render(
        request,
        "compensation/decline.html",
        {
            "form": form,
            "today": today,
            "amount": earned["sum"],
            "lines": earned["lines"],
            "until": rules.last_day_to_take_back(agency, today),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def donate(request: AgencyRequest) -> HttpResponse:
    """Where it goes, and what it still counts for."""
    agency, member, today = request.agency, request.member, request.agency.today()
    enforce(rules.choosing(member))
    listed = Organization.objects.within(agency).on(today).order_by("name")
    mine = Election.objects.within(agency).on(today).filter(member=member)
    chosen = mine.values_list("organization", flat=True).first()
    form = DonateForm.from_request(request, organizations=listed, initial={"organization": chosen})

    def act(form: DonateForm) -> tuple[str, str]:
        actions.elect(member, choice=Choice.DONATE, on=today, **form.answers)
        return at(agency, "compensation:my_payments"), _("Your choice is saved.")

    waiting = Claim.objects.within(agency).filter(member=member, status=ClaimStatus.WAITING)
    return submit(request, form, act) or render(
        request,
        "compensation/donate.html",
        {
            "form": form,
            "off": not listed.exists(),
            "waiting": waiting.aggregate(sum=Sum("amount"))["sum"],
            "given_up": _given_up(member, today),
            "today": today,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def claim_cost(request: AgencyRequest) -> HttpResponse:
    """A cost; what looks like a mistake is asked about before it is sent."""
    agency, member = request.agency, request.member
    form = CostForm.from_request(request, member=member)

    def act(form: CostForm) -> tuple[str, str]:
        actions.claim_cost(member=member, by=member, **form.answers)
        return (
            at(agency, "compensation:my_payments"),
            _("We have it. You see here when it is approved and paid."),
        )

    # The second click is no second claim, so it is not asked about.
    if url := sent_before(request):
        return redirect(url)
    return submit(request, form, act) or render(
        request, "compensation/claim_cost.html", {"form": form}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: AgencyRequest, pk: int) -> HttpResponse:
    """Take one's own cost back before it is approved."""
    mine = Claim.objects.within(request.agency).filter(member=request.member)
    claim = get_object_or_404(mine, pk=pk)
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.withdraw(claim, by=request.member)
        return at(request.agency, "compensation:my_payments"), _("You took it back.")

    if answer := submit(request, form, act):
        return answer
    enforce(rules.withdrawing(claim, request.member))
    return render(request, "compensation/withdraw.html", {"form": form, "claim": claim})


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
