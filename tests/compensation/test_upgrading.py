"""Upgrading a database from before owed days were kept: what is owed, and who has left."""

from importlib import import_module

import pytest

from accounts.actions import end_membership
from accounts.leaves import Leave
from accounts.models import Member
from compensation.claims import actions as claiming
from compensation.claims.models import Claim, Owed
from compensation.payments import actions as paying
from foundation.models import Agency
from tests.owner import owner

OWED = import_module("compensation.migrations.0004_owed_before_days_were_kept").KNOWN
LEFT = import_module("accounts.migrations.0006_those_who_left_before").LEFT


def found_anew(written: str, table: str, columns: str) -> list[tuple[object, ...]]:
    """What the migration writes into the emptied table; everything is rolled back."""
    with owner() as raw:
        raw.execute("SET LOCAL session_replication_role = replica")  # Without triggers.
        raw.execute(f"DELETE FROM {table}".encode())  # noqa: S608 - a name of ours
        raw.execute(written.encode())
        rows = raw.execute(f"SELECT {columns} FROM {table} ORDER BY 1".encode())  # noqa: S608
        found = rows.fetchall()
        raw.rollback()
    return found


@pytest.mark.django_db(transaction=True)
def test_lines_are_owed_until_they_are_paid_and_who_left_has_a_leave(
    earned: Claim, agency: Agency, approver: Member, payer: Member, consumer: Member,
    administrator: Member,
) -> None:  # fmt: skip
    days = "claim_id, since, until, clock_since, due_on"
    owed = Owed.objects.within(agency).order_by("claim_id")
    assert None in owed.values_list("until", flat=True)
    assert found_anew(OWED, "compensation_owed", days) == [*owed.values_list(*days.split(", "))]
    claiming.approve([earned], by=approver, on=agency.today())
    paying.pay(
        Claim.objects.within(agency).filter(pk=earned.pk),
        by=payer,
        paid_on=agency.today(),
        method="check",
    )
    assert found_anew(OWED, "compensation_owed", days) == [*owed.values_list(*days.split(", "))]
    end_membership(consumer, on=agency.today(), by=administrator)
    leave = Leave.objects.within(agency).get()
    assert found_anew(LEFT, "accounts_leave", 'member_id, since, "on", why') == [
        (consumer.pk, leave.since, leave.on, "")
    ]
