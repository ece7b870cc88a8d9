"""Indicator 4: a compensation plan that shows the value placed on consumers' input."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.utils.translation import gettext_lazy as _

from accounts.consumers import with_consumers
from compensation.corrected import paid_and_written_down_later
from compensation.models import Offer, Owed, PlanVersion
from compensation.policies import FAILS_AFTER, OFFER_DAYS, OFFER_WARNING, PLAN_WARNING, WATCH_AFTER
from foundation.history import as_known
from groups.known import KnownSeat, known_seats
from indicators import corrections
from indicators.foresight import foreseen
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

FRESH = "fresh"
FRESH_WORDS = _("Nobody takes part as a consumer yet, so nobody waits to be paid.")


@dataclass(frozen=True)
class Plans:
    """The versions that were in force or decided on by a day, with the days known then."""

    known: Sequence[tuple[date, date | None, PlanVersion]] = ()
    fresh: bool = False
    """Nobody takes part as a consumer yet, and nothing is planned."""

    def in_force(self, on: date) -> PlanVersion | None:
        return next(
            (
                version
                for since, until, version in self.known
                if since <= on and (until is None or on < until)
            ),
            None,
        )

    def turns(self) -> set[date]:
        return {day for since, until, _v in self.known for day in (since, until) if day}


def _plans(agencies: Sequence[int], on: date) -> dict[int, Plans]:
    """Three queries."""
    planned = as_known(PlanVersion, agencies, on, ("since", "until"))
    found: dict[int, list[tuple[date, date | None, PlanVersion]]] = defaultdict(list)
    for version in PlanVersion.objects.across(agencies).exclude(since=None):
        since, until = version.since, version.until
        if until is None or until > on:
            # What was decided since is not known yet: neither an end nor a beginning.
            known_since, until = planned.get(version.pk, (None, None))
            since = known_since if since is None or since > on else since
        if since is not None:
            found[version.agency_id].append((since, until, version))
    there = with_consumers(agencies, on)
    return {
        agency: Plans(found[agency], fresh=agency not in there and not found[agency])
        for agency in agencies
    }


def _evidence(version: PlanVersion) -> tuple[Evidence, ...]:
    return (Evidence("compensation.planversion", version.pk),)


class PlanInForce(Criterion):
    code = "plan"
    title = _("A payment plan is in force")
    todo = _("Write a payment plan and adopt it.")
    messages = {
        "in_force": _("A plan is in force since %(since)s."),
        "none": _("No plan is in force."),
        FRESH: FRESH_WORDS,
    }
    where = "compensation:plan"

    def warning(self, settings: Settings) -> int:
        return settings.number(PLAN_WARNING)

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        return {
            agency: foreseen(
                on,
                partial(self._outcome, plans),
                settings=settings[agency],
                turns=plans.turns(),
            )
            for agency, plans in _plans(agencies, on).items()
        }

    def _outcome(self, plans: Plans, on: date) -> Outcome:
        plan = plans.in_force(on)
        if plan is None or plan.since is None:
            return no_data(FRESH) if plans.fresh else failed("none")
        return passed("in_force", evidence=_evidence(plan), since=plan.since)


class RateRatified(Criterion):
    code = "ratified"
    title = _("The consumer members of the oversight committee ratified its rate")
    todo = _("Ask the oversight committee to ratify the plan.")
    messages = {
        "ratified": _("Ratified on %(day)s."),
        "not_ratified": _("The plan in force is not ratified."),
        "no_plan": _("There is no plan to ratify."),
        FRESH: FRESH_WORDS,
    }
    where = "compensation:plan"

    def warning(self, settings: Settings) -> int:
        return settings.number(PLAN_WARNING)

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        return {
            agency: foreseen(
                on,
                partial(self._outcome, plans, on),
                settings=settings[agency],
                turns=plans.turns(),
            )
            for agency, plans in _plans(agencies, on).items()
        }

    def _outcome(self, plans: Plans, known_on: date, on: date) -> Outcome:
        plan = plans.in_force(on)
        if plan is None:
            return no_data(FRESH) if plans.fresh else failed("no_plan")
        if plan.ratified_on is None or plan.ratified_on > known_on:
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
        offers = Offer.objects.across(agencies).filter(on__lte=on)
        offered = set(offers.values_list("agency_id", "member_id"))
        seats: dict[int, list[tuple[KnownSeat, bool]]] = defaultdict(list)
        for seat in known_seats(agencies, on):
            if seat.is_consumer:
                known = (seat.agency_id, seat.member_id) in offered
                seats[seat.agency_id].append((seat, known))
        return {
            agency: foreseen(
                on,
                partial(self._outcome, seats[agency], settings[agency]),
                settings=settings[agency],
                turns={day for seat, _k in seats[agency] for day in (seat.since, seat.until)},
            )
            for agency in agencies
        }

    def _outcome(
        self, known: Sequence[tuple[KnownSeat, bool]], settings: Settings, on: date
    ) -> Outcome:
        """`known`: seats of consumers, and whether an offer was made to who has it."""
        held = [(seat, offered) for seat, offered in known if seat.holds(on)]
        if not held:
            return no_data("nobody")
        waiting = [seat.since for seat, offered in held if not offered]
        if not waiting:
            return passed("offered")
        days = settings.at(on).number(OFFER_DAYS)
        lapses = min(waiting) + timedelta(days=days + 1)
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
        earned: set[int] = set()
        running: dict[int, list[Owed]] = defaultdict(list)
        for each in Owed.objects.across(agencies).filter(since__lte=on):
            earned.add(each.agency_id)
            if each.until is None or each.until > on:
                running[each.agency_id].append(each)
        return {
            agency: foreseen(
                on, partial(_paid, running[agency], settings[agency]), settings=settings[agency]
            )
            if agency in earned
            else no_data("nothing")
            for agency in agencies
        }


def _paid(owed: Sequence[Owed], settings: Settings, on: date) -> Outcome:
    """Late from the days that the plan promised, never more than the setting; too late from the
    other setting."""
    now = settings.at(on)
    limit = now.number(FAILS_AFTER)
    if not owed:
        return passed("in_time", value=0, goal=limit)
    oldest = min(each.clock_since for each in owed)
    days = (on - oldest).days
    if days >= limit:
        return failed("late", value=days, goal=limit, days=days)
    watch = timedelta(days=now.number(WATCH_AFTER))
    return passed(
        "in_time",
        value=days,
        goal=limit,
        lapses=oldest + timedelta(days=limit),
        watched=any(on >= min(each.due_on, each.clock_since + watch) for each in owed),
    )


corrections.register(paid_and_written_down_later, "compensation")
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
