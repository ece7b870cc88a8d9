"""Management neither sits in the committee, judges, closes, nor chooses who does."""

from datetime import date
from typing import Any

import pytest
from django.db import Error, connection, transaction

from accounts.models import Member, StandingKind
from accounts.permissions import Role
from devtools import committee
from devtools.seating import decided, seat
from foundation.models import Agency
from foundation.refusals import Refused
from groups import actions as group_actions
from groups.models import Choice, Group, OfferState, Seat, SeatOffer
from oversight import actions, rules
from oversight.models import Recommendation
from tests.conftest import Enter


@pytest.fixture
def people(enter: Enter, administrator: Member, manager: Member) -> dict[str, Member]:
    """Each kind of person, and whether they manage."""
    consumer, provider = StandingKind.PRIMARY_CONSUMER, StandingKind.PROVIDER
    return {
        "administrator": administrator,
        "management": enter("Ma", provider, roles=(Role.MANAGEMENT,)),
        "manager": manager,
        "manager by standing": enter("Mb", StandingKind.MANAGER),
        "manager and consumer": enter("Mc", StandingKind.MANAGER, consumer),
        "consumer who answers": enter("Md", consumer, roles=(Role.MANAGEMENT,)),
        "consumer who administers": enter("Me", consumer, roles=(Role.ADMINISTRATOR,)),
        "provider who administers": enter("Mf", provider, roles=(Role.ADMINISTRATOR,)),
        "consumer": enter("Mg", consumer),
        "provider": enter("Mh", provider),
        "facilitator": enter("Mi", provider, roles=(Role.FACILITATOR,)),
    }


FREE = {"consumer who administers", "consumer", "provider", "facilitator"}
ALL = [
    "administrator",
    "management",
    "manager",
    "manager by standing",
    "manager and consumer",
    "consumer who answers",
    "consumer who administers",
    "provider who administers",
    "consumer",
    "provider",
    "facilitator",
]


@pytest.mark.parametrize("who", ALL)
def test_who_can_sit_in_the_committee(
    who: str,
    people: dict[str, Member],
    committee_group: Group,
    facilitator: Member,
    today: date,
) -> None:
    member = people[who]
    assert rules.manages(member) is (who not in FREE)
    # The offer reveals nothing to its sender; the person learns it on accepting.
    offer = decided(committee_group, member, voting=True, office="", since=today, by=facilitator)
    if who in FREE:
        assert group_actions.accept_seat(offer, by=member).member == member
    else:
        with pytest.raises(Refused, match="manage"):
            group_actions.accept_seat(offer, by=member)


def test_nobody_seats_anybody_there_alone(
    people: dict[str, Member],
    committee_group: Group,
    committee_chair: Member,
    facilitator: Member,
    administrator: Member,
    today: date,
) -> None:
    for by in (facilitator, administrator, committee_chair, people["consumer who administers"]):
        for member in (people["consumer"], by):
            with pytest.raises(Refused):
                group_actions.offer_seat(committee_group, member, since=today, by=by)
    assert not SeatOffer.objects.within(committee_group.agency).waiting().exists()
    sits = seat(committee_group, people["consumer"], voting=False, since=today, by=facilitator)
    mine = group_actions.change_office
    for office, voting in (("chair", False), ("", True)):
        with pytest.raises(Refused):
            mine(sits, office=office, voting=voting, on=today, by=people["consumer"])


@pytest.mark.parametrize(
    "who", ["administrator", "manager", "facilitator", "second_consumer", "second_judge"]
)
def test_nobody_alone_ends_a_seat_or_takes_an_office_or_vote_away(
    who: str,
    committee_group: Group,
    committee_chair: Member,
    today: date,
    request: pytest.FixtureRequest,
) -> None:
    by: Member = request.getfixturevalue(who)
    seats = Seat.objects.within(committee_group.agency).filter(group=committee_group)
    held = seats.get(member=committee_chair)
    acts: list[Any] = [
        lambda: group_actions.end_seat(held, on=today, by=by),
        lambda: group_actions.change_office(held, office="", on=today, by=by),
        lambda: group_actions.change_office(
            held, office=held.office, voting=False, on=today, by=by
        ),
        lambda: group_actions.close_group(committee_group, on=today, by=by),
    ]
    for act in acts:
        with pytest.raises(Refused):
            act()
    assert Seat.objects.within(committee_group.agency).on(today).get(pk=held.pk).voting
    # Members give up their own seats.
    assert group_actions.end_seat(held, on=today, by=committee_chair).until == today


@pytest.mark.promise("judging")
def test_who_became_a_manager_judges_decides_and_closes_nothing_from_then_on(
    answered: Recommendation,
    committee_group: Group,
    second_judge: Member,
    committee_chair: Member,
    today: date,
) -> None:
    decision = group_actions.propose(
        committee_group, title="Meet", text="Weekly.", by=committee_chair
    )
    second_judge.standings.create(
        agency=second_judge.agency, kind=StandingKind.MANAGER, since=today
    )
    acts: list[Any] = [
        lambda: committee.judge(answered, satisfactory=True, by=second_judge),
        lambda: actions.open_review(since=today, by=second_judge),
        lambda: group_actions.take_position(decision, member=second_judge, choice=Choice.AGREE),
        lambda: group_actions.close_decision(decision, by=second_judge),
    ]
    for act in acts:
        with pytest.raises(Refused, match="manage"):
            act()


def _run(sql: str, *values: str | int | date | None) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_no_seat_in_the_committee_by_sql_without_a_decision_and_a_yes(
    agency: Agency,
    committee_group: Group,
    administrator: Member,
    second_consumer: Member,
    facilitator: Member,
    today: date,
) -> None:
    insert = (
        "INSERT INTO groups_seat (agency_id, group_id, member_id, standing, employed_peer, voting,"
        " office, since, offer_id) VALUES (%s, %s, %s, 'primary_consumer', false, true, %s, %s, %s)"
    )
    offers = SeatOffer.objects.within(agency)
    own = offers.create(
        group=committee_group,
        member=administrator,
        since=today,
        offered_by=administrator,
        offered_on=today,
    )
    own.become(OfferState.ACCEPTED)
    own.answered_on = today
    own.save()
    given: dict[str, Any] = {"voting": True, "office": "", "since": today, "by": facilitator}
    other = decided(committee_group, second_consumer, **given)
    place = (agency.pk, committee_group.pk)
    for member, office, offer in (
        (administrator, "", None),
        (administrator, "", own.pk),
        (administrator, "", other.pk),
        (second_consumer, "", other.pk),  # not accepted
    ):
        with pytest.raises(Error, match="follows from a decision"):
            _run(insert, *place, member.pk, office, today, offer)
    offers.filter(pk=other.pk).update(state="accepted", answered_on=today)
    with pytest.raises(Error, match="follows from a decision"):
        _run(insert, *place, second_consumer.pk, "chair", today, other.pk)
    with pytest.raises(Error, match="follows from a decision"):
        _run("UPDATE groups_seat SET member_id = %s", administrator.pk)
    _run(
        "UPDATE groups_decision SET status = 'not_adopted' WHERE id = %s", other.motion.decision_id
    )
    with pytest.raises(Error, match="follows from a decision"):
        _run(insert, *place, second_consumer.pk, "", today, other.pk)
    with pytest.raises(Error, match="never changed"):
        _run("UPDATE groups_motion SET member_id = %s", administrator.pk)
    with pytest.raises(Error):
        _run("DELETE FROM groups_motion")


def test_no_seat_in_the_committee_ends_or_lasts_by_sql_alone(
    agency: Agency, committee_group: Group, committee_chair: Member, today: date
) -> None:
    for ending in ("", "decided", "group", "term"):
        with pytest.raises(Error, match="given up or by a decision"):
            _run("UPDATE groups_seat SET until = %s, ending = %s", today, ending)
    with pytest.raises(Error, match="never deleted"):
        _run("DELETE FROM groups_seat")
    (held,) = Seat.objects.within(agency).filter(group=committee_group)
    group_actions.end_seat(held, on=today, by=committee_chair)
    with pytest.raises(Error, match="lasts longer"):
        _run("UPDATE groups_seat SET until = NULL, ending = ''")
