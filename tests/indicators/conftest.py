"""Small indicators for tests, whose results the test sets."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Member, StandingKind
from foundation import policies
from foundation.models import Agency
from foundation.policies import Policy
from foundation.policies import Unit as PolicyUnit
from indicators import registry
from indicators.registry import (
    Criterion,
    CriterionUnit,
    DaysSince,
    Evidence,
    Indicator,
    Outcome,
    Settings,
    failed,
    no_data,
    passed,
)
from tests.indicators.worlds import Team, World

LEAST = Policy("membership.least", "Least share of consumers", PolicyUnit.PERCENT, 20, 5, 90)
BASIS = Policy(
    "membership.basis",
    "What the share is taken of",
    PolicyUnit.CHOICE,
    "each",
    choices=(("each", "Each group"), ("pooled", "All groups together")),
)
PEERS = Policy("membership.peers", "Employed peers count", PolicyUnit.BOOLEAN, False)
DAYS = Policy("dialogues.days", "Days between dialogues", PolicyUnit.DAYS, 45, 7, 365)


class Share(Criterion):
    """Judge a share, stored by day, against a setting."""

    code = "share"
    title = "Enough of them are consumers"
    todo = "Invite more consumers."
    unit = CriterionUnit.PERCENT
    messages = {
        "enough": "%(share)d%% are consumers.",
        "short": "Only %(share)d%% are consumers.",
        "empty": "Nobody is counted yet.",
    }

    def __init__(self) -> None:
        self.shares: dict[date, int] = {}
        self.asked = 0

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        self.asked += 1
        known = [share for day, share in sorted(self.shares.items()) if day <= on]
        if not known:
            return {agency: no_data("empty") for agency in agencies}
        share = known[-1]
        outcomes = {}
        for agency in agencies:
            least = settings[agency].number(LEAST)
            evidence = [Evidence("policy_change", 1)]
            if share >= least:
                outcomes[agency] = passed(
                    "enough", value=share, goal=least, share=share, evidence=evidence
                )
            else:
                outcomes[agency] = failed(
                    "short", value=share, goal=least, share=share, evidence=evidence
                )
        return outcomes


class Held(Criterion):
    """Something was held lately: it lapses by itself."""

    code = "held"
    title = "One was held lately"
    todo = "Hold one."
    unit = CriterionUnit.DAYS
    at_most = True
    window = 15
    messages = {"lately": "The last one was on %(day)s.", "long": "The last one was on %(day)s."}

    def __init__(self) -> None:
        self.days: list[date] = []

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        held = [day for day in self.days if day <= on]
        if not held:
            return {}
        last = max(held)
        age = DaysSince(last, on)
        outcomes = {}
        for agency in agencies:
            most = settings[agency].number(DAYS)
            if age <= most:
                lapses = last + timedelta(days=most + 1)
                outcomes[agency] = passed("lately", value=age, goal=most, day=last, lapses=lapses)
            else:
                outcomes[agency] = failed("long", value=age, goal=most, day=last)
        return outcomes


class Trial:
    """Two indicators whose facts the test sets."""

    def __init__(self) -> None:
        self.share = Share()
        self.held = Held()
        self.counted = Indicator(
            number=3,
            code="membership",
            title="Consumers are a fair share of every group",
            why="People decide together.",
            criteria=(self.share,),
            settings=(LEAST, BASIS, PEERS),
            headline="share",
        )
        self.ongoing = Indicator(
            number=5,
            code="dialogues",
            title="Dialogues go on",
            why="Talking keeps knowledge alive.",
            criteria=(self.held,),
            settings=(DAYS,),
        )


@pytest.fixture
def trial(monkeypatch: pytest.MonkeyPatch) -> Trial:
    """Register only the trial's two indicators."""
    monkeypatch.setattr(registry, "_registered", {})
    monkeypatch.setattr(policies, "_registered", {})
    for policy in (LEAST, BASIS, PEERS, DAYS):
        policies.register(policy)
    trial = Trial()
    registry.register(trial.ongoing)
    registry.register(trial.counted)
    return trial


@pytest.fixture
def today(agency: Agency) -> date:
    return agency.today()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


@pytest.fixture
def world(
    clock: time_machine.Traveller,
    agency: Agency,
    administrator: Member,
    facilitator: Member,
    approver: Member,
    payer: Member,
    enter: Callable[..., Member],
) -> World:
    consumers = [enter(f"Consumer {n}", StandingKind.PRIMARY_CONSUMER) for n in range(2)]
    providers = [enter(f"Provider {n}", StandingKind.PROVIDER) for n in range(2)]
    further = enter("Consumer 3", StandingKind.PRIMARY_CONSUMER)
    team = Team(administrator, facilitator, approver, payer)
    return World(agency, team, [*consumers, *providers, further])
