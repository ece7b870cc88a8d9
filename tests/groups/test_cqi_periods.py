"""A group's part in CQI changes by day and reason, and never for past days."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, connection, transaction

from accounts.models import Member, StandingKind
from devtools import seating
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups import actions
from groups.models import CqiPeriod, Group, GroupKind
from tests.conftest import Enter, Login, assert_budget
from tests.groups.conftest import DAY, send


@pytest.fixture
def failing(agency: Agency, administrator: Member, start: date, enter: Enter) -> Group:
    """A council of two providers, which turns the third indicator red."""
    group = actions.open_group(
        agency, kind=GroupKind.COUNCIL, name="Council", by=administrator, on=start
    )
    for name in ("Ann", "Ben"):
        member = enter(name, StandingKind.PROVIDER)
        seating.seat(group, member, since=start, by=administrator)
    return group


def counted(group: Group, on: date) -> bool:
    return Group.objects.within(group.agency).of_cqi(on).filter(pk=group.pk).exists()


def test_a_council_leaves_and_joins_again_by_day_and_reason(
    failing: Group, administrator: Member, today: date
) -> None:
    given: dict[str, Any] = {"reason": "It no longer meets about care.", "by": administrator}
    actions.change_cqi(failing, takes_part=False, since=today + 3 * DAY, **given)
    assert [counted(failing, today + days * DAY) for days in (-1, 0, 2, 3, 9)] == [
        True,
        True,
        True,
        False,
        False,
    ]
    with pytest.raises(ValidationError, match="planned"):
        actions.change_cqi(failing, takes_part=True, since=today + 9 * DAY, **given)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"since": -DAY}, "since"),
        ({"reason": "  "}, "reason"),
        ({"takes_part": True}, "__all__"),
    ],
)
def test_not_for_days_past_nor_without_a_reason_nor_for_nothing(
    wrong: dict[str, Any], field: str, failing: Group, administrator: Member, today: date
) -> None:
    given = {"takes_part": False, "reason": "Why.", **wrong}
    given["since"] = today + wrong.get("since", 0 * DAY)
    with pytest.raises(ValidationError) as error:
        actions.change_cqi(failing, by=administrator, **given)
    found = error.value.message_dict if hasattr(error.value, "error_dict") else {"__all__": 1}
    assert set(found) == {field}


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("administrator", True),
        ("facilitator", False),
        ("manager", False),
        ("committee_chair", False),
        ("consumer", False),
    ],
)
def test_who_changes_it(
    who: str, allowed: bool, failing: Group, today: date, request: pytest.FixtureRequest
) -> None:
    by: Member = request.getfixturevalue(who)
    given: dict[str, Any] = {"takes_part": False, "since": today, "reason": "Why.", "by": by}
    if allowed:
        assert actions.change_cqi(failing, **given).until == today
    else:
        with pytest.raises(Refused):
            actions.change_cqi(failing, **given)


@pytest.mark.parametrize("kind", [GroupKind.CELL, GroupKind.DIALOGUE, GroupKind.COMMITTEE])
def test_cells_and_the_committee_never_leave_and_dialogues_never_join(
    kind: str, agency: Agency, administrator: Member, today: date
) -> None:
    group = actions.open_group(agency, kind=kind, name="Group", by=administrator, on=today)
    for takes_part in (True, False):
        with pytest.raises(Refused):
            actions.change_cqi(
                group, takes_part=takes_part, since=today, reason="Why.", by=administrator
            )


def test_the_page_shows_what_the_indicator_would_have_said(
    failing: Group, administrator: Member, login: Login, today: date
) -> None:
    client, url = login(administrator), at(failing.agency, "groups:cqi", pk=failing.pk)
    page = client.get(url)
    assert [row[1]["status"] for row in page.context["rows"]][:2] == ["not_met", "not_met"]
    assert all(row[2]["status"] != "not_met" for row in page.context["rows"])
    assert_budget(client, url, 18)
    sent = send(client, url, since=today.isoformat(), reason="It only plans picnics.")
    assert sent.status_code == 302
    assert not counted(failing, today)
    assert counted(failing, today - DAY)
    assert "It only plans picnics." in client.get(url).text


ATTACKS = {
    "leaving in the past": "UPDATE groups_cqiperiod SET until = opened, ended_on = opened,"
    " ended_by_id = by_id, end_reason = 'x' FROM groups_group g WHERE g.id = group_id",
    "another first day": "UPDATE groups_cqiperiod SET since = since + 30",
    "another group": "UPDATE groups_cqiperiod SET group_id = group_id + 1",
    "never taken part": "DELETE FROM groups_cqiperiod",
    "a second period in the past": "INSERT INTO groups_cqiperiod (agency_id, group_id, since,"
    " reason, by_id, entered_on, end_reason) SELECT agency_id, group_id, since - 60, 'x', by_id,"
    " since - 60, '' FROM groups_cqiperiod",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_serving_login_backdates_nothing(attack: str, failing: Group) -> None:
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ATTACKS[attack])
    assert CqiPeriod.objects.within(failing.agency).count() == 1


def test_a_cell_is_not_taken_out_by_sql(agency: Agency, administrator: Member, today: date) -> None:
    actions.open_group(agency, kind=GroupKind.CELL, name="Cell", by=administrator, on=today)
    later = (today + DAY).isoformat()
    wrong = pytest.raises(Error, match="always take part")
    with wrong, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE groups_cqiperiod SET until = %s, ended_on = %s, ended_by_id = by_id,"
            " end_reason = 'x'",
            [later, later],
        )
