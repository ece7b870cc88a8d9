"""Each event marks every indicator that it can change, and no recomputation does more or less."""

import tomllib
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import transaction
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from accounts.models import Member
from foundation import events, policies
from foundation.models import Agency
from indicators import actions, changes, registry
from indicators.cards import Seen, kept, seen_in
from indicators.engine import evaluate
from indicators.history import covered
from indicators.models import IndicatorSnapshot, StaleMark
from indicators.registry import Criterion, Outcome
from indicators.results import packed
from tests.foundation.test_source import ROOT
from tests.indicators.worlds import DAY, LIFE, NAMES, World

SOME = settings(
    max_examples=5,
    # Each try replays a life: shrinking takes minutes.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


def marked(agency: Agency) -> list[str]:
    return sorted(StaleMark.objects.within(agency).values_list("indicator", flat=True))


def said(seen: Seen) -> tuple[object, ...]:
    value = None if seen.value is None else round(Decimal(seen.value), 2)
    return seen.status, value, seen.goal, [packed(each) for each in seen.judged]


def shown(agency: Agency) -> dict[str, tuple[object, ...]]:
    """What a page makes of the snapshots."""
    rows = IndicatorSnapshot.objects.within(agency).newest()
    return {each.indicator.code: said(each) for each in kept(rows, covered(agency))}


def from_nothing(agency: Agency) -> dict[str, tuple[object, ...]]:
    results = evaluate([agency.pk], agency.today())[agency.pk]
    return {code: said(seen_in(result)) for code, result in results.items()}


def missed(world: World, steps: Iterable[tuple[str, int]]) -> set[tuple[str, str]]:
    """The indicators that a step changed without marking them."""
    found = set()
    actions.catch_up(world.agency)
    for step, days in steps:
        world.do(step, days)
        actions.catch_up(world.agency)
        now, whole = shown(world.agency), from_nothing(world.agency)
        found |= {(step, code) for code in whole if now[code] != whole[code]}
    return found


def test_an_event_marks_what_it_can_change_and_nothing_else(
    agency: Agency, administrator: Member
) -> None:
    StaleMark.objects.within(agency).delete()
    events.record("theme.harvested", administrator, by=administrator)
    assert marked(agency) == ["dialogues"]
    events.record("email.posted", administrator, by=administrator)
    events.record("step.done", administrator, by=administrator)
    assert marked(agency) == ["dialogues"]


def test_an_event_of_which_nobody_said_anything_marks_all(
    agency: Agency, administrator: Member
) -> None:
    StaleMark.objects.within(agency).delete()
    events.record("anything.happened", administrator, by=administrator)
    assert marked(agency) == [""]
    assert changes.stale(set(marked(agency))) == registry.registered()


@pytest.mark.parametrize(
    ("policy", "codes"),
    [
        ("membership.share", ["membership"]),
        ("dialogues.days", ["dialogues"]),
        ("no.such", [""]),
    ],
)
def test_a_policy_marks_the_indicators_that_it_judges(
    agency: Agency, administrator: Member, policy: str, codes: list[str]
) -> None:
    StaleMark.objects.within(agency).delete()
    events.record("policy.changed", administrator, by=administrator, policy=policy)
    assert marked(agency) == codes


def test_a_policy_that_judges_no_indicator_marks_none(
    agency: Agency, administrator: Member
) -> None:
    StaleMark.objects.within(agency).delete()
    others = [each for each in policies.registered() if not registry.judged_by(each)]
    for each in others:
        events.record("policy.changed", administrator, by=administrator, policy=each.code)
    assert others
    assert marked(agency) == []


def test_only_what_is_marked_is_worked_out(
    agency: Agency, administrator: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.catch_up(agency)
    asked: list[str] = []

    def spied(criterion: Criterion, code: str) -> None:
        def evaluate(*_args: object) -> dict[int, Outcome]:
            asked.append(code)
            return {}

        monkeypatch.setattr(criterion, "evaluate", evaluate)

    for indicator in registry.registered():
        for criterion in indicator.criteria:
            spied(criterion, indicator.code)
    events.record("theme.harvested", administrator, by=administrator)
    actions.catch_up(agency)
    assert set(asked) == {"dialogues"}


def test_every_event_of_the_house_is_in_the_table_once() -> None:
    known = set(tomllib.loads((ROOT / "docs/codes.toml").read_text())["events"])
    named = [name for _codes, names in changes._LINES for name in names.split()]
    assert known - set(named) - {changes.POLICY} == set(), "say which indicators it can change"
    assert set(named) <= known
    assert len(named) == len(set(named))


def test_the_table_names_indicators_that_exist() -> None:
    named = {code for codes in changes.CHANGES.values() for code in codes}
    assert named - {""} == {each.code for each in registry.registered()}


def test_no_step_changes_an_indicator_that_it_does_not_mark(
    world: World, clock: time_machine.Traveller
) -> None:
    found = set[tuple[str, str]]()
    told: dict[str, set[str]] = {}
    for step in ("writes", "agrees", "agrees", "rates", *LIFE):
        found |= missed(world, [(step, 9 if step in ("leaves", "rests") else 0)])
        for code, now in shown(world.agency).items():
            told.setdefault(code, set()).add(str(now))
        clock.shift(timedelta(days=1))
    assert found == set()
    # Nobody writes down the process in this world; all others have changed on the way.
    assert {code for code, ways in told.items() if len(ways) == 1} == {"process"}


@SOME
@given(
    lived=st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(NAMES), st.integers(0, 9)),
        min_size=3,
        max_size=9,
    )
)
@example(lived=[(0, "hears", 0), (4, "disposition", 1), (4, "answers", 0), (3, "talks", 0)])
@example(lived=[(0, "meets", 0), (1, "surveys", 0), (6, "quits", 0), (1, "closes_surveys", 0)])
def test_what_is_worked_out_from_marks_is_what_is_worked_out_from_nothing(
    world: World, clock: time_machine.Traveller, lived: list[tuple[int, str, int]]
) -> None:
    begun = world.agency.today()
    with transaction.atomic():
        for waited, step, days in lived:
            clock.shift(waited * DAY)
            assert missed(world, [(step, days)]) == set()
        transaction.set_rollback(True)
    clock.shift(begun - world.agency.today())


@pytest.mark.parametrize(
    ("event", "steps", "seen"),
    [
        ("theme.harvested", ("talks", "hears"), ("hears", "dialogues")),
        ("document.drafted", ("writes",), ("writes", "mission")),
        ("group.closed", ("closes",), ("closes", "membership")),
    ],
)
def test_a_line_that_lacks_an_indicator_is_found(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    event: str,
    steps: tuple[str, ...],
    seen: tuple[str, str],
) -> None:
    *before, last = steps
    assert missed(world, [(step, 0) for step in before]) == set()
    also = ["document.proposed", "seat.ended"]
    monkeypatch.setattr(
        changes, "CHANGES", {**changes.CHANGES, **dict.fromkeys([event, *also], ())}
    )
    assert seen in missed(world, [(last, 0)])
