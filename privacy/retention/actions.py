"""The only write path for the schedule: its changes, its runs, undoing and destroying."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import BigIntegerField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from accounts.actions import close_accounts
from accounts.models import Member
from foundation import events
from foundation.models import Agency
from foundation.out_of_use import wanted
from foundation.refusals import enforce
from foundation.retention import UNDO, KeptFor, RetentionClass
from foundation.wholes import RUN, turned_by
from notifications.actions import tell
from notifications.of_changes import second_administrator
from privacy.retention import rules
from privacy.retention.models import AnnouncedRow, RetentionRule, RetentionRun, RetentionTurn
from privacy.retention.reading import due_wholes, is_on

# Rows in one transaction.
CHUNK = 500


@transaction.atomic
def change(
    found: RetentionClass, *, kept: KeptFor, since: date, reason: str, by: Member, cites: str = ""
) -> RetentionRule:
    """Keep a class for another time from a day on, today or later.

    A class that an undo has paused goes on with it. ValidationError: no reason, a day that is over,
    or less than the law asks without naming the state's rule.
    """
    enforce(rules.changing(found, by))
    _lock(by.agency)
    today = by.agency.today()
    if since < today:
        raise ValidationError({"since": _("Choose today or a later day.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Write why.")})
    if not (kept.months or kept.days):
        raise ValidationError({"number": _("Enter a number above 0.")})
    if refusal := rules.shortening(found, kept, cites):
        raise ValidationError({"number": f"{refusal.reason} {refusal.instead}"})
    rule = RetentionRule.objects.within(by.agency).create(
        code=found.code,
        months=kept.months,
        days=kept.days,
        cites=cites.strip(),
        reason=reason.strip(),
        since=since,
        by=by,
        made_on=today,
    )
    events.record("retention.changed", rule, by=by, code=found.code)
    if not found.whole and rules.is_paused(found.code, by):
        _turn(found.code, on=True, since=since, by=by)
    other = second_administrator(by.agency, by.pk, None)
    if other is not None:
        tell(other, "retention.changed", subject=rule, title="")
    return rule


@transaction.atomic
def turn(*, on: bool, by: Member) -> RetentionTurn:
    """Turn the whole schedule on or off from today; nothing goes before it is on.

    What was announced when it is turned off is announced anew once it is on again.
    """
    _lock(by.agency)
    today = by.agency.today()
    enforce(rules.turning(on, by, is_on(by.agency, today)))
    if not on:
        announced = RetentionRun.objects.within(by.agency).open().filter(code=RUN, undone_on=None)
        announced.update(undone_on=today, undone_by=by)
    return _turn("", on=on, since=today, by=by)


@transaction.atomic
def resume(found: RetentionClass, *, by: Member) -> RetentionTurn:
    """Let a class go on that was paused when a run of it was undone."""
    _lock(by.agency)
    enforce(rules.resuming(found, by))
    return _turn(turned_by(found), on=True, since=by.agency.today(), by=by)


@transaction.atomic
def undo(run: RetentionRun, *, by: Member) -> RetentionRun:
    """Put back all that a run took out of use, by a job, and pause its class.

    What a run has only announced stays as it is, and all wholes are paused.
    """
    _lock(by.agency)
    run = RetentionRun.objects.within(by.agency).select_for_update().get(pk=run.pk)
    today = by.agency.today()
    enforce(rules.undoing(run, by, today))
    run.undone_on, run.undone_by = today, by
    run.save(update_fields=["undone_on", "undone_by"])
    events.record("retention.undone", run, by=by, code=run.code)
    _turn(run.code, on=False, since=today, by=by)
    return run


def take(agency: Agency, code: str) -> int:
    """Take out of use what is over today of a class, chunk by chunk; return how many rows.

    Each chunk is a transaction of its own. Whoever goes on after a stop, or beside another worker,
    finds the same run, and only rows that are still there.
    """
    return sum(sum(_chunks(agency, code, place)) for place in _places(code))


def _places(code: str) -> list[str]:
    return [each.place for each in wanted() if each.code == code and each.parent is None]


def _chunks(agency: Agency, code: str, place: str) -> Iterator[int]:
    beyond: int | None = 0
    while beyond is not None:
        with transaction.atomic():
            _lock(agency)
            run = _run_of_today(agency, code)
            if run is None:
                return
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT went, reached FROM retention_take(%s, %s, %s, %s)",
                    [run.pk, place, beyond, CHUNK],
                )
                went, beyond = cursor.fetchone() or (0, None)
        yield went


def _run_of_today(agency: Agency, code: str) -> RetentionRun | None:
    """Today's run of a class; None if the class is off by now."""
    today = agency.today()
    if not is_on(agency, today, code):
        return None
    runs = RetentionRun.objects.within(agency)
    run, _made = runs.get_or_create(
        agency=agency,
        code=code,
        day=today,
        undone_on=None,
        defaults={"destroy_on": today + timedelta(days=UNDO.value)},
    )
    return run


def restore(agency: Agency, pk: int) -> int:
    """Put back the rows of an undone run, chunk by chunk; return how many."""
    total = 0
    while True:
        with transaction.atomic():
            _lock(agency)
            runs = RetentionRun.objects.within(agency).to_restore().select_for_update()
            run = runs.filter(pk=pk).first()
            if run is None:
                return total
            back = 0 if run.code == RUN else _restored(run)
            if run.code == RUN:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT wholes_drop(%s)", [run.pk])
            if not back:
                run.restored_on = agency.today()
                run.save(update_fields=["restored_on"])
        total += back


def _restored(run: RetentionRun) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT retention_restore(%s, %s)", [run.pk, CHUNK])
        (back,) = cursor.fetchone() or (0,)
    return int(back)


@transaction.atomic
def announce(agency: Agency) -> RetentionRun | None:
    """Announce what a run will destroy as wholes, once its time to undo is over, by its day then.

    None: nothing is over by then that nothing else needs, another run is under way, or it is off.
    """
    _lock(agency)
    today = agency.today()
    runs = RetentionRun.objects.within(agency)
    day = today + timedelta(days=UNDO.value)
    if not is_on(agency, today, RUN) or runs.open().filter(code=RUN).exists():
        return None
    if not any(each.count for each in due_wholes(day)):
        return None
    before = transaction.savepoint_create()
    run = runs.create(code=RUN, day=today, destroy_on=day)
    with connection.cursor() as cursor:
        cursor.execute("SELECT wholes_announce(%s)", [run.pk])
        (count,) = cursor.fetchone() or (0,)
    if not count:
        transaction.savepoint_rollback(before)
        return None
    events.record("retention.announced", run, by=None, count=count)
    return run


def destroy_wholes(agency: Agency, pk: int) -> int:
    """Destroy what a run has announced, chunk by chunk, on its day; return how many rows.

    What a legal hold covers by then, or something new refers to, is left out. Nothing goes while
    the schedule is off. With somebody's last membership, their account is closed.
    """
    total, today = 0, agency.today()
    while True:
        with transaction.atomic():
            _lock(agency)
            runs = RetentionRun.objects.within(agency).to_destroy(today).select_for_update()
            run = runs.filter(pk=pk, code=RUN).first()
            if run is None or not is_on(agency, today, RUN):
                return total
            accounts = _accounts(run)
            with connection.cursor() as cursor:
                cursor.execute("SELECT wholes_destroy(%s, %s, %s)", [run.pk, today, CHUNK])
                (gone,) = cursor.fetchone() or (0,)
            _close(agency, accounts)
            if not gone:
                run.destroyed_on = today
                run.save(update_fields=["destroyed_on"])
                return total
            events.record("retention.destroyed", run, by=None, count=gone)
        total += gone


def _accounts(run: RetentionRun) -> dict[int, int]:
    """The accounts of the members that a run has announced, by key of the member."""
    rows = AnnouncedRow.objects.within(run.agency).filter(run=run, place=Member._meta.db_table)
    keys = rows.annotate(key=Cast("row", BigIntegerField())).values("key")
    members = Member.objects.within(run.agency).filter(pk__in=keys).exclude(user=None)
    return dict(members.values_list("pk", "user"))


def _close(agency: Agency, accounts: dict[int, int]) -> None:
    here = Member.objects.within(agency).filter(pk__in=accounts)
    left = set(here.values_list("pk", flat=True)) if accounts else set()
    if gone := [user for member, user in accounts.items() if member not in left]:
        close_accounts(gone)


def destroy(agency: Agency, pk: int) -> int:
    """Destroy for good what a run took, once its time to undo is over; return how many rows.

    What a legal hold covers meanwhile stays, and the run stays open until that is gone, too.
    """
    total, today = 0, agency.today()
    while True:
        with transaction.atomic():
            _lock(agency)
            runs = RetentionRun.objects.within(agency).to_destroy(today).select_for_update()
            run = runs.filter(pk=pk).first()
            if run is None:
                return total
            with connection.cursor() as cursor:
                cursor.execute("SELECT retention_destroy(%s, %s, %s)", [run.pk, today, CHUNK])
                (gone,) = cursor.fetchone() or (0,)
            if not gone:
                if not run.rows.exists():
                    run.destroyed_on = today
                    run.save(update_fields=["destroyed_on"])
                return total
        total += gone


def forget(member: Member, pattern: str) -> int:
    """Destroy what is archived of somebody who was erased, or names them by this pattern."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT retention_forget(%s, %s)", [member.pk, pattern])
        (gone,) = cursor.fetchone() or (0,)
    return int(gone)


def _turn(code: str, *, on: bool, since: date, by: Member) -> RetentionTurn:
    made = RetentionTurn.objects.within(by.agency).create(code=code, on=on, since=since, by=by)
    events.record("retention.turned", made, by=by, code=code, on=on)
    return made


def _lock(agency: Agency) -> None:
    """Take turns with legal holds, which lock the agency while they are set."""
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
