"""Decisions taken in a room: recorded as they were, and what they lack to count."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now

from accounts.models import Member
from devtools import seating
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency, Event
from foundation.refusals import Refused
from groups import actions
from groups.models import (
    Choice,
    Decision,
    DecisionStatus,
    Group,
    GroupKind,
    PaperRecord,
    Seat,
    Way,
)
from groups.paper import look
from notifications.waiting import waiting
from privacy.holds import actions as holds
from privacy.holds.models import HoldScope
from tests.conftest import Login
from tests.groups.conftest import DAY, Propose, send

ALL_AGREE = (Choice.AGREE,) * 4


@pytest.fixture
def board(
    agency: Agency,
    administrator: Member,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    start: date,
) -> Group:
    group = actions.open_group(
        agency, kind=GroupKind.GOVERNING_BODY, name="Board", by=administrator, on=start
    )
    for member in (consumer, second_consumer, provider):
        seating.seat(group, member, since=start, by=administrator)
    return group


def paper(decision: Decision) -> PaperRecord:
    return PaperRecord.objects.within(decision.agency).get(decision=decision)


def test_all_who_had_a_vote_are_on_record_and_it_counts(
    seated: Group, chair: Member, consumer: Member, second_consumer: Member, provider: Member
) -> None:
    on = seated.agency.today() - 3 * DAY
    people = (chair, consumer, second_consumer, provider)
    said = dict(zip(people, ALL_AGREE, strict=True))
    decision = actions.write_down(
        seated, title="Tea", text="Offer tea.", on=on, said=said, by=chair
    )
    assert (decision.status, decision.way) == (DecisionStatus.ADOPTED, Way.PAPER)
    assert (decision.decided_on, decision.without_quorum) == (on, False)
    record = paper(decision)
    assert (record.recorded_by, record.recorded_on) == (chair, seated.agency.today())
    names = set(Event.objects.within(seated.agency).values_list("name", flat=True))
    assert {"decision.recorded", "decision.adopted"} <= names


def test_a_tally_without_names_is_recorded_and_does_not_count_yet(
    seated: Group, chair: Member, login: Login
) -> None:
    decision = actions.write_down(
        seated,
        title="Tea",
        text="Offer tea.",
        on=seated.agency.today() - DAY,
        numbers={"agree": 5, "object": 1},
        by=chair,
    )
    assert decision.status == DecisionStatus.RECORDED
    assert look(decision, paper(decision)).lacking == ("people", "objection")
    page = at(seated.agency, "groups:decision", pk=decision.pk)
    assert b"does not count" in login(chair).get(page).content
    # The group's reason is recorded later; then the decision counts.
    decision = actions.add_to_paper(decision, said={}, waiver="We voted on it.", by=chair)
    assert decision.status == DecisionStatus.ADOPTED


def test_who_was_there_by_the_list_of_the_meeting(
    seated: Group, chair: Member, consumer: Member, second_consumer: Member, provider: Member
) -> None:
    meeting = actions.plan_meeting(seated, starts_at=now() - DAY, by=chair)
    decision = actions.write_down(
        seated, title="Tea", text="Offer tea.", on=meeting.on, said={consumer: "agree"}, by=chair
    )
    assert (decision.status, decision.without_quorum) == (DecisionStatus.RECORDED, True)
    came = {each: Decimal(1) for each in (chair, consumer, second_consumer, provider)}
    actions.record_attendance(meeting, present=came, by=chair)
    decision.refresh_from_db()
    assert (decision.status, decision.without_quorum) == (DecisionStatus.ADOPTED, False)


def test_people_who_left_since_and_people_without_a_seat_in_the_portal(
    seated: Group, chair: Member, consumer: Member, administrator: Member, manager: Member
) -> None:
    today = seated.agency.today()
    seat = Seat.objects.within(seated.agency).get(group=seated, member=consumer)
    actions.end_seat(seat, on=today - 5 * DAY, by=administrator, late_reason="Told late.")
    decision = actions.write_down(
        seated,
        title="Tea",
        text="Offer tea.",
        on=today - 10 * DAY,
        said={consumer: "agree", manager: "object"},
        by=chair,
    )
    seats = dict(decision.positions.values_list("member", "seat"))
    assert seats == {consumer.pk: seat.pk, manager.pk: None}


@pytest.mark.parametrize("ago", [0, 300, 4000])
def test_on_whatever_day_it_was(seated: Group, chair: Member, ago: int, login: Login) -> None:
    """Even before the group was entered, or anybody had joined the portal."""
    day = seated.agency.today() - ago * DAY
    decision = actions.write_down(seated, title="Tea", text="Offer tea.", on=day, by=chair)
    assert decision.decided_on == day
    page = at(seated.agency, "groups:decision", pk=decision.pk)
    assert login(chair).get(page).status_code == 200


def test_what_is_contradictory_is_refused(seated: Group, chair: Member) -> None:
    today = seated.agency.today()
    for wrong in ({"on": today + DAY}, {"on": today, "title": " "}, {"on": today, "text": ""}):
        with pytest.raises(ValidationError):
            actions.write_down(seated, **{"title": "Tea", "text": "Tea.", **wrong}, by=chair)  # type: ignore[arg-type]


def test_who_does_not_run_the_group_does_not_write_for_it(
    seated: Group, consumer: Member, manager: Member
) -> None:
    for by in (consumer, manager):
        with pytest.raises(Refused):
            actions.write_down(seated, title="Tea", text="Tea.", on=seated.agency.today(), by=by)


def test_an_open_proposal_that_was_decided_in_a_room_needs_a_second_person(
    seated: Group, chair: Member, propose: Propose, consumer: Member, manager: Member
) -> None:
    proposal = propose()
    actions.take_position(proposal, member=consumer, choice=Choice.OBJECT, reason="Too warm.")
    written = actions.write_down(
        seated,
        title="",
        text="",
        on=seated.agency.today(),
        said={consumer: "agree"},
        waiver="Two were ill.",
        by=chair,
        decision=proposal,
    )
    # A position that a member entered personally stays as it is.
    assert [each.choice for each in written.positions.filter(member=consumer)] == ["object"]
    assert written.status == DecisionStatus.RECORDED
    today = seated.agency.today()
    title = "Confirm what your group decided: Water at the door"
    assert title in [each.title for each in waiting(consumer, today)]
    assert title not in [each.title for each in waiting(chair, today)]
    for other in (chair, manager):
        with pytest.raises(Refused):
            actions.attest(written, by=other)
    assert actions.attest(written, by=consumer).status == DecisionStatus.ADOPTED


def test_a_false_record_is_taken_back_and_the_proposal_is_open_again(
    seated: Group, chair: Member, propose: Propose, provider: Member, administrator: Member
) -> None:
    proposal = propose()
    written = actions.write_down(
        seated,
        title="",
        text="",
        on=seated.agency.today(),
        adopted=False,
        waiver="All agreed.",
        by=chair,
        decision=proposal,
    )
    hold = holds.hold(scope=HoldScope.GROUP, group=seated, reason="A lawsuit", by=administrator)
    with pytest.raises(Refused):
        actions.take_back_paper(written, by=provider)
    holds.end(hold, reason="It was dropped", by=administrator)
    again = actions.take_back_paper(written, by=provider)
    assert (again.status, again.decided_on, again.way) == (DecisionStatus.OPEN, None, Way.CONSENT)
    actions.take_position(again, member=provider, choice=Choice.AGREE)


def test_a_board_s_paper_counts_when_a_second_member_confirms_it(
    board: Group, administrator: Member, consumer: Member, provider: Member
) -> None:
    decision = actions.write_down(
        board,
        title="Budget",
        text="As on paper.",
        on=board.agency.today() - 20 * DAY,
        waiver="By majority.",
        by=administrator,
    )
    assert decision.status == DecisionStatus.RECORDED
    with pytest.raises(Refused):
        actions.attest(decision, by=administrator)
    assert actions.attest(decision, by=provider).status == DecisionStatus.ADOPTED


def test_status_does_not_depend_on_who_uses_services(
    seated: Group, chair: Member, consumer: Member, provider: Member
) -> None:
    """Whoever records it chooses whom it names, so no answer may depend on standings."""
    found = set()
    for member in (consumer, provider):
        decision = actions.write_down(
            seated,
            title="Tea",
            text="Tea.",
            on=seated.agency.today(),
            said={member: "agree"},
            by=chair,
        )
        found.add((decision.status, look(decision, paper(decision)).lacking))
    assert len(found) == 1


def test_the_database_lets_no_paper_count_that_lacks_something(
    board: Group, administrator: Member
) -> None:
    decision = actions.write_down(
        board, title="Budget", text="So.", on=board.agency.today(), by=administrator
    )
    attacks = (
        "UPDATE groups_decision SET status = 'adopted' WHERE id = %s",
        "UPDATE groups_paperrecord SET counts_since = recorded_on WHERE decision_id = %s",
        "UPDATE groups_paperrecord SET attested_on = recorded_on, attested_by_id = recorded_by_id"
        " WHERE decision_id = %s",
    )
    for attack in attacks:
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(attack, [decision.pk])


def test_the_pages(
    seated: Group,
    chair: Member,
    consumer: Member,
    propose: Propose,
    login: Login,
    manager: Member,
) -> None:
    agency, client = seated.agency, login(chair)
    day = agency.today() - 90 * DAY
    url = at(agency, "groups:write_down", pk=seated.pk)
    assert client.get(url).status_code == 200
    assert client.get(f"{url}?day=nonsense").status_code == 200
    given = {"title": "Tea", "text": "Offer tea.", "adopted": "yes", "agree": "3"}
    # Long ago: it asks for the reason, and loses no input.
    asked = send(client, f"{url}?day={day}", **given)
    assert asked.status_code == 422
    assert b"Offer tea." in asked.content
    given |= {"late_reason": "It lay in a drawer.", f"said_{code_of(consumer)}": "agree"}
    assert send(client, f"{url}?day={day}", **given).status_code == 302
    (record,) = PaperRecord.objects.within(agency).select_related("decision")
    assert (record.decision.decided_on, record.agree) == (day, 3)
    page = at(agency, "groups:decision", pk=record.decision_id)
    shown = client.get(page).content.decode()
    assert "It lay in a drawer." in shown
    more = at(agency, "groups:add_to_paper", pk=record.decision_id)
    assert client.get(more).status_code == 200
    assert send(client, more, waiver="We were three.").status_code == 302
    record.decision.refresh_from_db()
    assert record.decision.status == DecisionStatus.ADOPTED
    assert login(manager).get(url).status_code == 403
    proposal = propose()
    opened = at(agency, "groups:decided_on_paper", pk=proposal.pk)
    assert client.get(opened).status_code == 200
    assert send(client, opened, adopted="yes", waiver="In the room.").status_code == 302
    attest = at(agency, "groups:attest", pk=proposal.pk)
    back = at(agency, "groups:take_back_paper", pk=proposal.pk)
    voter = login(consumer)
    assert voter.get(back).status_code == 200
    assert client.get(attest).status_code == 403
    assert send(voter, attest).status_code == 302
    assert voter.get(back).status_code == 403


def test_a_note_taker_writes_for_a_group_that_has_ended(
    seated: Group, chair: Member, administrator: Member, today: date, consumer: Member
) -> None:
    actions.close_group(seated, on=today, by=administrator)
    actions.write_down(seated, title="Last", text="Thanks.", on=today - DAY, by=chair)
    with pytest.raises(Refused):
        actions.write_down(seated, title="Last", text="Thanks.", on=today - DAY, by=consumer)
