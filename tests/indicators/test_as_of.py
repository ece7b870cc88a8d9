"""Later facts never change a past day's answer; every known end is foreseen."""

from datetime import date

import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indicators.registry import Verdict
from tests.indicators.worlds import DAY, LIFE, NAMES, Answers, World

ALL = settings(max_examples=3)


def first_failing(world: World, today: date, days: int) -> dict[tuple[str, str], date]:
    """By a plain walk, day by day, without new facts."""
    found: dict[tuple[str, str], date] = {}
    for ahead in range(1, days + 1):
        for code, judged in world.answers(today + ahead * DAY).items():
            if judged.outcome.verdict is Verdict.FAIL:
                found.setdefault(code, today + ahead * DAY)
    return found


def test_everything_that_can_happen_in_this_world_happens(
    world: World, clock: time_machine.Traveller
) -> None:
    done = []
    for step in LIFE:
        done.append(world.do(step, 9 if step in ("leaves", "rests") else 0))
        clock.shift(DAY)
    assert [step for step, was in zip(LIFE, done, strict=True) if not was] == []
    assert set(LIFE) == set(NAMES) == set(world.steps)


@ALL
@given(
    planned=st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 24)), min_size=1, max_size=6)
)
@example(planned=[("leaves", 3)])
@example(planned=[("plan", 0), ("meets", 0), ("chooses", 0), ("meeting_days", 5)])
@example(planned=[("plan", 0), ("plan", 7), ("joins", 4), ("offer_days", 6), ("share", 9)])
@example(planned=[("leaves", 9), ("pooled", 4), ("closes", 12), ("fails_after", 2)])
@example(planned=[("talks", 0), ("hears", 0), ("dialogue_days", 8), ("disposition", 4)])
@example(planned=[("writes", 0), ("agrees", 0), ("agrees", 0), ("rates", 0), ("quits", 6)])
@example(planned=[("plan", 0), ("meets", 0), ("chooses", 0), ("approves", 0), ("fails_after", 5)])
def test_an_outcome_lapses_on_the_first_day_on_which_it_would_fail(
    world: World, planned: list[tuple[str, int]]
) -> None:
    today, walked = world.agency.today(), 26
    with transaction.atomic():
        for step, days in planned:
            world.do(step, days)
        failing = first_failing(world, today, walked)
        for code, judged in world.answers(today).items():
            if judged.outcome.verdict is Verdict.PASS:
                lapses = judged.outcome.lapses
                if lapses is not None and lapses > today + walked * DAY:
                    lapses = None
                assert lapses == failing.get(code), code
        transaction.set_rollback(True)


@ALL
@given(
    lived=st.lists(
        st.tuples(st.integers(0, 6), st.sampled_from(NAMES), st.integers(0, 20)),
        min_size=2,
        max_size=8,
    )
)
@example(lived=[(0, "leaves", 3), (2, "meets", 0), (1, "plan", 4), (3, "closes", 0)])
@example(lived=[(1, "closes", 9), (4, "leaves", 0), (3, "rests", 2), (2, "share", 1)])
@example(lived=[(0, "hears", 0), (5, "disposition", 1), (4, "answers", 0), (3, "talks", 0)])
@example(lived=[(0, "writes", 0), (1, "agrees", 0), (2, "agrees", 0), (2, "rates", 0)])
@example(lived=[(0, "offer_days", 1), (7, "plan", 0), (1, "joins", 0)])
@example(lived=[(0, "meets", 0), (1, "surveys", 0), (6, "chooses", 0), (1, "closes_surveys", 0)])
@example(
    lived=[
        (0, "plan", 0),
        (0, "meets", 0),
        (1, "chooses", 0),
        (2, "approves", 0),
        (3, "pays", 0),
        (2, "reverses", 0),
        (1, "quits", 2),
    ]
)
def test_no_fact_that_comes_later_changes_what_a_day_was_told(
    world: World, clock: time_machine.Traveller, lived: list[tuple[int, str, int]]
) -> None:
    begun = timezone.now()
    told: dict[date, Answers] = {}
    with transaction.atomic():
        for waited, step, days in lived:
            for _ in range(waited):
                told[world.agency.today()] = world.answers(world.agency.today())
                clock.shift(DAY)
            world.do(step, days)
        for day, answers in told.items():
            now = world.answers(day)
            assert {
                code: (answers[code], now[code]) for code in now if answers[code] != now[code]
            } == {}
        transaction.set_rollback(True)
    clock.move_to(begun, tick=False)
