"""Indicator 4: a compensation plan that shows the value placed on consumers' input."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Exists, Min, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import StandingKind
from compensation.models import Claim, ClaimStatus, Offer, PlanVersion
from compensation.policies import FAILS_AFTER, OFFER_DAYS, OFFER_WARNING, PLAN_WARNING, WATCH_AFTER
from groups.models import Seat
from indicators.registry import (
    Criterion,
    Evidence,
    Indicator,
    Outcome,
    Settings,
    Unit,
    failed,
    no_data,
    passed,
    register,
)


def _in_force(agencies: Sequence[int], on: date) -> dict[int, PlanVersion]:
    versions = PlanVersion.objects.across(agencies).in_force(on)
    return {version.agency_id: version for version in versions}


def _evidence(version: PlanVersion) -> tuple[Evidence, ...]:
    return (Evidence("compensation.planversion", version.pk),)


class PlanInForce(Criterion):
    code = "plan"
    title = _("A payment plan is in force")
    todo = _("Write a payment plan and adopt it.")
    messages = {
        "in_force": _("A plan is in force since %(since)s."),
        "none": _("No plan is in force."),
    }
    where = "compensation:plan"

    def warning(self, settings: Settings) -> int:
        return settings.number(PLAN_WARNING)

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        plans = _in_force(agencies, on)
        return {agency: self._outcome(plans.get(agency)) for agency in agencies}

    def _outcome(self, plan: PlanVersion | None) -> Outcome:
        if plan is None or plan.since is None:
            return failed("none")
        return passed("in_force", evidence=_evidence(plan), lapses=plan.until, since=plan.since)


class RateRatified(Criterion):
    code = "ratified"
    title = _("The consumer members of the oversight committee ratified its rate")
    todo = _("Ask the oversight committee to ratify the plan.")
    messages = {
        "ratified": _("Ratified on %(day)s."),
        "not_ratified": _("The plan in force is not ratified."),
        "no_plan": _("There is no plan to ratify."),
    }
    where = "compensation:plan"

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        plans = _in_force(agencies, on)
        return {agency: self._outcome(plans.get(agency), on) for agency in agencies}

    def _outcome(self, plan: PlanVersion | None, on: date) -> Outcome:
        if plan is None:
            return failed("no_plan")
        if plan.ratified_on is None or plan.ratified_on > on:
            return failed("not_ratified", evidence=_evidence(plan))
        return passed("ratified", evidence=_evidence(plan), day=plan.ratified_on)


class EverybodyOffered(Criterion):
    """It counts nobody, so that it gives nobody away."""

    code = "offered"
    discreet = True
    title = _("Every consumer member was offered payment soon after being seated")
    todo = _("Adopt a plan, so that offers are made, and look at who has none.")
    messages = {
        "offered": _("Everybody who takes part as a consumer was offered payment."),
        "missing": _("Somebody who takes part as a consumer has waited too long for an offer."),
        "nobody": _("Nobody takes part as a consumer yet."),
    }
    where = "compensation:plan"

    def warning(self, settings: Settings) -> int:
        return settings.number(OFFER_WARNING)

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        offers = Offer.objects.across(agencies).filter(
            agency=OuterRef("agency"), member=OuterRef("member"), on__lte=on
        )
        seats = (
            Seat.objects.across(agencies)
            .on(on)
            .filter(standing=StandingKind.PRIMARY_CONSUMER, employed_peer=False)
        )
        firsts = seats.values("agency").annotate(
            first_without=Min("since", filter=~Exists(offers)), first=Min("since")
        )
        found = {row["agency"]: row["first_without"] for row in firsts}
        return {
            agency: self._outcome(found.get(agency), on, settings[agency])
            if agency in found
            else no_data("nobody")
            for agency in agencies
        }

    def _outcome(self, first_without: date | None, on: date, settings: Settings) -> Outcome:
        if first_without is None:
            return passed("offered")
        lapses = first_without + timedelta(days=settings.number(OFFER_DAYS) + 1)
        return failed("missing") if on >= lapses else passed("offered", lapses=lapses)


class PaidInTime(Criterion):
    code = "paid"
    title = _("Nothing that was earned is unpaid past its day")
    todo = _("Approve and pay what is due.")
    messages = {
        "in_time": _("Nothing is overdue."),
        "late": _("The oldest line has waited for %(days)d days."),
        "nothing": _("Nothing was earned yet."),
    }
    where = "compensation:payments"
    unit = Unit.DAYS
    at_most = True

    def warning(self, settings: Settings) -> int:
        return settings.number(FAILS_AFTER) - settings.number(WATCH_AFTER)

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        owed = Claim.objects.across(agencies).filter(
            clock_since__lte=on,
            status__in=[ClaimStatus.EARNED, ClaimStatus.APPROVED, ClaimStatus.PAID],
        )
        unpaid = Q(payment=None) | Q(payment__paid_on__gt=on)
        rows = owed.values("agency").annotate(oldest=Min("clock_since", filter=unpaid))
        found = {row["agency"]: row["oldest"] for row in rows}
        return {
            agency: self._outcome(found.get(agency), on, settings[agency])
            if agency in found
            else no_data("nothing")
            for agency in agencies
        }

    def _outcome(self, oldest: date | None, on: date, settings: Settings) -> Outcome:
        limit = settings.number(FAILS_AFTER)
        if oldest is None:
            return passed("in_time", value=0, goal=limit)
        days = (on - oldest).days
        if days >= limit:
            return failed("late", value=days, goal=limit, days=days)
        return passed("in_time", value=days, goal=limit, lapses=oldest + timedelta(days=limit))


register(
    Indicator(
        number=4,
        code="compensation",
        title=_("A payment plan shows the value placed on what consumers bring"),
        why=_(
            "People who give their time and what they have lived through are paid for it, "
            "as every other expert is."
        ),
        criteria=(PlanInForce(), RateRatified(), EverybodyOffered(), PaidInTime()),
        settings=(PLAN_WARNING, OFFER_DAYS, OFFER_WARNING, WATCH_AFTER, FAILS_AFTER),
    )
)
