"""An indicator of an agency's own that counts records: as of any day, and never a hidden group."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from accounts.models import Member
from cells.cell.models import Cell
from foundation.addresses import at
from foundation.models import Agency
from groups.actions.meetings import hold, plan_meeting
from groups.models import Group, Meeting
from indicators.models import IndicatorStatus
from measures.local import actions, counting
from measures.local.evaluating import LocalResult, evaluate
from measures.local.models import LocalReaders, LocalSource, LocalVersion
from measures.local.presenting import records
from tests.conftest import Login
from tests.keeping import WITH_DEMO, Both

Counts = Callable[..., LocalVersion]
Held = Callable[..., Meeting]


@pytest.fixture
def counts(administrator: Member) -> Counts:
    def define(**fields: Any) -> LocalVersion:
        given = {
            "name": "The cell meets",
            "definition": "The cell meets often enough to finish what it begins.",
            "source": LocalSource.RECORDS,
            "measure": None,
            "counted": "meetings",
            "direction": "at_least",
            "goal": Decimal(2),
            "months": 3,
            "readers": LocalReaders.EVERYBODY,
            **fields,
        }
        return actions.define(**given, by=administrator)

    return define


@pytest.fixture
def held(cell: Cell, facilitator: Member, agency: Agency) -> Held:
    """A meeting of the cell, held so many days ago and written down on that day."""

    def held(ago: int, *, group: Group = cell.group) -> Meeting:
        day = agency.today() - timedelta(days=ago)
        with time_machine.travel(datetime(day.year, day.month, day.day, 20, tzinfo=agency.zone)):
            starts = datetime(day.year, day.month, day.day, 9, tzinfo=agency.zone)
            meeting = plan_meeting(group, starts_at=starts, asks_budget=False, by=facilitator)
            return hold(meeting, by=facilitator)

    return held


def result(version: LocalVersion, on: date) -> LocalResult:
    return evaluate(version.agency, [version], on)[version.pk]


def test_records_of_the_last_months_are_held_against_the_goal(
    counts: Counts, held: Held, today: date
) -> None:
    version = counts()
    assert result(version, today).status is IndicatorStatus.NOT_MET
    assert result(version, today).shown == "0"
    held(20)
    held(5)
    found = result(version, today)
    assert (found.status, found.shown) == (IndicatorStatus.MET, "2")
    assert result(version, today - timedelta(days=6)).status is IndicatorStatus.NOT_MET
    assert result(counts(goal=Decimal(3)), today).status is IndicatorStatus.NOT_MET
    assert result(counts(direction="at_most"), today).status is IndicatorStatus.MET
    few = counts(direction="at_most", goal=Decimal(1))
    assert result(few, today).status is IndicatorStatus.NOT_MET
    assert result(counts(counted="sessions"), today).shown == "0"


def test_what_soon_is_too_long_ago_warns(counts: Counts, held: Held, today: date) -> None:
    version = counts(months=2)
    held(5)
    held(45)
    assert result(version, today).status is IndicatorStatus.AT_RISK
    held(4)
    assert result(version, today).status is IndicatorStatus.MET


def test_what_is_written_down_later_changes_no_earlier_day(
    counts: Counts, held: Held, cell: Cell, facilitator: Member, today: date
) -> None:
    version = counts(goal=Decimal(1))
    agency = facilitator.agency
    starts = datetime.combine(today - timedelta(days=9), datetime.min.time(), agency.zone)
    hold(
        plan_meeting(
            cell.group,
            starts_at=starts + timedelta(hours=9),
            late_reason="Forgotten.",
            asks_budget=False,
            by=facilitator,
        ),
        by=facilitator,
    )
    assert result(version, today).shown == "1"
    assert result(version, today - timedelta(days=1)).shown == "0"


def test_the_newest_are_listed_and_the_rest_counted(
    counts: Counts, held: Held, administrator: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    version, today = counts(), administrator.agency.today()
    for ago in (3, 9, 15, 21):
        held(ago)
    assert len(records(version, today, administrator)) == 4
    monkeypatch.setattr("measures.local.presenting.MOST_RECORDS", 1)
    newest, rest = records(version, today, administrator)
    assert newest.url
    assert (rest.said, rest.url) == ("3 earlier ones", "")


def test_nothing_of_a_hidden_group_is_counted_or_shown(
    counts: Counts, held: Held, cell: Cell, administrator: Member, login: Login
) -> None:
    version = counts()
    meeting = held(3)
    today = administrator.agency.today()
    assert result(version, today).shown == "1"
    cell.group.hidden = True
    cell.group.save()
    assert result(version, today).shown == "0"
    page = at(administrator.agency, "measures:local_test", pk=version.indicator_id)
    assert at(administrator.agency, "groups:meeting", pk=meeting.pk) not in (
        login(administrator).get(page).content.decode()
    )


def test_the_page_opens_what_was_counted(
    counts: Counts, held: Held, administrator: Member, consumer: Member, login: Login
) -> None:
    version, meeting = counts(), held(3)
    agency = administrator.agency
    actions.confirm_test(version, seen=1, by=administrator)
    actions.publish(version, since=agency.today(), reason="Asked for.", by=administrator)
    page = at(agency, "measures:local_indicator", pk=version.indicator_id)
    text = login(consumer).get(page).content.decode()
    assert "Goal: at least 2 in 3 months" in text
    assert at(agency, "groups:meeting", pk=meeting.pk) in text


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("counted", {"counted": ""}),
        ("counted", {"counted": "people"}),
        ("months", {"months": None}),
        ("months", {"months": 0}),
        ("goal", {"goal": None}),
        ("goal", {"goal": Decimal("1.5")}),
        ("direction", {"direction": ""}),
    ],
)
def test_each_answer_is_needed(counts: Counts, field: str, fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refused:
        counts(**fields)
    assert set(refused.value.message_dict) == {field}
    assert not LocalVersion.objects.within(counts().agency).exclude(counted="meetings").exists()


def test_the_database_wants_what_the_source_needs(counts: Counts) -> None:
    version = counts()
    attested = counts(source=LocalSource.ATTESTED)
    with pytest.raises(DatabaseError), transaction.atomic():
        LocalVersion.objects.within(version.agency).filter(pk=attested.pk).update(months=None)
    for change in ("counted = ''", "months = NULL", "goal = -1", "direction = ''"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE measures_localversion SET {change} WHERE id = %s",  # noqa: S608 (as above)
                [version.pk],
            )


class TestInTheDemo:
    pytestmark = WITH_DEMO

    def test_every_kind_is_counted_as_built_anew(self, inside: Agency, both: Both) -> None:
        today = inside.today()
        codes = [code for code, _title in counting.choices()]
        since = today - timedelta(days=700)
        found = both(lambda: counting.records_of(inside, codes, since, today))
        assert {code for code in codes if found[code]} == set(codes)
