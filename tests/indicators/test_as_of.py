"""No fact that comes later changes what a day was told; every end that is known is foreseen."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.models import Member, StandingKind
from compensation.actions import adopt, draft, elect
from devtools.seating import seat
from foundation.models import Agency
from foundation.refusals import Refused
from groups.actions import (
    change_cqi,
    close_group,
    end_seat,
    hold,
    open_group,
    plan_meeting,
    record_attendance,
)
from groups.models import Group, GroupKind, Office, Seat
from indicators.actions import change_policy
from indicators.engine import evaluate
from indicators.registry import Verdict
from indicators.results import Judged

DAY = timedelta(days=1)
NAMES = (
    "plan",
    "leaves",
    "joins",
    "meets",
    "share",
    "pooled",
    "meeting_days",
    "offer_days",
    "fails_after",
    "closes",
    "rests",
    "chooses",
)
Answers = dict[tuple[str, str], Judged]
ALL = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class World:
    """An agency in which something of each kind can end."""

    def __init__(self, agency: Agency, by: Member, people: list[Member]) -> None:
        self.agency, self.by, self.people = agency, by, people
        today = agency.today()
        self.council = self._group(GroupKind.COUNCIL, "Council", today)
        self.committee = self._group(GroupKind.COMMITTEE, "Committee", today)
        for number, member in enumerate(people[:4]):
            seat(self.council, member, since=today, by=by)
            office = Office.CHAIR if number == 0 else Office.NONE
            if number < 3:
                seat(self.committee, member, office=office, since=today, by=by)
        self.plan(0)

    def _group(self, kind: GroupKind, name: str, on: date) -> Group:
        return open_group(self.agency, kind=kind, name=name, by=self.by, on=on)

    def plan(self, days: int) -> None:
        version = draft(
            text="We pay.", hourly_rate=Decimal(20), daily_cap=None, due_days=14, by=self.by
        )
        adopt(version, on=self.agency.today() + days * DAY, by=self.by)

    def leaves(self, days: int) -> None:
        """The next seat of a consumer ends on a day that is planned."""
        seats = Seat.objects.within(self.agency).filter(until=None).of_consumers().order_by("pk")
        for held in seats.select_related("group", "member__user")[:1]:
            held.member.agency = self.agency
            end_seat(held, on=self.agency.today() + days * DAY, by=held.member)

    def joins(self, days: int) -> None:
        seat(self.council, self.people[4], since=self.agency.today() + days * DAY, by=self.by)

    def meets(self, days: int) -> None:
        meeting = plan_meeting(self.committee, starts_at=timezone.now(), by=self.by)
        hold(meeting, by=self.by)
        present = dict.fromkeys(self.people[:3], Decimal(1))
        record_attendance(meeting, present=present, by=self.by)

    def sets(self, code: str, value: int | str) -> Callable[[int], None]:
        def change(days: int) -> None:
            since = self.agency.today() + days * DAY
            change_policy(code, value=value, since=since, reason="We said so.", by=self.by)

        return change

    def closes(self, days: int) -> None:
        close_group(self.council, on=self.agency.today() + days * DAY, by=self.by)

    def rests(self, days: int) -> None:
        since = self.agency.today() + days * DAY
        change_cqi(self.council, takes_part=False, since=since, reason="So it is.", by=self.by)

    def chooses(self, days: int) -> None:
        elect(self.people[0], choice="accept", on=self.agency.today())

    @property
    def steps(self) -> dict[str, Callable[[int], None]]:
        return {
            "plan": self.plan,
            "leaves": self.leaves,
            "joins": self.joins,
            "meets": self.meets,
            "share": self.sets("membership.share", 50),
            "pooled": self.sets("membership.basis", "pooled"),
            "meeting_days": self.sets("oversight.meeting_days", 20),
            "offer_days": self.sets("compensation.offer_days", 3),
            "fails_after": self.sets("compensation.fails_after", 9),
            "closes": self.closes,
            "rests": self.rests,
            "chooses": self.chooses,
        }

    def do(self, step: str, days: int) -> None:
        try:
            with transaction.atomic():
                self.steps[step](days)
        except (Refused, ValidationError):
            return

    def answers(self, on: date) -> Answers:
        found = evaluate([self.agency.pk], on)[self.agency.pk]
        return {(code, each.code): each for code, result in found.items() for each in result.judged}


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


@pytest.fixture
def world(
    clock: time_machine.Traveller,
    agency: Agency,
    administrator: Member,
    enter: Callable[..., Member],
) -> World:
    consumers = [enter(f"Consumer {n}", StandingKind.PRIMARY_CONSUMER) for n in range(2)]
    providers = [enter(f"Provider {n}", StandingKind.PROVIDER) for n in range(2)]
    further = enter("Consumer 3", StandingKind.PRIMARY_CONSUMER)
    return World(agency, administrator, [*consumers, *providers, further])


def first_failing(world: World, today: date, days: int) -> dict[tuple[str, str], date]:
    """By a plain walk, day by day, with nothing new."""
    found: dict[tuple[str, str], date] = {}
    for ahead in range(1, days + 1):
        for code, judged in world.answers(today + ahead * DAY).items():
            if judged.outcome.verdict is Verdict.FAIL:
                found.setdefault(code, today + ahead * DAY)
    return found


@ALL
@given(
    planned=st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 24)), min_size=1, max_size=6)
)
@example(planned=[("leaves", 3)])
@example(planned=[("meets", 0), ("chooses", 0), ("meeting_days", 5)])
@example(planned=[("meets", 0), ("plan", 7), ("joins", 4), ("offer_days", 6), ("share", 9)])
@example(planned=[("leaves", 9), ("pooled", 4), ("closes", 12), ("fails_after", 2)])
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
