"""A person who leaves and returns stays one person; leaves limit grants and can be undone."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from accounts import actions, rules
from accounts.leaves import LateLeave, Leave
from accounts.models import Invitation, Member, RoleGrant, Standing, StandingKind
from accounts.permissions import Role
from devtools.seating import seat
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups.actions import open_group
from groups.models import Group, GroupKind, Seat
from tests.accounts.answers import send
from tests.conftest import Login, Look


@pytest.fixture
def soon(agency: Agency) -> date:
    return agency.today() + timedelta(days=20)


@pytest.fixture
def council(agency: Agency, administrator: Member, long_ago: date) -> Group:
    return open_group(agency, kind=GroupKind.COUNCIL, name="Council", by=administrator, on=long_ago)


def sql(text: str, *values: date | int | str | None) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text, values)


def test_what_is_given_after_a_leave_was_planned_ends_with_it(
    administrator: Member, facilitator: Member, council: Group, agency: Agency, soon: date
) -> None:
    actions.end_membership(facilitator, on=soon, by=administrator)
    today = agency.today()
    facilitator.refresh_from_db()
    grant = actions.grant_role(facilitator, role=Role.PAYER, since=today, by=administrator)
    standing = actions.write_standing(
        facilitator, kind=StandingKind.FAMILY_MEMBER, since=today, by=administrator
    )
    taken = seat(council, facilitator, since=today, by=administrator)
    for row in (grant, standing, taken):
        row.refresh_from_db()
        assert row.until == soon
    assert not Member.objects.within(agency).on(soon).filter(pk=facilitator.pk).exists()


def test_nothing_is_given_that_begins_after_the_last_day(
    administrator: Member, consumer: Member, soon: date
) -> None:
    actions.end_membership(consumer, on=soon, by=administrator)
    with pytest.raises(Refused):
        actions.grant_role(consumer, role=Role.PAYER, since=soon, by=administrator)
    with pytest.raises(Refused):
        actions.write_standing(
            consumer, kind=StandingKind.FAMILY_MEMBER, since=soon, by=administrator
        )


def test_a_role_that_ends_with_a_planned_leave_can_be_ended_before(
    administrator: Member, facilitator: Member, agency: Agency, soon: date
) -> None:
    actions.end_membership(facilitator, on=soon, by=administrator)
    grant = RoleGrant.objects.within(agency).get(member=facilitator)
    actions.end_role(grant, by=administrator)
    grant.refresh_from_db()
    assert grant.until == agency.today()


@pytest.mark.parametrize("table", ["accounts_rolegrant", "accounts_standing", "groups_seat"])
def test_the_database_lets_nothing_outlast_the_membership(
    table: str, administrator: Member, facilitator: Member, council: Group, soon: date
) -> None:
    seat(council, facilitator, since=soon - timedelta(days=60), by=administrator)
    actions.end_membership(facilitator, on=soon, by=administrator)
    with pytest.raises(IntegrityError, match="outlast"):
        sql(f"UPDATE {table} SET until = NULL WHERE member_id = %s", facilitator.pk)  # noqa: S608


def test_the_database_lets_nobody_leave_with_something_left_behind(
    facilitator: Member, soon: date
) -> None:
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="does not end with it"):
        sql("UPDATE accounts_member SET until = %s WHERE id = %s", soon, facilitator.pk)


@pytest.mark.parametrize("days", [1, 150])
def test_a_leave_that_is_entered_late_says_why_and_leaves_a_mark(
    days: int, administrator: Member, consumer: Member, agency: Agency, login: Login
) -> None:
    before = agency.today() - timedelta(days=days)
    with pytest.raises(ValidationError):
        actions.end_membership(consumer, on=before, by=administrator)
    consumer.refresh_from_db()
    assert consumer.until is None
    actions.end_membership(consumer, on=before, why=LateLeave.TOLD_LATE, by=administrator)
    late = Leave.objects.within(agency).corrections_of(before)
    assert list(late.values_list("member", "by", "entered_on")) == [
        (consumer.pk, administrator.pk, agency.today())
    ]
    page = login(administrator).get(at(agency, "accounts:member", pk=consumer.pk))
    assert "Corrected since" in page.content.decode()


def test_leaving_on_the_first_day_says_why(
    administrator: Member, consumer: Member, agency: Agency, long_ago: date
) -> None:
    new = actions.enter_member(
        by=administrator, name="Nia New", display_name="Nia", since=agency.today()
    )
    with pytest.raises(ValidationError):
        actions.end_membership(new, on=agency.today(), by=administrator)
    actions.end_membership(new, on=agency.today(), why=LateLeave.NEVER_BEGAN, by=administrator)
    with pytest.raises(DatabaseError):
        sql("UPDATE accounts_leave SET why = '' WHERE member_id = %s", new.pk)


def test_a_leave_that_was_a_mistake_is_taken_back_with_all_that_it_ended(
    administrator: Member, facilitator: Member, council: Group, agency: Agency, soon: date
) -> None:
    today = agency.today()
    sits = seat(council, facilitator, since=today - timedelta(days=60), by=administrator)
    actions.end_membership(facilitator, on=today, by=administrator)
    leave = Leave.objects.within(agency).get(member=facilitator)
    actions.take_leave_back(leave, by=administrator)
    sits.refresh_from_db()
    facilitator.refresh_from_db()
    assert (facilitator.until, sits.until, sits.ending) == (None, None, "")
    assert RoleGrant.objects.within(agency).on(soon).filter(member=facilitator).exists()
    assert Standing.objects.within(agency).on(soon).filter(member=facilitator).exists()
    assert Member.objects.within(agency).on(today).filter(pk=facilitator.pk).exists()


def test_what_was_to_end_without_the_leave_still_does_when_it_is_taken_back(
    administrator: Member, facilitator: Member, council: Group, agency: Agency, soon: date
) -> None:
    today = agency.today()
    sits = seat(council, facilitator, since=today - timedelta(days=60), by=administrator)
    later = soon + timedelta(days=10)
    Seat.objects.within(agency).filter(pk=sits.pk).update(until=later, ending="decided")
    ended = actions.grant_role(facilitator, role=Role.PAYER, since=today, by=administrator)
    actions.end_membership(facilitator, on=soon, by=administrator)
    actions.end_role(ended, by=administrator)
    leave = Leave.objects.within(agency).get(member=facilitator)
    actions.take_leave_back(leave, by=administrator)
    sits.refresh_from_db()
    ended.refresh_from_db()
    assert (sits.until, sits.ending) == (later, "decided")
    assert ended.until == today


def test_a_leave_of_long_ago_is_not_taken_back(
    administrator: Member, consumer: Member, agency: Agency
) -> None:
    actions.end_membership(consumer, on=agency.today(), by=administrator)
    leave = Leave.objects.within(agency).get(member=consumer)
    much_later = agency.today() + timedelta(days=40)
    assert rules.taking_leave_back(leave, consumer, administrator, much_later) is not None
    consumer.refresh_from_db()
    assert rules.bringing_back(consumer, administrator, much_later) is None


def test_who_comes_back_is_the_same_member_and_was_away_in_between(
    administrator: Member, consumer: Member, agency: Agency, login: Login
) -> None:
    today = agency.today()
    away = today - timedelta(days=30)
    actions.end_membership(consumer, on=away, why=LateLeave.FORGOTTEN, by=administrator)
    url = at(agency, "accounts:bring_back", pk=consumer.pk)
    assert send(login(administrator), url).status_code == 302
    consumer.refresh_from_db()
    assert consumer.until is None
    for day, there in ((away - timedelta(days=1), True), (away, False), (today, True)):
        held = Member.objects.within(agency).on(day).filter(pk=consumer.pk)
        assert held.exists() is there
    assert login(consumer).get(at(agency, "home_of")).status_code == 200
    assert rules.begin_of_time(consumer) == today


def test_nobody_who_left_is_invited_as_somebody_new(
    administrator: Member, consumer: Member, agency: Agency
) -> None:
    actions.end_membership(consumer, on=agency.today(), by=administrator)
    twin = actions.enter_member(
        by=administrator, name="Rosa Again", display_name="Rosa", since=agency.today()
    )
    assert consumer.user is not None
    assert consumer.user.email
    with pytest.raises(ValidationError):
        actions.invite(twin, by=administrator, email=consumer.user.email)
    assert not Invitation.objects.within(agency).filter(member=twin).exists()


def test_the_database_gives_a_person_no_second_membership(
    administrator: Member, consumer: Member, agency: Agency
) -> None:
    twin = actions.enter_member(
        by=administrator, name="Rosa Again", display_name="Rosa", since=agency.today()
    )
    user = consumer.user_id
    sql("UPDATE accounts_member SET user_id = NULL WHERE id = %s", consumer.pk)
    with pytest.raises(IntegrityError, match="is another member"):
        sql("UPDATE accounts_member SET user_id = %s WHERE id = %s", user, twin.pk)


def test_who_has_left_signs_in_to_what_is_theirs_and_to_nothing_else(
    administrator: Member, facilitator: Member, agency: Agency, login: Login
) -> None:
    browser = login(facilitator)
    actions.end_membership(facilitator, on=agency.today(), by=administrator)
    answer = browser.get("/", follow=True)
    assert answer.redirect_chain[-1][0] == at(agency, "accounts:what_is_mine")
    for name in (
        "accounts:what_is_mine", "compensation:my_payments", "compensation:choose",
        "compensation:claim_cost", "dialogues:my_words", "notifications:inbox", "accounts:me",
        "accounts:edit_me", "accounts:my_consents", "accounts:who_looked", "accounts:changes",
    ):  # fmt: skip
        assert browser.get(at(agency, name)).status_code == 200, name
    for name in (
        "accounts:people", "cells:cells", "measures:measures", "dialogues:dialogues", "groups:list",
        "dialogues:have_your_say", "compensation:payments", "compensation:plan", "help",
        "accounts:my_standing", "indicators:dashboard", "satisfaction:rounds", "accounts:enter",
        "oversight:reviews", "settings", "documents:list", "safety:contacts",
    ):  # fmt: skip
        assert browser.get(at(agency, name)).status_code == 404, name


def test_no_link_on_a_page_of_who_has_left_leads_nowhere(
    administrator: Member, consumer: Member, agency: Agency, login: Login
) -> None:
    browser = login(consumer)
    actions.end_membership(consumer, on=agency.today(), by=administrator)
    seen: set[str] = set()
    to_see = [at(agency, "accounts:what_is_mine")]
    while to_see:
        url = to_see.pop()
        seen.add(url)
        answer = browser.get(url)
        assert answer.status_code in (200, 302), url
        links = re.findall(r'href="(/a/[^"#?]+)', answer.content.decode())
        to_see += set(links) - seen
    assert len(seen) > 8


@pytest.mark.xdist_group("portal")
def test_the_pages_of_leaving_and_coming_back_can_be_used_by_everybody(
    administrator: Member, consumer: Member, agency: Agency, login: Login, look: Look
) -> None:
    theirs = login(consumer)
    actions.end_membership(consumer, on=agency.today(), by=administrator)
    look(theirs, at(agency, "accounts:what_is_mine"))
    for name in ("member", "take_leave_back", "bring_back"):
        look(login(administrator), at(agency, f"accounts:{name}", pk=consumer.pk))
