"""The night judges many agencies together as each alone; none stands in another's way."""

import threading
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle
from typing import Any

import pytest
import time_machine
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import enter_member, found_agency
from accounts.models import Member, StandingKind, User
from accounts.permissions import Role
from devtools.agreed import agree
from foundation import tenancy
from foundation.models import Agency
from indicators import actions, tasks
from indicators.cards import Seen, kept, seen_in
from indicators.engine import evaluate
from indicators.history import covered
from indicators.models import IndicatorSnapshot, StaleMark
from indicators.results import packed
from tests.indicators.worlds import LIFE, Team, World

MANY = 30
ZONES = cycle(("America/New_York", "America/Chicago", "Pacific/Honolulu"))
# In each of these, something else of a life has happened.
LIVES = (
    ("plan", "joins", "meets", "chooses", "approves"),
    ("talks", "hears"),
    ("writes", "agrees", "agrees", "rates"),
    ("meets", "surveys", "closes_surveys", "leaves"),
    ("share", "pooled", "quits"),
    LIFE,
)


def founded(number: int) -> Member:
    """An agency's administrator."""
    _agency, member = found_agency(
        slug=f"night-{number}",
        name=f"Night {number}",
        timezone=next(ZONES),
        administrator="Ada Flores",
        email=f"ada@night-{number}.example",
        part2=False,
    )
    with tenancy.entering(member.agency):
        return agree(member)


def world_of(administrator: Member) -> World:
    agency, since = administrator.agency, administrator.agency.today() - timedelta(days=400)

    def enter(name: str, *standings: StandingKind, roles: tuple[Role, ...] = ()) -> Member:
        user = User.objects.create(email=f"{name.lower()}@{agency.slug}.example")
        return enter_member(
            by=administrator,
            name=f"{name} Example",
            display_name=name,
            since=since,
            standings=standings,
            roles=roles,
            user=user,
        )

    consumers = [enter(f"Consumer{n}", StandingKind.PRIMARY_CONSUMER) for n in range(2)]
    providers = [enter(f"Provider{n}", StandingKind.PROVIDER) for n in range(2)]
    further = enter("Consumer3", StandingKind.PRIMARY_CONSUMER)
    team = Team(
        administrator,
        enter("Facilitator", StandingKind.PROVIDER, roles=(Role.FACILITATOR,)),
        enter("Approver", StandingKind.MANAGER, roles=(Role.APPROVER,)),
        enter("Payer", StandingKind.MANAGER, roles=(Role.PAYER,)),
    )
    return World(agency, team, [*consumers, *providers, further])


@pytest.fixture
def agencies(db: None) -> list[Agency]:
    """Many agencies, some with a life of their own; nobody's indicators were judged yet."""
    administrators = [founded(number) for number in range(MANY)]
    for administrator, steps in zip(administrators, LIVES, strict=False):
        with tenancy.entering(administrator.agency):
            world = world_of(administrator)
            for number, step in enumerate(steps):
                world.do(step, number)
    return [each.agency for each in administrators]


@pytest.fixture
def few(db: None) -> list[Agency]:
    return [founded(number).agency for number in range(4)]


def said(seen: Seen) -> tuple[object, ...]:
    value = None if seen.value is None else round(Decimal(seen.value), 2)
    return seen.day, seen.status, value, seen.goal, [packed(each) for each in seen.judged]


def shown(agency: Agency) -> dict[str, tuple[object, ...]]:
    with tenancy.entering(agency):
        rows = IndicatorSnapshot.objects.within(agency).newest()
        return {each.indicator.code: said(each) for each in kept(rows, covered(agency))}


def alone(agency: Agency) -> dict[str, tuple[object, ...]]:
    """The results of one agency behind its own walls, from nothing."""
    with tenancy.entering(agency):
        results = evaluate([agency.pk], agency.today())[agency.pk]
    return {code: said(seen_in(result)) for code, result in results.items()}


def asked(agencies: Sequence[Agency]) -> int:
    """The queries for judging them together."""
    keys, today = [agency.pk for agency in agencies], agencies[0].today()
    with tenancy.across(), CaptureQueriesContext(connection) as queries:
        evaluate(keys, today)
    return len(queries)


def mark(agency: Agency, *codes: str) -> None:
    with tenancy.entering(agency):
        for code in codes:
            StaleMark.objects.within(agency).create(indicator=code)


def marks(agency: Agency) -> int:
    with tenancy.entering(agency):
        return StaleMark.objects.within(agency).count()


def test_the_night_in_batches_says_of_each_agency_what_it_says_of_it_alone(
    agencies: list[Agency], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "BATCH", 16)
    with tenancy.entering(None), time_machine.travel(timezone.now(), tick=False) as clock:
        tasks.sweep()
        assert tasks.due() == []
        found = [shown(agency) for agency in agencies]
        assert found == [alone(agency) for agency in agencies]
        assert len({str([each[1] for each in results.values()]) for results in found}) > 3
        clock.shift(timedelta(days=9))
        for agency, codes in zip(agencies, cycle([("dialogues",), (), ("", "mission")])):
            mark(agency, *codes)
        tasks.sweep()
        assert [shown(agency) for agency in agencies] == [alone(agency) for agency in agencies]
        assert tasks.due() == []
        # However many they are, they are asked about as often.
        assert asked(agencies) == asked(agencies[: len(LIVES) + 1])


def test_marks_of_many_agencies_have_only_what_they_name_worked_out(
    few: list[Agency], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[tuple[int, ...], tuple[str, ...]]] = []

    def seen(keys: Sequence[int], on: date, *, indicators: Sequence[Any]) -> Any:
        asked.append((tuple(keys), tuple(each.code for each in indicators)))
        return evaluate(keys, on, indicators=indicators)

    with tenancy.entering(None), time_machine.travel(timezone.now(), tick=False):
        tasks.sweep()
        monkeypatch.setattr(actions, "evaluate", seen)
        one, two, three, _four = few
        same = [each for each in (one, two, three) if each.today() == one.today()]
        for agency in (one, two, three):
            mark(agency, "dialogues", "mission")
        tasks.sweep()
    assert (tuple(each.pk for each in same), ("mission", "dialogues")) in asked
    assert {codes for _keys, codes in asked} == {("mission", "dialogues")}
    assert [marks(agency) for agency in few] == [0, 0, 0, 0]


def test_a_broken_agency_is_told_and_stops_no_other(
    few: list[Agency], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = few[2].pk

    def breaks(keys: Sequence[int], *args: Any, **kwargs: Any) -> Any:
        if broken in keys:
            raise ZeroDivisionError
        return evaluate(keys, *args, **kwargs)

    monkeypatch.setattr(actions, "evaluate", breaks)
    with tenancy.entering(None):
        tasks.sweep()
        assert tasks.due() == [broken]
    assert f"agency {broken} broke" in caplog.text
    assert [bool(shown(agency)) for agency in few] == [True, True, False, True]


def test_an_agency_whose_results_can_not_be_written_stops_no_other(
    few: list[Agency], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    write = actions._write

    def refused(work: Any) -> None:
        write(work)
        if work.agency == few[1]:
            raise ZeroDivisionError

    monkeypatch.setattr(actions, "_write", refused)
    with tenancy.entering(None):
        assert actions.catch_up_many(few) == {few[1].pk}
        assert tasks.due() == [few[1].pk]
    assert f"agency {few[1].pk} were not recomputed" in caplog.text
    assert [bool(shown(agency)) for agency in few] == [True, False, True, True]


def test_a_mark_made_while_a_batch_is_at_work_is_worked_out_in_the_next_round(
    few: list[Agency], monkeypatch: pytest.MonkeyPatch
) -> None:
    write, rounds = actions._write, list[set[int]]()

    def meanwhile(work: Any) -> None:
        if not any(few[3].pk in each for each in rounds):
            mark(few[3], "dialogues")
        rounds.append({work.agency.pk})
        write(work)
        assert marks(few[3]) or len(rounds) > len(few)

    monkeypatch.setattr(actions, "_write", meanwhile)
    with tenancy.entering(None):
        assert actions.catch_up_many(few) == set()
        assert tasks.due() == []
    assert [each for each in rounds if few[3].pk in each] == [{few[3].pk}] * 2


def test_the_night_writes_behind_each_agency_s_walls(
    few: list[Agency], monkeypatch: pytest.MonkeyPatch
) -> None:
    entered: list[tuple[int | None, int]] = []
    write = actions._write

    def looking(work: Any) -> None:
        entered.append((tenancy.entered(), work.agency.pk))
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, current_setting('cqi.agency')")
            assert cursor.fetchone() == ("cqi_app", str(work.agency.pk))
        write(work)

    monkeypatch.setattr(actions, "_write", looking)
    with tenancy.entering(None):
        actions.catch_up_many(few)
    assert entered == [(agency.pk, agency.pk) for agency in few]


@pytest.mark.django_db(transaction=True)
def test_an_agency_at_which_another_process_is_waits_for_it_and_the_others_do_not() -> None:
    one, two = founded(1).agency, founded(2).agency
    for agency in (one, two):
        mark(agency, "")
    began, finish = threading.Event(), threading.Event()

    def at_work() -> None:
        try:
            with transaction.atomic():
                assert actions._locked([one]) == [one]
                began.set()
                assert finish.wait(20)
        finally:
            connections.close_all()

    other = threading.Thread(target=at_work)
    other.start()
    assert began.wait(20)
    with tenancy.entering(None):
        assert actions.catch_up_many([one, two]) == set()
        assert tasks.due() == [one.pk]
        finish.set()
        other.join(20)
        actions.catch_up_many([one, two])
        assert tasks.due() == []
