"""Random lives of members keep their invariants.

In whatever order people come, get and lose things, leave, return and have their leave undone,
nothing of theirs outlasts their time here, and every step either takes effect or is refused.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import actions
from accounts.leaves import LateLeave, Leave
from accounts.models import Member, RoleGrant, Standing, StandingKind
from accounts.permissions import Role
from devtools.seating import seat
from foundation.models import Agency
from foundation.refusals import Refused
from groups.actions import change_office, end_seat, open_group
from groups.models import Group, GroupKind, Office, Seat

STEPS = ("leave", "take back", "return", "role", "role off", "standing", "seat", "office", "unseat")
Step = tuple[str, int]
steps = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(-20, 20)), min_size=3, max_size=12)


def do(step: Step, member: Member, group: Group, by: Member, today: date) -> None:
    what, days = step
    agency, day = by.agency, today + timedelta(days=days)
    leave = Leave.objects.within(agency).running().filter(member=member).first()
    grant = RoleGrant.objects.within(agency).on(today).filter(member=member).first()
    if what == "leave":
        actions.end_membership(member, on=day, why=LateLeave.TOLD_LATE, by=by)
    elif what == "take back" and leave is not None:
        actions.take_leave_back(leave, by=by)
    elif what == "return":
        actions.bring_back(member, by=by)
    elif what == "role":
        actions.grant_role(member, role=Role.PAYER, since=max(day, today), by=by)
    elif what == "role off" and grant is not None:
        actions.end_role(grant, by=by)
    elif what == "standing":
        actions.write_standing(member, kind=StandingKind.FAMILY_MEMBER, since=day, by=by)
    elif what == "seat":
        seat(group, member, since=max(day, today), by=by)
    else:
        move(what, member, max(day, today), by)


def move(what: str, member: Member, on: date, by: Member) -> None:
    seats = Seat.objects.within(by.agency).on(by.agency.today()).select_related("group")
    held = seats.filter(member=member).first()
    if held is not None and what == "office":
        change_office(held, office=Office.NOTE_TAKER, on=on, by=by)
    elif held is not None and what == "unseat":
        end_seat(held, on=on, by=by)


def holds(member: Member, today: date) -> None:
    agency = member.agency
    for model in (RoleGrant, Standing, Seat):
        for row in model.objects.within(agency).filter(member=member):
            if member.until is not None and row.since < member.until:
                assert row.until is not None
                assert row.until <= max(member.until, row.since)
    for days in range(-25, 45, 5):
        day = today + timedelta(days=days)
        here = Member.objects.within(agency).on(day).filter(pk=member.pk).exists()
        if member.until is not None and day >= member.until:
            assert not here
            assert not RoleGrant.objects.within(agency).on(day).filter(member=member).exists()
            assert not Seat.objects.within(agency).on(day).filter(member=member).exists()


@settings(max_examples=40)
@given(taken=steps)
def test_nothing_of_a_person_outlasts_their_time_in_any_order(
    taken: list[Step], consumer: Member, administrator: Member, agency: Agency, long_ago: date
) -> None:
    today = agency.today()
    with transaction.atomic():
        council = open_group(
            agency, kind=GroupKind.COUNCIL, name="Council", by=administrator, on=long_ago
        )
        for step in taken:
            member = Member.objects.within(agency).select_related("user").get(pk=consumer.pk)
            member.agency = agency
            try:
                with transaction.atomic():
                    do(step, member, council, administrator, today)
            except (Refused, ValidationError):
                continue
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            member.refresh_from_db()
            holds(member, today)
        # The next example starts from the same state.
        transaction.set_rollback(True)
