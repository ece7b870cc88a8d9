"""Administrators see how old backups are; a serving login can't claim that there is one."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils.timezone import now

from accounts.models import Member
from cqi_portal import health
from foundation.addresses import at
from recovery.freshness import Age, freshness
from recovery.models import FactKind, RecoveryFact
from recovery.policies import BACKUP_LATE, PROOF_LATE
from tests.conftest import Login
from tests.owner import owner

pytestmark = pytest.mark.django_db(transaction=True)

MINUTE = timedelta(minutes=1)


def record(kind: FactKind, of: datetime, done: datetime | None = None) -> None:
    """Record a fact as the owner's login does."""
    with owner() as raw:
        raw.execute(
            "INSERT INTO recovery_fact (kind, at, of, rows, sha256) VALUES (%s, %s, %s, 1, '')",
            [kind, done or of, of],
        )


def page(client: Client, member: Member) -> str:
    answer = client.get(at(member.agency, "recovery:backups"))
    assert answer.status_code == 200
    return answer.content.decode()


def ages() -> tuple[Age, Age]:
    found = freshness(now())
    return found.backup.age, found.proof.age


def test_nothing_was_backed_up_or_proved_yet(administrator: Member, login: Login) -> None:
    assert ages() == (Age.NEVER, Age.NEVER)
    shown = page(login(administrator), administrator)
    assert "No backup has been written yet" in shown
    assert "No backup has been proved yet" in shown


def test_a_backup_grows_old_with_the_moment_that_it_holds() -> None:
    record(FactKind.BACKED_UP, now() - BACKUP_LATE.span - MINUTE, now())
    assert ages() == (Age.LATE, Age.NEVER)
    record(FactKind.BACKED_UP, now() - BACKUP_LATE.span + MINUTE, now())
    assert ages() == (Age.FRESH, Age.NEVER)


def test_a_proof_grows_old_with_its_own_day() -> None:
    long_ago = now() - 2 * PROOF_LATE.span
    record(FactKind.PROVED, long_ago, now() - PROOF_LATE.span - MINUTE)
    assert ages() == (Age.NEVER, Age.LATE)
    record(FactKind.PROVED, long_ago, now() - PROOF_LATE.span + MINUTE)
    assert ages() == (Age.NEVER, Age.FRESH)


def test_the_page_and_the_health_check_say_what_is_late(
    administrator: Member, login: Login
) -> None:
    client = login(administrator)
    record(FactKind.BACKED_UP, now())
    record(FactKind.PROVED, now())
    ready = dict.fromkeys(("database", "schema", "broker", "worker", "beat"), health.OK)
    assert health.warnings(ready) == {"backup": health.OK, "proof": health.OK}
    assert "govuk-warning-text" not in page(client, administrator)
    with owner() as raw:
        raw.execute(
            "UPDATE recovery_fact SET at = at - interval '1 year', of = at - interval '2 years'"
        )
    assert health.warnings(ready) == {"backup": health.LATE, "proof": health.LATE}
    shown = page(client, administrator)
    assert shown.count("govuk-warning-text__text") == 2
    assert f"more than {BACKUP_LATE.words} ago" in shown
    assert f"more than {PROOF_LATE.words} ago" in shown
    unknown = {"backup": health.UNKNOWN, "proof": health.UNKNOWN}
    assert health.warnings({**ready, "schema": health.OLDER}) == unknown


def test_a_restore_is_told(administrator: Member, login: Login) -> None:
    record(FactKind.RESTORED, now() - timedelta(days=1), now())
    assert "the portal was restored from a backup" in page(login(administrator), administrator)


def test_only_administrators_open_the_page(consumer: Member, login: Login) -> None:
    assert login(consumer).get(at(consumer.agency, "recovery:backups")).status_code == 403


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO recovery_fact (kind, at, of, rows, sha256)"
        " VALUES ('proved', now(), now(), 1, '')",
        "UPDATE recovery_fact SET at = now()",
        "DELETE FROM recovery_fact",
    ],
)
def test_the_serving_login_cannot_say_that_a_backup_was_proved(statement: str) -> None:
    record(FactKind.PROVED, now() - timedelta(days=500))
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert RecoveryFact.objects.count() == 1
