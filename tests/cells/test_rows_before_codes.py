"""Rows that were written before subjects had codes of their own."""

from importlib import import_module
from typing import Any

import pytest
from django.db.migrations import Migration, RunSQL

from accounts.models import Member
from cells.ideas.actions import Origin
from foundation.models import Agency
from groups.models import Decision
from indicators import tasks
from notifications.actions import tell
from tests.cells.conftest import Raise
from tests.owner import owner

RENAMING = (
    "foundation.migrations.0007_subjects_have_codes",
    "notifications.migrations.0003_subjects_by_their_codes",
    "groups.migrations.0018_subjects_by_their_codes",
    "cells.migrations.0008_subjects_by_their_codes",
    "indicators.migrations.0004_subjects_by_their_codes",
)
CODES: dict[str, str] = import_module(RENAMING[0]).CODES
# Where rows say what they are about.
ABOUT = {
    "SELECT id, subject_type FROM foundation_event",
    "SELECT id, data->>'subject_type' FROM foundation_event WHERE data ? 'subject_type'",
    "SELECT id, subject_type FROM notifications_message",
    "SELECT id, subject_type FROM groups_decision",
    "SELECT history_id, subject_type FROM groups_historicaldecision",
    "SELECT id, origin_type FROM cells_opportunity",
    "SELECT history_id, origin_type FROM cells_historicalopportunity",
    "SELECT id, criteria::text FROM indicators_indicatorsnapshot",
}


def run(cursor: Any, names: tuple[str, ...], *, back: bool) -> None:
    for name in names:
        migration: type[Migration] = import_module(name).Migration
        for operation in migration.operations:
            assert isinstance(operation, RunSQL)
            cursor.execute(str(operation.reverse_sql if back else operation.sql).encode())


@pytest.mark.django_db(transaction=True)
def test_rows_from_before_codes_say_the_same_after(
    agency: Agency, proposed: Decision, raised: Raise, facilitator: Member
) -> None:
    raised(by=facilitator, origin=Origin("theme", 7, "We wait and nobody says why."))
    tell(facilitator, "decision.asked", subject=proposed)
    tasks.recompute(agency.pk)
    with owner() as raw:
        now = {query: sorted(raw.execute(query.encode()).fetchall()) for query in ABOUT}
        assert all(now.values())
        run(raw, RENAMING, back=True)
        before = {query: sorted(raw.execute(query.encode()).fetchall()) for query in ABOUT}
        for query in ABOUT:
            assert before[query] != now[query]
            assert any(label in str(before[query]) for label in CODES)
        run(raw, RENAMING, back=False)
        after = {query: sorted(raw.execute(query.encode()).fetchall()) for query in ABOUT}
        raw.rollback()
    assert after == now
