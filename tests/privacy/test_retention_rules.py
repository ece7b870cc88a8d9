"""Who changes the schedule and how; and what nobody gets past it."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from accounts.models import Member
from foundation import out_of_use, retention, tenancy
from foundation.models import Agency
from foundation.refusals import Refused
from foundation.retention import KeptFor, days, years
from privacy.retention import actions
from privacy.retention.models import RetentionRule, RetentionRun, RetentionTurn
from privacy.retention.reading import class_of
from tests.owner import look, owner
from tests.privacy.rows_over import A_DAY, Rows
from tests.privacy.test_retention import is_there

pytestmark = pytest.mark.django_db


def test_a_longer_time_keeps_and_the_next_change_lets_go(
    rows: Rows, on: RetentionTurn, administrator: Member
) -> None:
    today, found = rows.agency.today(), class_of("messages")
    old = rows.message(rows.over("messages"))
    actions.change(found, kept=years(2), since=today, reason="Audit", by=administrator)
    assert actions.take(rows.agency, "messages") == 0
    # A change of tomorrow does not count today.
    day = today + A_DAY
    actions.change(found, kept=days(30), since=day, reason="Less", by=administrator)
    assert actions.take(rows.agency, "messages") == 0
    assert is_there(old)
    actions.change(found, kept=days(30), since=today, reason="Less", by=administrator)
    assert actions.take(rows.agency, "messages") == 1


def test_a_change_lets_a_paused_class_go_on_and_so_does_resuming(
    rows: Rows, on: RetentionTurn, administrator: Member
) -> None:
    rows.message(rows.over("messages"))
    actions.take(rows.agency, "messages")
    run = actions.undo(RetentionRun.objects.within(rows.agency).get(), by=administrator)
    actions.restore(rows.agency, run.pk)
    assert actions.take(rows.agency, "messages") == 0
    actions.resume(class_of("messages"), by=administrator)
    assert actions.take(rows.agency, "messages") == 1
    with pytest.raises(Refused):
        actions.resume(class_of("messages"), by=administrator)
    again = RetentionRun.objects.within(rows.agency).get(undone_on=None)
    actions.undo(again, by=administrator)
    today = rows.agency.today()
    found = class_of("messages")
    actions.change(found, kept=days(90), since=today, reason="Right", by=administrator)
    actions.restore(rows.agency, again.pk)
    assert actions.take(rows.agency, "messages") == 1


@pytest.mark.parametrize("kept", [KeptFor(months=71), KeptFor(days=6 * 365)])
def test_the_law_s_least_is_kept_unless_the_state_s_rule_is_named(
    kept: KeptFor, administrator: Member, agency: Agency
) -> None:
    today, logs = agency.today(), class_of("logs")
    with pytest.raises(ValidationError) as error:
        actions.change(logs, kept=kept, since=today, reason="Less", by=administrator)
    assert [*error.value.message_dict] == ["number"]
    rule = {"code": "logs", "months": kept.months, "days": kept.days, "reason": "Less"}
    rule |= {"since": today, "by": administrator, "made_on": today}
    with pytest.raises(DatabaseError, match="kept for longer"), transaction.atomic():
        RetentionRule.objects.within(agency).create(**rule)
    cites = "State rule 12-3"
    made = actions.change(
        logs, kept=kept, since=today, reason="Less", cites=cites, by=administrator
    )
    assert made.cites == cites


def test_a_change_says_why_and_is_never_of_a_day_that_is_over(
    administrator: Member, agency: Agency
) -> None:
    found, today = class_of("messages"), agency.today()
    with pytest.raises(ValidationError):
        actions.change(found, kept=days(3), since=today, reason=" ", by=administrator)
    with pytest.raises(ValidationError):
        actions.change(found, kept=days(3), since=today - A_DAY, reason="x", by=administrator)
    with pytest.raises(ValidationError):
        actions.change(found, kept=days(0), since=today, reason="x", by=administrator)
    with pytest.raises(Refused):
        actions.change(
            class_of("sessions"), kept=days(3), since=today, reason="x", by=administrator
        )


@pytest.mark.parametrize("who", ["consumer", "facilitator", "approver", "manager"])
def test_only_administrators_change_turn_on_and_undo(
    who: str, request: pytest.FixtureRequest, rows: Rows, on: RetentionTurn
) -> None:
    by: Member = request.getfixturevalue(who)
    rows.message(rows.over("messages"))
    actions.take(rows.agency, "messages")
    run = RetentionRun.objects.within(rows.agency).get()
    found, today = class_of("messages"), rows.agency.today()
    with pytest.raises(Refused):
        actions.undo(run, by=by)
    with pytest.raises(Refused):
        actions.turn(on=False, by=by)
    with pytest.raises(Refused):
        actions.resume(found, by=by)
    with pytest.raises(Refused):
        actions.change(found, kept=days(1), since=today, reason="x", by=by)


def refused(statement: str, *values: Any) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseError:
        return True
    return False


TAKE = "SELECT * FROM retention_take(%s, %s, 0, 10)"


def test_the_functions_take_only_what_is_over_in_the_agency_entered(
    rows: Rows, administrator: Member, outsider: Member, on: RetentionTurn
) -> None:
    agency, today = rows.agency, rows.agency.today()
    young = rows.message(today)
    runs = RetentionRun.objects.within(agency)
    late = {"code": "messages", "destroy_on": today + 800 * A_DAY}
    future = runs.create(day=today + 400 * A_DAY, **late)
    soon = runs.create(code="messages", day=today - A_DAY, destroy_on=today)
    run = runs.create(day=today, **late)
    assert refused(TAKE, future.pk, "notifications_message")
    assert refused(TAKE, soon.pk, "notifications_message")
    for place in ("foundation_event", "accounts_member", "measures_importprogress"):
        assert refused(TAKE, run.pk, place)
    for agency_entered in (outsider.agency, None):
        with tenancy.entering(agency_entered):
            assert refused(TAKE, run.pk, "notifications_message")
            assert refused("SELECT retention_destroy(%s, %s, 10)", run.pk, today)
            assert refused("SELECT retention_forget(%s, '')", rows.person.pk)
    assert refused("SELECT retention_forget(%s, '')", rows.person.pk)
    assert refused("SELECT retention_restore(%s, 10)", run.pk)
    assert refused("SELECT retention_destroy(%s, %s, 10)", run.pk, today)
    assert refused("SELECT retention_destroy(%s, %s, 10)", run.pk, today + 900 * A_DAY)
    assert not refused(TAKE, run.pk, "notifications_message")
    assert is_there(young)
    actions.turn(on=False, by=administrator)
    assert refused(TAKE, run.pk, "notifications_message")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM foundation_event",
        "DELETE FROM privacy_archivedrow",
        "INSERT INTO privacy_archivedrow (agency_id) VALUES (1)",
        'SELECT "row" FROM privacy_archivedrow',
        "UPDATE privacy_takenplace SET months = 0",
        "DELETE FROM privacy_subject",
        "DELETE FROM privacy_retentionrule",
        "UPDATE privacy_retentionturn SET since = since - 1",
        "DELETE FROM privacy_retentionrun",
    ],
)
def test_the_serving_login_deletes_nothing_itself_and_reads_nothing_archived(
    statement: str, agency: Agency
) -> None:
    assert refused(statement)


def test_every_trigger_that_keeps_rows_lets_the_schedule_through() -> None:
    closed = """
        SELECT c.relname, t.tgname FROM pg_trigger t
        JOIN pg_class c ON c.oid = t.tgrelid
        JOIN privacy_takenplace p ON c.relname = p.place
        WHERE NOT t.tgisinternal AND t.tgconstraint = 0 AND t.tgtype & 8 = 8
            AND t.tgtype & 1 = 1 AND pg_get_triggerdef(t.oid) NOT LIKE '%cqi.erasing%'
    """
    assert look(closed) == []
    with owner() as raw, raw.transaction(force_rollback=True):
        raw.execute(
            "CREATE TRIGGER planted BEFORE DELETE ON notifications_email"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        assert raw.execute(closed.encode()).fetchall() == [("notifications_email", "planted")]


def test_the_lists_are_what_the_register_says() -> None:
    """Migrations write them, so a changed class needs one with `TakenOut` or `Subjects`."""
    listed = look(
        "SELECT place, code, months, days, least_months, least_days, held, key, parent, link,"
        " since, is_moment, people, groups, unless, undo_days FROM privacy_takenplace"
    )
    assert {out_of_use.TakenPlace(*row) for row in listed} == set(out_of_use.wanted())
    rows = look("SELECT code, place, key, people, groups FROM privacy_subject")
    known = {out_of_use.ListedSubject(*row) for row in rows}
    assert set(out_of_use.listed_subjects()) - known == set(), "not in the list"
    assert known - set(out_of_use.listed_subjects()) == set(), "in the list, but said otherwise"


def test_every_class_goes_or_says_why_not() -> None:
    taken = out_of_use.taken_codes()
    for each in retention.schedule():
        if each.usual is not None:
            assert (each.code in taken) + each.whole + bool(each.waits) == 1, each.code


def test_a_dry_run_of_a_command_says_what_would_go(
    rows: Rows, capsys: pytest.CaptureFixture[str]
) -> None:
    old = rows.message(rows.over("messages"))
    call_command("due", rows.agency.slug)
    told = capsys.readouterr().out
    assert "the schedule is off" in told
    assert "Messages: 1" in told
    assert is_there(old)


def test_the_last_day_of_a_span_is_the_same_in_python_and_in_the_database(
    agency: Agency, administrator: Member
) -> None:
    found = class_of("messages")
    for kept in (years(1), KeptFor(months=1), KeptFor(months=6), days(45)):
        actions.change(found, kept=kept, since=agency.today(), reason="x", by=administrator)
        for today in (date(2028, 2, 29), date(2029, 3, 1), date(2029, 3, 31), date(2030, 1, 1)):
            with connection.cursor() as cursor:
                cursor.execute("SELECT retention_last_day(%s, 'messages', %s)", [agency.pk, today])
                (last,) = cursor.fetchone() or (today,)
            assert kept.after(last) <= today < kept.after(last + A_DAY), (kept, today, last)
