"""Orientation is recorded once for a person and a group, by somebody else, and is paid."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection

from accounts.models import Member
from compensation.choosing import actions as choosing
from compensation.claims.actions import approving
from compensation.claims.models import Claim, ClaimKind
from compensation.claims.words import done
from compensation.offers.models import OfferChoice
from compensation.other_work.actions import orient, take_back_orientation
from compensation.other_work.models import OtherWork
from compensation.plan.models import RateBasis, WorkKind
from foundation import wholes
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups.models import Group, Meeting
from tests.compensation.conftest import attend, council, meeting
from tests.compensation.test_rates import Given, in_force, sql
from tests.conftest import Login
from tests.security.test_money import together

__all__ = ["council", "meeting"]

RATES: Given = {WorkKind.ORIENTATION: (Decimal(15), RateBasis.HOUR)}


def oriented(
    group: Group, member: Member, by: Member, *, hours: str = "2", ago: int = 0
) -> OtherWork:
    on = by.agency.today() - timedelta(days=ago)
    return orient(group, member, on=on, hours=Decimal(hours), given_by=by, by=by)


def lines(member: Member) -> list[Claim]:
    claims = Claim.objects.within(member.agency).filter(member=member)
    return list(claims.select_related("rule").order_by("pk"))


def test_it_earns_once_at_the_rate_of_its_day_and_is_corrected_in_place(
    council: Group, administrator: Member, consumer: Member, provider: Member
) -> None:
    in_force(administrator, RATES)
    oriented(council, consumer, administrator)
    (line,) = lines(consumer)
    assert (line.amount, line.service_on) == (Decimal(30), administrator.agency.today())
    assert "orientation" in done(line)
    oriented(council, consumer, administrator, hours="1")
    (line,) = lines(consumer)
    assert line.amount == Decimal(15)
    # Staff are paid by their job.
    oriented(council, provider, administrator)
    assert lines(provider) == []


def test_after_approval_a_correction_is_a_line_of_its_own(
    council: Group, administrator: Member, consumer: Member, approver: Member, agency: Agency
) -> None:
    in_force(administrator, RATES)
    choosing.elect(consumer, choice=OfferChoice.ACCEPT, on=agency.today())
    oriented(council, consumer, administrator)
    approving.approve(lines(consumer), by=approver, on=agency.today())
    take_back_orientation(council, consumer, by=administrator)
    paid, correction = lines(consumer)
    assert (correction.kind, correction.amount) == (ClaimKind.ADJUSTMENT, -paid.amount)
    # Written down again, it is one orientation, not two.
    oriented(council, consumer, administrator)
    assert sum(line.amount for line in lines(consumer)) == Decimal(30)


def test_only_for_others_with_a_place_there_and_on_a_day_that_pays(
    council: Group, administrator: Member, consumer: Member, approver: Member
) -> None:
    with pytest.raises(Refused):
        oriented(council, consumer, administrator)
    in_force(administrator, RATES)
    for by, member in ((consumer, consumer), (administrator, administrator)):
        with pytest.raises(Refused):
            oriented(council, member, by)
    with pytest.raises(ValidationError):
        oriented(council, approver, administrator)
    for ago, hours in ((-1, "1"), (1, "1"), (0, "0")):
        with pytest.raises(ValidationError):
            oriented(council, consumer, administrator, ago=ago, hours=hours)
    with pytest.raises(ValidationError):
        orient(
            council,
            consumer,
            on=administrator.agency.today(),
            hours=Decimal(1),
            given_by=consumer,
            by=administrator,
        )
    assert lines(consumer) == []


def test_by_sql_nobody_gets_a_second_one_or_gives_it_to_themselves(
    council: Group, administrator: Member, consumer: Member, provider: Member, approver: Member
) -> None:
    in_force(administrator, RATES)
    oriented(council, consumer, administrator)
    copied = (
        'INSERT INTO compensation_otherwork (agency_id, member_id, work, "on", hours, group_id,'
        " given_by_id, standing, recorded_by_id, recorded_at)"
        ' SELECT agency_id, {}, work, "on", hours, group_id, {}, standing, recorded_by_id,'
        " recorded_at FROM compensation_otherwork LIMIT 1"
    )
    sql(copied.format(provider.pk, "given_by_id"))
    for attack in (
        copied.format("member_id", "given_by_id"),
        copied.format(approver.pk, "given_by_id"),
        copied.format(provider.pk, provider.pk),
        "UPDATE compensation_otherwork SET given_by_id = member_id",
        "UPDATE compensation_otherwork SET recorded_by_id = member_id",
        "UPDATE compensation_otherwork SET given_by_id = NULL",
        "UPDATE compensation_otherwork SET hours = 0",
        "UPDATE compensation_otherwork SET group_id = group_id + 1",
        'UPDATE compensation_otherwork SET "on" = "on" - 1',
    ):
        with pytest.raises(DatabaseError):
            sql(attack)


def test_whoever_runs_the_group_writes_it_down_and_corrects_it(
    council: Group, administrator: Member, consumer: Member, agency: Agency, login: Login
) -> None:
    client = login(administrator)
    group_page = at(agency, "groups:group", pk=council.pk)
    listed = at(agency, "compensation:orientations", pk=council.pk)
    assert listed not in client.get(group_page).text
    # Whoever runs the group reads why nothing can be written down.
    page = at(agency, "compensation:orientation", pk=council.pk, member=consumer.pk)
    assert "pays no orientation" in client.get(listed).text
    assert page not in client.get(listed).text
    assert client.get(page).status_code == 403
    in_force(administrator, RATES)
    assert listed in client.get(group_page).text
    assert page in client.get(listed).text

    def send(**given: str) -> None:
        form = client.get(page).context["form"]
        sent = {
            "submission": form["submission"].value(),
            "on": agency.today().isoformat(),
            "minutes": "90",
            "given_by": form.fields["given_by"].coded(administrator),
        }
        assert client.post(page, {**sent, **given}).status_code == 302

    send()
    assert [line.amount for line in lines(consumer)] == [Decimal("22.50")]
    assert "90 minutes" in client.get(listed).text
    send(take_back="1")
    assert "Not yet" in client.get(listed).text
    assert [line.amount for line in lines(consumer)] == [0]
    assert login(consumer).get(listed).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_sessions_at_once_write_it_once(
    council: Group, administrator: Member, consumer: Member, agency: Agency
) -> None:
    in_force(administrator, RATES)
    together(
        agency,
        lambda: oriented(council, consumer, administrator),
        lambda: oriented(council, consumer, administrator),
    )
    assert len(lines(consumer)) == 1


def held_with(claim: Claim) -> list[set[int]]:
    """By table, the groups with which a legal hold keeps a line and what was posted of it."""
    found = []
    by_claim = "posting_id IN (SELECT id FROM compensation_posting WHERE claim_id = %s)"
    for table, which in (
        ("compensation_claim", "id = %s"),
        ("compensation_owed", "claim_id = %s"),
        ("compensation_posting", "claim_id = %s"),
        ("compensation_entry", by_claim),
    ):
        place = next(each for each in wholes.wanted() if each.place == table)
        with connection.cursor() as cursor:
            query = f"SELECT {place.groups} FROM {table} AS kept WHERE {which}"  # noqa: S608
            cursor.execute(query, [claim.pk])
            rows = cursor.fetchall()
        assert rows, table
        found.append({group for (groups,) in rows for group in groups if group is not None})
    return found


def test_a_hold_on_a_group_keeps_pay_for_its_meetings_and_for_its_orientations(
    council: Group,
    meeting: Meeting,
    administrator: Member,
    approver: Member,
    consumer: Member,
) -> None:
    in_force(administrator, RATES)
    choosing.elect(consumer, choice="accept", on=administrator.agency.today())
    oriented(council, consumer, administrator)
    attend(meeting, administrator, {consumer: "1.00"})
    made = lines(consumer)
    assert {line.attendance_id is None for line in made} == {True, False}
    approving.approve(made, by=approver, on=administrator.agency.today())
    for line in made:
        assert held_with(line) == [{council.pk}] * 4
