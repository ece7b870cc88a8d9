import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, connections, transaction

from accounts.models import Member, StandingKind
from foundation import events, tenancy
from foundation.models import Agency
from indicators import actions, engine, promptly, tasks
from indicators.models import IndicatorSnapshot, IndicatorStatus, Recomputation, StaleMark
from tests.conftest import Enter
from tests.indicators.conftest import Trial


def marks(agency: Agency) -> int:
    return StaleMark.objects.within(agency).count()


def snapshots(agency: Agency, code: str = "dialogues") -> list[IndicatorSnapshot]:
    rows = IndicatorSnapshot.objects.within(agency).filter(indicator=code)
    return list(rows.order_by("pk"))


def test_every_event_marks_its_agency_in_the_same_transaction(
    agency: Agency, administrator: Member
) -> None:
    before = marks(agency)
    with transaction.atomic():
        events.record("anything.happened", administrator, by=administrator)
        assert marks(agency) == before + 1
        transaction.set_rollback(True)
    assert marks(agency) == before


def test_recomputing_keeps_a_snapshot_of_each_and_clears_the_marks(
    trial: Trial, agency: Agency
) -> None:
    trial.held.days = [agency.today()]
    assert actions.catch_up(agency) == 1
    assert marks(agency) == 0
    kept = {row.indicator: row for row in IndicatorSnapshot.objects.within(agency).newest()}
    assert kept["dialogues"].status == IndicatorStatus.MET
    assert kept["dialogues"].settings == {"dialogues.days": 45}
    assert kept["membership"].status == IndicatorStatus.NO_DATA


def test_nothing_due_means_nothing_done(trial: Trial, agency: Agency) -> None:
    actions.catch_up(agency)
    asked = trial.share.asked
    assert actions.catch_up(agency) == 0
    assert trial.share.asked == asked


def test_the_same_result_on_the_same_day_is_kept_once(
    trial: Trial, agency: Agency, administrator: Member
) -> None:
    trial.held.days = [agency.today()]
    actions.catch_up(agency)
    events.record("anything.happened", administrator, by=administrator)
    assert actions.catch_up(agency) == 1
    assert len(snapshots(agency)) == 1


def test_another_result_is_appended_and_says_since_when(
    trial: Trial, agency: Agency, administrator: Member
) -> None:
    trial.share.shares = {agency.today(): 19}
    actions.catch_up(agency)
    trial.share.shares = {agency.today(): 20}
    events.record("anything.happened", administrator, by=administrator)
    actions.catch_up(agency)
    assert [row.status for row in snapshots(agency, "membership")] == ["not_met", "met"]


def test_a_status_remembers_the_day_it_began(trial: Trial, agency: Agency) -> None:
    with time_machine.travel(datetime(2026, 3, 1, 18, tzinfo=UTC), tick=False) as clock:
        trial.held.days = [agency.today()]
        for days in (0, 10, 20, 16):
            clock.shift(timedelta(days=days))
            actions.catch_up(agency)
    found = [(str(row.day), row.status, str(row.status_since)) for row in snapshots(agency)]
    assert found == [
        ("2026-03-01", "met", "2026-03-01"),
        ("2026-03-31", "met", "2026-03-01"),
        ("2026-04-16", "not_met", "2026-04-16"),
    ]


@pytest.mark.promise("snapshots")
def test_a_snapshot_is_never_changed_or_deleted(trial: Trial, agency: Agency) -> None:
    actions.catch_up(agency)
    row = snapshots(agency)[0]
    for change in (lambda: row.delete(), lambda: row.save(update_fields=["status"])):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            change()


def test_a_mark_that_arrives_during_a_recomputation_survives_it(
    trial: Trial, agency: Agency, administrator: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = engine.evaluate
    rounds: list[int] = []

    def meanwhile(*args: object, **kwargs: object) -> object:
        found = looked(*args, **kwargs)  # type: ignore[arg-type]
        if not rounds:
            events.record("anything.happened", administrator, by=administrator)
        rounds.append(marks(agency))
        return found

    monkeypatch.setattr(actions, "evaluate", meanwhile)
    assert actions.catch_up(agency) == 2
    assert len(rounds) == 2
    assert marks(agency) == 0


def test_an_indicator_that_breaks_holds_up_no_other_and_is_tried_again(
    trial: Trial, agency: Agency, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*args: object) -> None:
        raise ZeroDivisionError

    trial.share.shares = {agency.today(): 24}
    with monkeypatch.context() as broken:
        broken.setattr(trial.held, "evaluate", breaks)
        assert actions.catch_up(agency) == 0
    assert "The indicator dialogues" in caplog.text
    assert [row.status for row in snapshots(agency, "membership")] == ["met"]
    assert snapshots(agency) == []
    with tenancy.entering(None):
        assert agency.pk in tasks.due()
    assert actions.catch_up(agency) == 1
    assert [row.status for row in snapshots(agency)] == ["no_data"]


def test_the_task_can_run_twice(trial: Trial, agency: Agency) -> None:
    trial.held.days = [agency.today()]
    tasks.recompute(agency.pk)
    tasks.recompute(agency.pk)
    assert len(snapshots(agency)) == 1
    assert marks(agency) == 0


def test_the_sweep_finds_changes_new_days_and_new_engines(
    trial: Trial,
    agency: Agency,
    other_agency: Agency,
    administrator: Member,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with tenancy.entering(None):
        assert set(tasks.due()) == {agency.pk, other_agency.pk}
        tasks.sweep()
        assert tasks.due() == []
    events.record("anything.happened", administrator, by=administrator)
    with tenancy.entering(None):
        assert tasks.due() == [agency.pk]
        tasks.sweep()
        assert tasks.due() == []
        monkeypatch.setattr(tasks, "ENGINE", engine.ENGINE + 1)
        assert set(tasks.due()) == {agency.pk, other_agency.pk}


def test_each_agency_begins_its_day_at_its_own_midnight(
    trial: Trial, agency: Agency, other_agency: Agency
) -> None:
    # 23:30 on the 1st in New York, 22:30 in Chicago.
    late = datetime(2027, 3, 2, 4, 30, tzinfo=UTC)
    with tenancy.entering(None), time_machine.travel(late, tick=False) as clock:
        tasks.sweep()
        assert tasks.due() == []
        clock.shift(timedelta(hours=1))
        assert tasks.due() == [agency.pk]
        clock.shift(timedelta(hours=1))
        assert set(tasks.due()) == {agency.pk, other_agency.pk}


def test_what_lapses_by_date_is_found_at_the_new_day(trial: Trial, agency: Agency) -> None:
    with time_machine.travel(datetime(2026, 3, 1, 18, tzinfo=UTC), tick=False) as clock:
        trial.held.days = [agency.today() - timedelta(days=45)]
        actions.catch_up(agency)
        clock.shift(timedelta(days=1))
        with tenancy.entering(None):
            tasks.sweep()
    assert [row.status for row in snapshots(agency)] == ["at_risk", "not_met"]


def test_one_row_an_agency_is_all_that_there_is_to_lock(agency: Agency) -> None:
    Recomputation.objects.within(agency).create()
    with pytest.raises(IntegrityError), transaction.atomic():
        Recomputation.objects.within(agency).create()


@contextmanager
def elsewhere(agency: Agency) -> Iterator[None]:
    """Run on another thread's connection, inside the agency."""
    try:
        with tenancy.entering(agency):
            yield
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_two_recomputations_at_once_do_the_work_once(trial: Trial, agency: Agency) -> None:
    began, finish = threading.Event(), threading.Event()
    slow = trial.held.evaluate

    def wait(*args: object) -> object:
        began.set()
        assert finish.wait(20)
        return slow(*args)  # type: ignore[arg-type]

    trial.held.evaluate = wait  # type: ignore[assignment, method-assign]
    rounds: list[int] = []

    def recompute() -> None:
        with elsewhere(agency):
            rounds.append(actions.catch_up(agency))

    StaleMark.objects.within(agency).create()
    first = threading.Thread(target=recompute)
    first.start()
    assert began.wait(20)
    assert actions.catch_up(agency) == 0
    StaleMark.objects.within(agency).create()
    finish.set()
    first.join(20)
    # The first found the mark that arrived meanwhile, although its own task had none left.
    assert rounds == [2]
    assert marks(agency) == 0


@pytest.mark.django_db(transaction=True)
def test_a_mark_that_is_not_yet_committed_survives_a_whole_recomputation(
    trial: Trial, agency: Agency, administrator: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    recomputed, recorded = threading.Event(), threading.Event()
    monkeypatch.setattr(promptly, "ask", lambda agency_id: None)

    def change() -> None:
        with elsewhere(agency), transaction.atomic():
            events.record("anything.happened", administrator, by=administrator)
            recorded.set()
            assert recomputed.wait(20)

    other = threading.Thread(target=change)
    other.start()
    assert recorded.wait(20)
    actions.catch_up(agency)
    assert marks(agency) == 0
    recomputed.set()
    other.join(20)
    assert marks(agency) == 1


@pytest.mark.django_db(transaction=True)
def test_a_change_is_counted_once_it_is_committed(
    trial: Trial, agency: Agency, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(promptly, "_covered_until", {})
    enter("Nadia", StandingKind.PROVIDER)
    assert marks(agency) == 0
    assert snapshots(agency)


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_does_not_answer_holds_up_nothing(
    trial: Trial, agency: Agency, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def refuse(*args: object, **kwargs: object) -> None:
        asked.append(args)
        raise OSError("connection refused")

    monkeypatch.setattr(tasks.recompute, "apply_async", refuse)
    monkeypatch.setattr(promptly, "_broker_rests_until", 0.0)
    monkeypatch.setattr(promptly, "_covered_until", {})
    for name in ("Nadia", "Noor", "Nell"):
        enter(name, StandingKind.PROVIDER)
    assert len(asked) == 1
    assert marks(agency) >= 3
    tasks.recompute(agency.pk)
    assert marks(agency) == 0


@pytest.mark.django_db(transaction=True)
def test_a_burst_of_changes_asks_once(
    trial: Trial, agency: Agency, administrator: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(tasks.recompute, "apply_async", lambda *a, **k: asked.append(k))
    monkeypatch.setattr(promptly, "_covered_until", {})
    monkeypatch.setattr(promptly, "_broker_rests_until", 0.0)
    with transaction.atomic():
        for _ in range(50):
            events.record("anything.happened", administrator, by=administrator)
    assert len(asked) == 1
    assert asked[0]["countdown"] > promptly.RELIED_ON


def test_a_recomputation_asks_no_more_for_many_agencies(
    trial: Trial, agency: Agency, other_agency: Agency
) -> None:
    def asked(agencies: list[int]) -> int:
        before = len(connection.queries_log)
        connection.force_debug_cursor = True
        try:
            engine.evaluate(agencies, agency.today())
        finally:
            connection.force_debug_cursor = False
        return len(connection.queries_log) - before

    assert asked([agency.pk]) == asked([agency.pk, other_agency.pk])
