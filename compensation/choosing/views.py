"""Choosing to be paid, to decline or to donate; or recording it for who can’t do it here."""

from decimal import Decimal

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Member
from compensation.choosing import actions, rules
from compensation.choosing.forms import DeclineForm, DonateForm, ElectForForm, ElectionForm
from compensation.claims import rules as claim_rules
from compensation.claims.models import Claim, ClaimStatus
from compensation.claims.reading import turned_down
from compensation.employment.reading import holding
from compensation.offers.models import Election, Offer, OfferChoice, Organization
from compensation.plan.models import PlanVersion
from compensation.plan.rates import table
from compensation.plan.words import others_shown
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.presenting import written
from foundation.refusals import enforce
from foundation.templatetags.components import dollars


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: AgencyRequest) -> HttpResponse:
    """Yes takes effect at once; declining and donating explain themselves on their own pages."""
    agency, member, today = request.agency, request.member, request.agency.today()
    election = Election.objects.within(agency).on(today).filter(member=member).first()
    given_up = turned_down(member, today)
    form = ElectionForm.from_request(
        request,
        donating=Organization.objects.within(agency).on(today).exists(),
        comes_back=f"${given_up.amount}" if given_up is not None else "",
        initial={"choice": election.choice} if election else {},
    )

    def act(form: ElectionForm) -> str | tuple[str, str]:
        choice = form.answers["choice"]
        if choice != OfferChoice.ACCEPT:
            return at(agency, f"compensation:{choice}")
        actions.elect(member, on=today, choice=choice)
        return at(agency, "compensation:my_payments"), _("Your choice is saved.")

    plan = PlanVersion.objects.within(agency).in_force(today).first()
    return submit(request, form, act) or render(
        request,
        "compensation/choosing/choose.html",
        {
            "form": form,
            "plan": plan,
            "others": [] if plan is None else others_shown(table(plan)),
            "employment": holding(agency, today),
            "offered": Offer.objects.within(agency).filter(member=member).exists(),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: AgencyRequest) -> HttpResponse:
    """What declining means for money earned but not paid yet, before it takes effect."""
    agency, member, today = request.agency, request.member, request.agency.today()
    enforce(rules.choosing(member))
    earned = claim_rules.earned_and_unpaid(member).aggregate(sum=Sum("amount"), lines=Count("pk"))
    form = DeclineForm.from_request(request, earned=bool(earned["lines"]))

    def act(form: DeclineForm) -> tuple[str, str]:
        actions.elect(
            member, choice=OfferChoice.DECLINE, on=today, gives_up_earned=form.gives_up_earned
        )
        return at(agency, "compensation:my_payments"), _("Your choice is saved.")

    text = [
        _(
            "From today on (%(day)s), you will not be paid for the time you give. You take part "
            "just the same, and nobody thinks less of you."
        )
        % {"day": written(today)}
    ]
    if earned["lines"]:
        text.append(_of_earned(earned["sum"]))
        text.append(
            _(
                "If you don’t want that money either, you can still change your mind until "
                "%(day)s. Then it comes back."
            )
            % {"day": written(claim_rules.last_day_to_take_back(agency, today))}
        )
    else:
        text.append(_("You can choose again on any day. Your new choice counts from that day on."))
    return ask(
        request,
        form,
        act,
        title=_("No payment from today on"),
        text=text,
        button=_("No payment from today on"),
        kind="warning",
        back=at(agency, "compensation:choose"),
    )


def _of_earned(amount: Decimal) -> str:
    said = _("You have earned {amount} before today. It is not paid yet, and it is yours.")
    shown = format_html('<strong class="app-number">{}</strong>', dollars(amount))
    return format_html(said, amount=shown)


@require_http_methods(["GET", "HEAD", "POST"])
def donate(request: AgencyRequest) -> HttpResponse:
    """Where the donation goes, and what it still counts for."""
    agency, member, today = request.agency, request.member, request.agency.today()
    enforce(rules.choosing(member))
    listed = Organization.objects.within(agency).on(today).order_by("name")
    mine = Election.objects.within(agency).on(today).filter(member=member)
    chosen = mine.values_list("organization", flat=True).first()
    form = DonateForm.from_request(request, organizations=listed, initial={"organization": chosen})

    def act(form: DonateForm) -> tuple[str, str]:
        actions.elect(member, choice=OfferChoice.DONATE, on=today, **form.answers)
        return at(agency, "compensation:my_payments"), _("Your choice is saved.")

    waiting = Claim.objects.within(agency).filter(member=member, status=ClaimStatus.WAITING)
    return submit(request, form, act) or render(
        request,
        "compensation/choosing/donate.html",
        {
            "form": form,
            "off": not listed.exists(),
            "waiting": waiting.aggregate(sum=Sum("amount"))["sum"],
            "given_up": turned_down(member, today),
            "today": today,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def choose_for(request: AgencyRequest, pk: int) -> HttpResponse:
    """Always a blank form: nobody else may see what they chose before."""
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

    plan = PlanVersion.objects.within(agency).in_force(today).first()
    return ask(
        request,
        form,
        act,
        title=_("What %(name)s chose about pay") % {"name": member},
        text=[
            *([_of_pay(plan)] if plan is not None else []),
            _(
                "If they say no, what they earned before is still paid. What they donate still "
                "counts as their income, for taxes and for benefits."
            ),
            _(
                "This page does not show what they chose before. Only they and those who pay them "
                "know that, unless a court or law requires it."
            ),
        ],
        button=_("Save their choice"),
        back=at(agency, "home_of"),
    )


def _of_pay(plan: PlanVersion) -> str:
    said = _(
        "We pay $%(rate)s for an hour, within %(days)s days. Ask them what they want, and say that "
        "taking part does not depend on it."
    )
    return said % {"rate": plan.hourly_rate, "days": plan.due_days}
