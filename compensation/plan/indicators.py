"""For indicator 4: a plan is in force, and its rate is ratified."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext_lazy as _

from accounts.consumers import with_consumers
from compensation.plan.models import PlanVersion
from compensation.policies import PLAN_WARNING
from foundation.history import as_known
from foundation.once import once
from indicators.foresight import foreseen
from indicators.registry import Criterion, Evidence, Outcome, Settings, failed, no_data, passed

FRESH = "fresh"
FRESH_WORDS = _("Nobody takes part as a consumer yet, so nobody waits to be paid.")


@dataclass(frozen=True)
class Plans:
    """Versions in force or decided on by a day, with the dates known then."""

    known: Sequence[tuple[date, date | None, PlanVersion]] = ()
    fresh: bool = False
    """True if nobody takes part as a consumer yet, and nothing is planned."""

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


@once
def _plans(agencies: Sequence[int], on: date) -> dict[int, Plans]:
    """Read them in three queries."""
    planned = as_known(PlanVersion, agencies, on, ("since", "until"))
    found: dict[int, list[tuple[date, date | None, PlanVersion]]] = defaultdict(list)
    for version in PlanVersion.objects.across(agencies).exclude(since=None):
        since, until = version.since, version.until
        if until is None or until > on:
            # Ignore later decisions: neither their start nor their end was known yet.
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
    return (Evidence("payment_plan_version", version.pk),)


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
