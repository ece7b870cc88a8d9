"""After the founding, no plan comes into force before consumers of the committee ratified it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import Member, StandingKind
from compensation.plan import actions
from compensation.plan.models import PlanVersion
from devtools import ratified
from devtools.seating import seat
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups.actions import close_decision, open_group, take_position
from groups.models import Choice, Group, GroupKind, Office
from tests.compensation.conftest import plan
from tests.conftest import Enter, Login

__all__ = ["plan"]


@pytest.fixture
def version(plan: PlanVersion, administrator: Member) -> PlanVersion:
    """A draft that pays more than the plan in force."""
    return actions.draft(
        text="More.", hourly_rate=Decimal(30), daily_cap=None, due_days=14, by=administrator
    )


@pytest.fixture
def committee(agency: Agency, administrator: Member, enter: Enter) -> Group:
    """Three consumers and a provider who vote; one of the consumers is the chair."""
    today = agency.today()
    group = open_group(
        agency, kind=GroupKind.COMMITTEE, name="Committee", by=administrator, on=today
    )
    for number, name in enumerate(("Ann", "Ben", "Cat")):
        office = Office.CHAIR if number == 0 else Office.NONE
        member = enter(name, StandingKind.PRIMARY_CONSUMER)
        seat(group, member, office=office, since=today, by=administrator)
    seat(group, enter("Pat", StandingKind.PROVIDER), since=today, by=administrator)
    return group


@pytest.mark.parametrize(
    ("agreeing", "ratifies"), [("Ann Ben", True), ("Ann Ben Cat Pat", True), ("Ann Pat", False)]
)
def test_as_many_consumers_agree_as_make_a_quorum(
    agreeing: str,
    ratifies: bool,
    version: PlanVersion,
    committee: Group,
    administrator: Member,
    login: Login,
) -> None:
    agency = version.agency
    page = at(agency, "compensation:plan_version", pk=version.pk)
    adopting = at(agency, "compensation:adopt", pk=version.pk)
    assert adopting not in login(administrator).get(page).text
    assert login(administrator).get(adopting).status_code == 403
    decision = actions.seek_ratification(version, by=administrator)
    seats = committee.seats.select_related("member")
    people = {each.member.display_name: each.member for each in seats}
    for name, member in people.items():
        member.agency = agency
        choice = Choice.AGREE if name in agreeing else Choice.STAND_ASIDE
        take_position(decision, member=member, choice=choice)
    close_decision(decision, by=people["Ann"], outcome="We pay more.")
    version.refresh_from_db()
    assert (version.ratified_on is not None) is ratifies
    assert (adopting in login(administrator).get(page).text) is ratifies
    if ratifies:
        tomorrow = agency.today() + timedelta(days=1)
        assert actions.adopt(version, on=tomorrow, by=administrator).since == tomorrow
    else:
        with pytest.raises(Refused, match="not ratified"):
            actions.adopt(version, on=agency.today(), by=administrator)


def refused(version: PlanVersion, sets: str) -> None:
    sql = f"UPDATE compensation_planversion SET {sets} WHERE id = {version.pk}"  # noqa: S608
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_by_sql_nothing_else_is_put_in_force(
    version: PlanVersion, plan: PlanVersion, administrator: Member
) -> None:
    later = version.agency.today() + timedelta(days=3)
    refused(version, f"since = '{later}'")
    refused(version, f"since = '{later}', ratified_on = '{version.agency.today()}'")
    # The decision about another version.
    refused(
        version,
        f"since = '{later}', ratified_on = '{plan.ratified_on}',"
        f" ratification_id = {plan.ratification_id}",
    )
    ratified.ratify(version, by=administrator)
    for change in (
        "hourly_rate = hourly_rate / 2",
        "daily_cap = 10",
        "text = 'We pay less.'",
        "due_days = 90",
        "ratification_id = NULL",
        "ratified_on = NULL",
    ):
        refused(version, f"{change}, since = '{later}'")
        refused(version, change)
