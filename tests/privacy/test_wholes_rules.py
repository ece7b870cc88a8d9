"""Who may stop what was announced, and what nobody gets past it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from accounts.models import Audience, Consent, Member, User
from foundation import tenancy, wholes
from foundation.models import Agency
from foundation.refusals import Refused
from notifications.models import Message
from privacy.retention import actions, tasks
from privacy.retention.models import AnnouncedRow, RetentionRun, RetentionTurn
from privacy.retention.reading import class_of, records_from
from tests.conftest import Enter
from tests.owner import look, owner
from tests.privacy.conftest import SetHold
from tests.privacy.rows_over import A_DAY
from tests.privacy.test_retention_rules import refused

pytestmark = pytest.mark.django_db
A_MONTH = timedelta(days=30)
# The superuser, who moves time back, sees only what was committed.
committed = pytest.mark.django_db(transaction=True)


def consent(member: Member, until: date) -> Consent:
    """A consent that was taken back."""
    return Consent.objects.within(member.agency).create(
        member=member, audience=Audience.AGENCY, since=until - A_DAY, until=until
    )


def over(agency: Agency, later: timedelta = A_MONTH) -> date:
    """The last date that is over in 30 days, for what is kept for 6 years."""
    day = agency.today() + later
    while (day.month, day.day) == (2, 29):
        day -= A_DAY
    return day.replace(year=day.year - 6)


def a_month_passes(agency: Agency) -> None:
    """The announcement and the consents were a month earlier."""
    passed = over(agency) - over(agency, timedelta())
    with owner() as raw:
        raw.execute(
            'UPDATE accounts_consent SET since = since - %s, "until" = "until" - %s',
            [passed.days, passed.days],
        )
        raw.execute("UPDATE privacy_announcedrow SET announced_on = announced_on - 30")
        raw.execute(
            "UPDATE privacy_retentionrun SET day = day - 30, destroy_on = destroy_on - 30"
            " WHERE id IN (SELECT run_id FROM privacy_announcedrow)"
        )


def is_there(row: Consent) -> bool:
    return Consent.objects.within(row.agency).filter(pk=row.pk).exists()


@committed
def test_a_row_is_announced_told_and_destroyed_on_its_day(
    on: RetentionTurn, consumer: Member, administrator: Member
) -> None:
    agency = consumer.agency
    old, young = consent(consumer, over(agency)), consent(consumer, over(agency) + A_DAY)
    tasks.keep_schedule(agency.pk)
    run = RetentionRun.objects.within(agency).get()
    assert (run.code, run.taken, run.destroy_on) == (wholes.RUN, 1, agency.today() + A_MONTH)
    assert is_there(old)
    told = Message.objects.within(agency).filter(code="retention.announced")
    assert {each.member_id for each in told} == {administrator.pk}
    tasks.keep_schedule(agency.pk)
    assert is_there(old)
    assert records_from(agency) is None
    a_month_passes(agency)
    tasks.keep_schedule(agency.pk)
    assert not is_there(old)
    assert is_there(young)
    run.refresh_from_db()
    assert run.destroyed_on == agency.today()
    assert records_from(agency) == agency.today().replace(year=agency.today().year - 3) + A_DAY


@committed
def test_with_the_last_membership_the_account_is_closed(
    on: RetentionTurn, enter: Enter, outsider: Member, administrator: Member
) -> None:
    agency = administrator.agency
    gone, elsewhere = enter("Gone"), enter("Elsewhere")
    with tenancy.entering(outsider.agency):
        Member.objects.within(outsider.agency).filter(pk=outsider.pk).update(user=elsewhere.user)
    people = [gone.pk, elsewhere.pk]
    with owner() as raw:
        # They left long ago, and nothing else was kept of them.
        raw.execute("SET LOCAL session_replication_role = replica")
        raw.execute("DELETE FROM accounts_standing")
        raw.execute("DELETE FROM foundation_event")
        raw.execute("DELETE FROM notifications_message")
        raw.execute(
            "UPDATE accounts_member SET since = '2000-01-01', until = '2001-01-01'"
            " WHERE id = ANY(%s)",
            [people],
        )
    assert actions.announce(agency) is not None
    assert set(AnnouncedRow.objects.within(agency).values_list("row", flat=True)) == {
        str(key) for key in people
    }
    a_month_passes(agency)
    tasks.keep_schedule(agency.pk)
    assert not Member.objects.within(agency).filter(pk__in=people).exists()
    closed, open_ = (User.objects.get(pk=each.user_id or 0) for each in (gone, elsewhere))
    assert (closed.email, closed.is_active) == (None, False)
    assert closed.member_name == f"former-{closed.pk}"
    assert open_.is_active
    assert open_.email


@committed
def test_what_is_kept_pauses_all_wholes_until_somebody_lets_them_go_on(
    on: RetentionTurn, consumer: Member, administrator: Member
) -> None:
    agency = consumer.agency
    old = consent(consumer, over(agency))
    run = actions.announce(agency)
    assert run is not None
    actions.undo(run, by=administrator)
    actions.restore(agency, run.pk)
    assert not AnnouncedRow.objects.within(agency).exists()
    assert actions.announce(agency) is None
    with pytest.raises(Refused):
        actions.undo(run, by=administrator)
    actions.resume(class_of("consents"), by=administrator)
    assert actions.announce(agency) is not None
    a_month_passes(agency)
    # Off in the last moment.
    actions.turn(on=False, by=administrator)
    tasks.keep_schedule(agency.pk)
    assert is_there(old)


@committed
@pytest.mark.parametrize("scope", ["person", "period"])
def test_a_hold_that_comes_after_the_announcement_keeps_it(
    scope: str, on: RetentionTurn, consumer: Member, second_consumer: Member, set_hold: SetHold
) -> None:
    agency = consumer.agency
    held, free = (
        consent(consumer, over(agency)),
        consent(second_consumer, over(agency) - 90 * A_DAY),
    )
    assert actions.announce(agency) is not None
    day = over(agency)
    scopes: dict[str, dict[str, Any]] = {
        "person": {},
        "period": {"member": None, "first": day - 40 * A_DAY, "last": day},
    }
    set_hold(scope=scope, **scopes[scope])
    a_month_passes(agency)
    tasks.keep_schedule(agency.pk)
    assert is_there(held)
    assert not is_there(free)


@committed
def test_no_login_announces_or_destroys_before_its_time(
    on: RetentionTurn, consumer: Member, outsider: Member, administrator: Member
) -> None:
    agency, today = consumer.agency, consumer.agency.today()
    old = consent(consumer, over(agency) - 40 * A_DAY)
    runs = RetentionRun.objects.within(agency)
    announce, destroy = "SELECT wholes_announce(%s)", "SELECT wholes_destroy(%s, %s, 10)"
    future = runs.create(code=wholes.RUN, day=today + A_DAY, destroy_on=today + 31 * A_DAY)
    soon = runs.create(code=wholes.RUN, day=today - A_DAY, destroy_on=today)
    other = runs.create(code="logs", day=today, destroy_on=today + A_MONTH)
    for run in (future, soon, other):
        assert refused(announce, run.pk)
    for run in (future, other):
        assert refused(destroy, run.pk, today)
    # Nothing was announced.
    assert not refused(destroy, soon.pk, today)
    # A run of a month ago that was announced only today.
    late = runs.create(code=wholes.RUN, day=today - 31 * A_DAY, destroy_on=today - A_DAY)
    for entered in (outsider.agency, None):
        with tenancy.entering(entered):
            assert refused(announce, late.pk)
    assert not refused(announce, late.pk)
    assert refused(announce, late.pk)
    assert refused(destroy, late.pk, today)
    assert refused(destroy, late.pk, today + 40 * A_DAY)
    assert refused("SELECT wholes_drop(%s)", late.pk)
    assert refused("SELECT wholes_settle(%s, %s)", agency.pk, late.pk)
    assert refused("SELECT * FROM wholes_edges(%s)", agency.pk)
    assert is_there(old)
    a_month_passes(agency)
    with tenancy.entering(outsider.agency):
        assert refused(destroy, late.pk, today)
    actions.turn(on=False, by=administrator)
    assert refused(destroy, late.pk, today)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM privacy_announcedrow",
        "INSERT INTO privacy_announcedrow (agency_id) VALUES (1)",
        "UPDATE privacy_announcedrow SET announced_on = announced_on - 30",
        "UPDATE privacy_wholeplace SET unless = 'false'",
        "DELETE FROM privacy_wholeplace",
    ],
)
def test_the_serving_login_changes_nothing_that_was_announced(
    statement: str, agency: Agency
) -> None:
    assert refused(statement)


def test_every_trigger_that_keeps_rows_lets_destroying_through() -> None:
    closed = """
        SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relname IN (SELECT unnest(ARRAY[place, history]) FROM privacy_wholeplace)
            AND NOT t.tgisinternal AND t.tgtype & 8 = 8 AND t.tgtype & 1 = 1
            AND pg_get_triggerdef(t.oid) NOT LIKE '%cqi.erasing%'
    """
    assert look(closed) == []
    with owner() as raw, raw.transaction(force_rollback=True):
        raw.execute(
            "CREATE TRIGGER planted BEFORE DELETE ON groups_meeting"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        assert raw.execute(closed.encode()).fetchall() == [("groups_meeting", "planted")]


def test_the_list_is_what_the_register_says() -> None:
    """A migration writes it, so a changed class or table needs one with `Wholes`."""
    names = ", ".join(wholes.WholePlace.__dataclass_fields__)
    listed = {wholes.WholePlace(*row) for row in look(f"SELECT {names} FROM privacy_wholeplace")}  # noqa: S608 - names of fields
    assert set(wholes.wanted()) - listed == set(), "not in the list"
    assert listed - set(wholes.wanted()) == set(), "in the list, but said otherwise"


@pytest.mark.parametrize("day", [date(2026, 4, 14), date(2026, 4, 15), date(2028, 2, 29)])
@pytest.mark.parametrize("code", ["pay", "consents", "calls", "invitations"])
def test_the_last_date_that_is_over_is_that_of_the_schedule(
    code: str, day: date, agency: Agency
) -> None:
    found = class_of(code)
    with connection.cursor() as cursor:
        cursor.execute("SELECT wholes_last_day(%s, %s, %s)", [agency.pk, code, day])
        (last,) = cursor.fetchone() or (None,)
    assert isinstance(last, date)
    after = last + A_DAY
    assert (found.over(last) or date.max) <= day < (found.over(after) or date.max)
