"""The schedule takes rows out of use on their day, never under a hold, and can be undone."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils.timezone import now
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.actions import erase
from accounts.models import Member
from foundation import out_of_use
from foundation.models import Agency, Event
from foundation.refusals import Refused
from groups.models import Group
from notifications.models import Message
from oversight.models import Review
from privacy.holds import actions as holds
from privacy.retention import actions, tasks
from privacy.retention.models import ArchivedRow, RetentionRun, RetentionTurn
from privacy.retention.reading import due
from tests.accounts.test_at_once import at_once
from tests.owner import owner
from tests.privacy.conftest import SetHold
from tests.privacy.rows_over import A_DAY, MAKERS, Rows, stored

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=31)
PLACES = [each.place for each in out_of_use.wanted()]


def is_there(row: Message | Event) -> bool:
    return type(row).objects.within(row.agency).filter(pk=row.pk).exists()


def test_every_table_that_goes_is_tried_here() -> None:
    assert {each.place for each in out_of_use.wanted() if each.parent is None} == set(MAKERS)


@pytest.mark.parametrize("place", MAKERS)
def test_a_row_goes_on_the_day_its_time_is_over_and_comes_back_as_it_was(
    place: str, rows: Rows, on: RetentionTurn, administrator: Member
) -> None:
    code, make = MAKERS[place]
    agency, last = rows.agency, rows.over(code)
    old = make(rows, last)
    young = make(rows, last + A_DAY)
    if place == "indicators_indicatorsnapshot":
        # The last one still tells what was so on that day.
        last_known = rows.result(last)
    before = stored(*PLACES)
    assert actions.take(agency, code) >= 1
    there = set(type(old).objects.within(agency).values_list("pk", flat=True))
    assert old.pk not in there
    assert young.pk in there
    if place == "indicators_indicatorsnapshot":
        assert last_known.pk in there
    run = RetentionRun.objects.within(agency).get(code=code)
    assert (run.day, run.destroy_on) == (agency.today(), agency.today() + timedelta(days=30))
    actions.undo(run, by=administrator)
    actions.restore(agency, run.pk)
    after = stored(*PLACES)
    known = {text for each in before.values() for text in each}
    # What was done meanwhile is recorded beside it.
    assert {text for each in after.values() for text in each} >= known
    if place != "foundation_event":
        assert after[place] == before[place]
    run.refresh_from_db()
    assert run.restored_on == agency.today()
    assert not ArchivedRow.objects.within(agency).exists()


def test_a_draft_goes_and_comes_back_with_what_stays_within_it(
    rows: Rows, on: RetentionTurn, administrator: Member
) -> None:
    rows.file(rows.over("imports"))
    before = stored("measures_importdraft", "measures_importprogress")
    assert actions.take(rows.agency, "imports") == 1
    places = ArchivedRow.objects.within(rows.agency).values_list("place", flat=True)
    assert set(places) == set(before)
    assert stored(*before) == {key: [] for key in before}
    run = actions.undo(RetentionRun.objects.within(rows.agency).get(), by=administrator)
    actions.restore(rows.agency, run.pk)
    assert stored(*before) == before


@pytest.mark.promise("snapshots")
def test_a_frozen_snapshot_of_a_review_stays(rows: Rows, on: RetentionTurn, agency: Agency) -> None:
    listed = {each.place: each for each in out_of_use.wanted()}["indicators_frozensnapshot"]
    assert f"public.{Review._meta.db_table} r" in listed.unless


def test_nothing_goes_before_somebody_has_turned_the_schedule_on(
    rows: Rows, agency: Agency, administrator: Member
) -> None:
    old = rows.message(rows.over("messages"))
    tasks.sweep_schedules()
    tasks.keep_schedule(agency.pk)
    assert actions.take(agency, "messages") == 0
    assert is_there(old)
    actions.turn(on=True, by=administrator)
    tasks.sweep_schedules()
    assert not is_there(old)


@pytest.mark.parametrize("make", ["message", "event"])
@pytest.mark.parametrize("scope", ["person", "group", "period"])
def test_a_hold_keeps_what_it_covers_and_says_so(
    make: str,
    scope: str,
    rows: Rows,
    on: RetentionTurn,
    set_hold: SetHold,
    administrator: Member,
    second_consumer: Member,
) -> None:
    code = {"message": "messages", "event": "logs"}[make]
    last = rows.over(code)
    group = {"subject_type": "group", "subject_id": rows.group.pk}
    held = getattr(rows, make)(last, **group)
    other = {"member": {"subject_type": "member", "subject_id": second_consumer.pk}}["member"]
    who = {"message": "member", "event": "actor"}[make]
    free = getattr(rows, make)(last - 9 * A_DAY, **{**other, who: second_consumer})
    scopes: dict[str, dict[str, Any]] = {
        "person": {},
        "group": {"member": None, "group": rows.group},
        "period": {"member": None, "first": last - A_DAY, "last": last},
    }
    hold = set_hold(scope=scope, **scopes[scope])
    (line,) = [each for each in due(rows.agency.today()) if each.count or each.kept_back]
    assert (line.count, line.first, line.kept_back) == (1, last - 9 * A_DAY, 1)
    assert getattr(line, f"of_{scope}") == 1
    assert actions.take(rows.agency, code) == 1
    assert is_there(held)
    assert not is_there(free)
    holds.end(hold, reason="It was dropped", by=administrator)
    assert actions.take(rows.agency, code) == 1
    assert not is_there(held)


def test_of_a_subject_that_is_gone_nobody_can_say_whom_a_hold_covers(
    rows: Rows, on: RetentionTurn, set_hold: SetHold, second_consumer: Member
) -> None:
    gone = {"subject_type": "data_copy", "subject_id": 99, "member": second_consumer}
    message = rows.message(rows.over("messages"), **gone)
    set_hold()
    assert actions.take(rows.agency, "messages") == 0
    assert is_there(message)


def test_it_goes_in_chunks_and_goes_on_where_it_stopped(
    rows: Rows, on: RetentionTurn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "CHUNK", 2)
    last = rows.over("messages")
    for _number in range(5):
        rows.message(last)
    chunks = actions._chunks(rows.agency, "messages", "notifications_message")
    assert next(chunks) == 2
    # Its worker died here; another one goes on.
    assert actions.take(rows.agency, "messages") == 3
    assert actions.take(rows.agency, "messages") == 0
    run = RetentionRun.objects.within(rows.agency).get()
    assert run.taken == ArchivedRow.objects.within(rows.agency).count() == 5


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_take_each_row_once(
    agency: Agency, consumer: Member, administrator: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "CHUNK", 3)
    actions.turn(on=True, by=administrator)
    at = now() - timedelta(days=800)
    told = {"member": consumer, "code": "data_copy.ready", "subject_type": "member"}
    for _number in range(10):
        Message.objects.within(agency).create(**told, subject_id=consumer.pk, at=at)
    outcomes = at_once(agency, *[lambda: actions.take(agency, "messages")] * 2)
    assert sum(int(str(each)) for each in outcomes) == 10
    assert not Message.objects.within(agency).filter(at=at).exists()
    run = RetentionRun.objects.within(agency).get()
    assert run.taken == ArchivedRow.objects.within(agency).count() == 10
    actions.undo(run, by=administrator)
    at_once(agency, *[lambda: actions.restore(agency, run.pk)] * 2)
    assert Message.objects.within(agency).filter(at=at).count() == 10


def taken_a_month_ago(rows: Rows, **other: object) -> RetentionRun:
    """A run of thirty days ago, which took one message."""
    # At noon, since clocks may have changed since.
    day = rows.agency.today() - timedelta(days=30)
    then = datetime.combine(day, time(12), tzinfo=rows.agency.zone)
    with time_machine.travel(then, tick=False):
        rows.message(rows.over("messages"), **other)
        assert actions.take(rows.agency, "messages") == 1
    return RetentionRun.objects.within(rows.agency).get()


def test_after_thirty_days_it_is_destroyed_and_no_longer_undone(
    rows: Rows, on: RetentionTurn, administrator: Member
) -> None:
    run = taken_a_month_ago(rows)
    with time_machine.travel(now() - A_DAY, tick=False):
        assert actions.destroy(rows.agency, run.pk) == 0
    tasks.keep_schedule(rows.agency.pk)
    run.refresh_from_db()
    assert run.destroyed_on == rows.agency.today()
    assert not ArchivedRow.objects.within(rows.agency).exists()
    with pytest.raises(Refused):
        actions.undo(run, by=administrator)


def test_on_the_last_day_it_can_still_be_undone(
    rows: Rows, on: RetentionTurn, administrator: Member
) -> None:
    run = taken_a_month_ago(rows)
    with time_machine.travel(now() - A_DAY, tick=False):
        actions.undo(run, by=administrator)
    tasks.keep_schedule(rows.agency.pk)
    assert Message.objects.within(rows.agency).exists()
    # It is paused, so nothing takes them again.
    assert actions.take(rows.agency, "messages") == 0


def test_a_hold_keeps_what_is_archived_from_being_destroyed(
    rows: Rows, on: RetentionTurn, set_hold: SetHold, administrator: Member
) -> None:
    run = taken_a_month_ago(rows)
    hold = set_hold()
    assert actions.destroy(rows.agency, run.pk) == 0
    run.refresh_from_db()
    assert run.destroyed_on is None
    (_pk,) = ArchivedRow.objects.within(rows.agency).values_list("pk", flat=True)
    holds.end(hold, reason="It was dropped", by=administrator)
    assert actions.destroy(rows.agency, run.pk) == 1


@pytest.mark.django_db(transaction=True)
def test_even_the_owner_deletes_nothing_archived_under_a_hold(
    agency: Agency, consumer: Member, council: Group, administrator: Member, set_hold: SetHold
) -> None:
    rows = Rows(agency, consumer, council)
    actions.turn(on=True, by=administrator)
    rows.message(rows.over("messages"))
    actions.take(agency, "messages")
    hold = set_hold()
    with owner() as raw, pytest.raises(Exception, match="a legal hold keeps this"):
        raw.execute("DELETE FROM privacy_archivedrow")
    with owner() as raw, pytest.raises(Exception, match="does not change"):
        raw.execute("UPDATE privacy_archivedrow SET destroy_on = destroy_on - 30")
    holds.end(hold, reason="It was dropped", by=administrator)
    with owner() as raw, raw.transaction(force_rollback=True):
        assert raw.execute("DELETE FROM privacy_archivedrow").rowcount == 1


@pytest.mark.promise("erasing")
def test_what_is_archived_is_erased_with_the_person(
    rows: Rows, on: RetentionTurn, administrator: Member, second_consumer: Member
) -> None:
    last = rows.over("messages")
    about = {"subject_type": "member", "subject_id": second_consumer.pk}
    rows.message(last)
    rows.message(last, member=second_consumer, title="Rosa Example spoke", **about)
    rows.message(last, member=second_consumer, **about)
    assert actions.take(rows.agency, "messages") == 3
    erase(rows.person, by=administrator)
    (left,) = ArchivedRow.objects.within(rows.agency).values_list("people", flat=True)
    assert left == [second_consumer.pk, second_consumer.pk]


ACTS = st.lists(
    st.tuples(st.sampled_from(["message", "event", "looked"]), st.integers(-3, 3), st.booleans()),
    max_size=8,
)


@settings(max_examples=8)
@given(acts=ACTS, held=st.sampled_from(["", "person", "group", "period"]), first=st.integers(-3, 3))
def test_after_a_run_nothing_over_is_left_but_what_is_held_and_nothing_else_is_gone(
    acts: list[tuple[str, int, bool]],
    held: str,
    first: int,
    rows: Rows,
    on: RetentionTurn,
    set_hold: SetHold,
    second_consumer: Member,
) -> None:
    with transaction.atomic():
        expected = set()
        last_of = {"message": rows.over("messages"), "event": rows.over("logs")}
        last_of["looked"] = last_of["event"]
        begins = last_of["message"] + timedelta(days=first)
        made = []
        for what, shift, theirs in acts:
            other = Rows(rows.agency, second_consumer if theirs else rows.person, rows.group)
            day = last_of[what] + timedelta(days=shift)
            about = {"subject_type": "group", "subject_id": rows.group.pk}
            row = getattr(other, what)(day, **({} if what == "looked" else about))
            made.append(row)
            is_held = {
                "": False,
                "person": not theirs,
                "group": what != "looked",
                "period": begins <= day <= begins + A_DAY,
            }[held]
            if day > last_of[what] or is_held:
                expected.add((type(row), row.pk))
        if held:
            of: dict[str, dict[str, Any]] = {
                "person": {},
                "group": {"member": None, "group": rows.group},
                "period": {"member": None, "first": begins, "last": begins + A_DAY},
            }
            set_hold(scope=held, **of[held])
        tasks.keep_schedule(rows.agency.pk)
        left = {(type(row), row.pk) for row in made if is_there(row)}
        transaction.set_rollback(True)
    assert left == expected
