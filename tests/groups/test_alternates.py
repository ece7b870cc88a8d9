"""Somebody steps in for who is away: one view for a seat, by the same class, never management."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts import actions as people
from accounts.models import Member, Standing, StandingKind
from accounts.permissions import Role
from devtools.seating import seat
from foundation.addresses import at
from foundation.keys import code_of
from foundation.refusals import Refused
from groups import actions, meeting_facts, paper, rules, tasks
from groups.composition import composition
from groups.models import Alternate, Choice, Decision, Group, Meeting, Position, Seat, stood_for
from groups.policies import ALTERNATES_VOTE
from groups.tally import tally, voters
from notifications.models import Message
from safety.actions import end_apart, keep_apart
from safety.models import NoContact
from tests.conftest import Enter, Login
from tests.days import days_on
from tests.groups.conftest import send

DAY = timedelta(days=1)


@pytest.fixture
def stand_in(enter: Enter) -> Member:
    """Another consumer, who has no seat there."""
    return enter("Mei Tran", StandingKind.PRIMARY_CONSUMER)


@pytest.fixture
def agreed(seated: Group, consumer: Member, stand_in: Member) -> Alternate:
    row = actions.name_alternate(seated, stand_in, by=consumer)
    return actions.agree_to_step_in(row, by=stand_in)


@pytest.fixture
def away(agreed: Alternate, consumer: Member) -> Alternate:
    people.go_away(consumer, since=consumer.agency.today(), until=None, by=consumer)
    return agreed


@pytest.fixture
def proposal(seated: Group, second_consumer: Member) -> Decision:
    return actions.propose(seated, title="Doors", text="Open them at eight.", by=second_consumer)


def stand_in_seats(row: Alternate) -> list[tuple[date, date | None]]:
    seats = Seat.objects.within(row.agency).filter(stands_in=row).order_by("since", "pk")
    return [(each.since, each.until) for each in seats]


def speak(decision: Decision, row: Alternate, choice: str = Choice.AGREE) -> Position:
    holder = Member.objects.within(row.agency).get(pk=row.holder_id)
    holder.agency = row.agency
    return actions.take_position(decision, member=holder, choice=choice, alternate=row)


def test_the_alternate_sits_there_without_a_vote_of_their_own_exactly_while_the_other_is_away(
    agreed: Alternate, consumer: Member
) -> None:
    today = consumer.agency.today()
    assert stand_in_seats(agreed) == []
    people.go_away(consumer, since=today + DAY, until=today + 9 * DAY, by=consumer)
    assert stand_in_seats(agreed) == [(today + DAY, today + 9 * DAY)]
    people.go_away(consumer, since=today, until=None, by=consumer)
    assert stand_in_seats(agreed) == [(today, None)]
    people.come_back(consumer, by=consumer)
    assert stand_in_seats(agreed) == [(today, today)]


def test_nothing_that_counts_seats_changes(
    seated: Group, consumer: Member, agreed: Alternate
) -> None:
    agency, today = seated.agency, seated.agency.today()
    groups = Group.objects.within(agency).filter(pk=seated.pk)
    before = composition(groups, today)
    people.go_away(consumer, since=today, until=None, by=consumer)
    assert stand_in_seats(agreed) == [(today, None)]
    assert composition(groups, today) == before


def test_a_seat_has_one_view_however_many_speak_for_it(
    proposal: Decision, away: Alternate, consumer: Member, stand_in: Member
) -> None:
    today = consumer.agency.today()
    seats = voters(proposal, today)
    assert stand_in.pk not in seats
    speak(proposal, away)
    counted = tally(proposal, today)
    assert (counted.agree, counted.consumers, counted.voting_seated) == (1, 1, len(seats))
    # As themselves, they have no vote.
    with pytest.raises(Refused):
        actions.take_position(proposal, member=stand_in, choice=Choice.AGREE)
    # The holder's own word replaces it, and then only they change it.
    actions.take_position(proposal, member=consumer, choice=Choice.OBJECT, reason="Too early.")
    counted = tally(proposal, today)
    assert (counted.agree, counted.object, counted.consumers) == (0, 1, 1)
    with pytest.raises(Refused, match="their own view"):
        speak(proposal, away)
    current = Position.objects.within(proposal.agency).current().filter(decision=proposal)
    row = current.get(member=consumer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Position.objects.within(proposal.agency).create(
            decision=proposal,
            round=proposal.round,
            member=consumer,
            seat=row.seat,
            alternate=stand_in,
            choice=Choice.AGREE,
            on=today,
        )


def test_a_seat_that_stands_in_can_have_no_vote_and_nobody_stands_in_twice(
    away: Alternate, second_consumer: Member, stand_in: Member
) -> None:
    seats = Seat.objects.within(away.agency).filter(stands_in=away)
    with pytest.raises(IntegrityError), transaction.atomic():
        seats.update(voting=True)
    # Whoever asks learns nothing of another agreement; whoever was asked can't agree to both.
    other = actions.name_alternate(away.group, stand_in, by=second_consumer)
    with pytest.raises(Refused, match="can’t step in"):
        actions.agree_to_step_in(other, by=stand_in)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alternate.objects.within(away.agency).filter(pk=other.pk).update(accepted_on=away.named_on)


def test_before_the_time_away_and_after_the_return_the_alternate_does_not_speak(
    proposal: Decision, agreed: Alternate, consumer: Member
) -> None:
    with pytest.raises(Refused):
        speak(proposal, agreed)
    people.go_away(consumer, since=consumer.agency.today(), until=None, by=consumer)
    speak(proposal, agreed)
    people.come_back(consumer, by=consumer)
    with pytest.raises(Refused):
        speak(proposal, agreed, Choice.STAND_ASIDE)
    # What was said while they were away stands until they say otherwise.
    assert tally(proposal, consumer.agency.today()).agree == 1


def test_a_policy_lets_nobody_vote_for_another(
    proposal: Decision, away: Alternate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(ALTERNATES_VOTE), "value", lambda *_args: False)
    with pytest.raises(Refused, match="does not vote"):
        speak(proposal, away)


def test_in_a_caucus_nobody_answers_for_another(
    proposal: Decision, away: Alternate, consumer: Member, stand_in: Member, login: Login
) -> None:
    """It promises that nobody reads an answer; the holder would read the one for their seat."""
    page = at(proposal.agency, "groups:decision", pk=proposal.pk)
    speak(proposal, away)
    people.come_back(consumer, by=consumer)
    assert "Whoever stepped in for you said: I agree" in login(consumer).get(page).text
    people.go_away(consumer, since=consumer.agency.today(), until=None, by=consumer)
    Decision.objects.within(proposal.agency).filter(pk=proposal.pk).update(
        way="writing",
        kept_inside=True,
        fixed=True,
        caucus=True,
        answers_until=proposal.agency.today() + DAY,
    )
    proposal.refresh_from_db()
    with pytest.raises(Refused, match="each person gives their own"):
        speak(proposal, away)
    assert "You step in for" not in login(stand_in).get(page).text


def _manages(member: Member, administrator: Member) -> None:
    today = member.agency.today()
    people.write_standing(member, kind=StandingKind.MANAGER, since=today, by=administrator)


def _answers_for_management(member: Member, administrator: Member) -> None:
    today = member.agency.today()
    people.grant_role(member, role=Role.MANAGEMENT, since=today, by=administrator)


def _takes_part_in_another_way(member: Member, administrator: Member) -> None:
    held = Standing.objects.within(member.agency).get(member=member)
    people.end_standing(held, on=member.agency.today(), by=administrator)


def test_only_whoever_steps_in_reads_at_the_meeting_that_they_do(
    away: Alternate, coming: Meeting, stand_in: Member, second_consumer: Member, login: Login
) -> None:
    words = "You step in here for somebody who is away."
    pages = [at(away.agency, name) for name in ("home_of", "groups:calendar")]
    pages.append(at(away.agency, "groups:meeting", pk=coming.pk))
    for reader, told in ((stand_in, pages), (second_consumer, [])):
        client = login(reader)
        assert [url for url in pages if words in client.get(url).text] == told
    actions.end_alternate(away, by=stand_in)
    client = login(stand_in)
    assert words not in client.get(pages[1]).text


@pytest.mark.parametrize("changed", [_manages, _answers_for_management, _takes_part_in_another_way])
def test_whoever_manages_or_is_of_another_class_neither_agrees_nor_speaks(
    changed: Callable[[Member, Member], None],
    proposal: Decision,
    seated: Group,
    consumer: Member,
    second_consumer: Member,
    stand_in: Member,
    enter: Enter,
    administrator: Member,
) -> None:
    row = actions.name_alternate(seated, stand_in, by=consumer)
    row = actions.agree_to_step_in(row, by=stand_in)
    people.go_away(consumer, since=consumer.agency.today(), until=None, by=consumer)
    changed(stand_in, administrator)
    with pytest.raises(Refused):
        speak(proposal, row)
    other = enter("Ola Berg", StandingKind.PRIMARY_CONSUMER)
    changed(other, administrator)
    asked = actions.name_alternate(seated, other, by=second_consumer)
    with pytest.raises(Refused, match="can’t step in"):
        actions.agree_to_step_in(asked, by=Member.objects.within(other.agency).get(pk=other.pk))


def test_two_people_who_must_not_meet_are_not_brought_together_by_stepping_in(
    proposal: Decision,
    agreed: Alternate,
    consumer: Member,
    second_consumer: Member,
    stand_in: Member,
    administrator: Member,
) -> None:
    _must_not_meet(administrator, stand_in, second_consumer)
    people.go_away(consumer, since=consumer.agency.today(), until=None, by=consumer)
    assert stand_in_seats(agreed) == []
    with pytest.raises(Refused):
        speak(proposal, agreed)


def _must_not_meet(
    administrator: Member, one: Member, other: Member, since: date | None = None
) -> NoContact:
    return keep_apart(
        one,
        other,
        reason="court_order",
        since=since or one.agency.today(),
        known_to=[one],
        by=administrator,
    )


@pytest.mark.parametrize("changed", [_manages, _answers_for_management, _takes_part_in_another_way])
def test_whoever_manages_from_now_on_reads_nothing_there_from_now_on(
    changed: Callable[[Member, Member], None],
    away: Alternate,
    stand_in: Member,
    administrator: Member,
) -> None:
    today = away.agency.today()
    assert stand_in_seats(away) == [(today, None)]
    changed(stand_in, administrator)
    assert stand_in_seats(away) == [(today, today)]


def test_an_order_ends_the_seat_of_whoever_steps_in_and_its_end_gives_it_back(
    away: Alternate, second_consumer: Member, stand_in: Member, administrator: Member
) -> None:
    today = away.agency.today()
    order = _must_not_meet(administrator, stand_in, second_consumer)
    assert stand_in_seats(away) == [(today, today)]
    end_apart(order, why="lifted", by=administrator)
    assert stand_in_seats(away)[-1] == (today, None)


def test_a_role_that_begins_later_ends_the_seat_on_its_day(
    away: Alternate, stand_in: Member, administrator: Member
) -> None:
    today = away.agency.today()
    later = today + 3 * DAY
    people.grant_role(stand_in, role=Role.MANAGEMENT, since=later, by=administrator)
    tasks.sweep_alternates()
    assert stand_in_seats(away) == [(today, None)]
    with time_machine.travel(days_on(3)):
        tasks.sweep_alternates()
    assert stand_in_seats(away) == [(today, later)]


@pytest.mark.parametrize("who", ["chair", "facilitator", "administrator", "provider"])
def test_only_the_holder_of_a_seat_names_somebody_for_it(
    who: str, seated: Group, consumer: Member, stand_in: Member, request: pytest.FixtureRequest
) -> None:
    by: Member = request.getfixturevalue(who)
    named = None
    try:
        named = actions.name_alternate(seated, stand_in, by=by)
    except Refused:
        assert who in ("facilitator", "administrator")
    if named is not None:
        assert named.holder_id == by.pk
        # Not of the same class as this seat.
        with pytest.raises(Refused):
            actions.agree_to_step_in(named, by=stand_in)


def test_in_the_committee_nobody_steps_in(
    committee: Group, committee_chair: Member, stand_in: Member
) -> None:
    with pytest.raises(Refused, match="nobody steps in"):
        actions.name_alternate(committee, stand_in, by=committee_chair)


def test_a_decision_from_a_meeting_counts_the_seat_as_there_if_its_alternate_came(
    meeting: Meeting, seated: Group, away: Alternate, consumer: Member, stand_in: Member
) -> None:
    found = meeting_facts.expected(meeting)
    others = found.voting - {consumer.pk}
    if meeting.on == consumer.agency.today():
        assert not found.all_voted(others)
        assert found.all_voted(others | {stand_in.pk})
    there = stood_for(seated.agency, seated.pk, consumer.agency.today(), {stand_in.pk})
    assert there == {consumer.pk}


def test_the_two_people_find_its_page_agree_speak_and_end_it_and_nobody_else_does(
    seated: Group,
    proposal: Decision,
    consumer: Member,
    second_consumer: Member,
    stand_in: Member,
    provider: Member,
    login: Login,
    administrator: Member,
) -> None:
    agency = seated.agency
    elsewhere = actions.open_group(
        agency, kind="council", name="Gardens", by=administrator, on=agency.today() - DAY
    )
    seat(elsewhere, stand_in, since=agency.today(), by=administrator)
    client = login(consumer)
    url = at(agency, "groups:name_alternate", pk=seated.pk)
    assert url in client.get(at(agency, "groups:people", pk=seated.pk)).content.decode()
    assert "They may guess for whom" in client.get(url).text
    assert send(client, url, member=code_of(stand_in)).status_code == 302
    row = Alternate.objects.within(agency).get()
    page = at(agency, "groups:alternate", pk=row.pk)
    assert login(second_consumer).get(page).status_code == 404
    assert login(provider).get(page).status_code == 404
    theirs = login(stand_in)
    asked = theirs.get(page).text
    assert "Will you step in" in asked
    assert "People in the group may guess for whom" in asked
    assert send(theirs, page).status_code == 302
    people.go_away(consumer, since=agency.today(), until=None, by=consumer)
    seats = client.get(at(agency, "groups:people", pk=seated.pk)).content.decode()
    # Not since when or until when: these are the days of the time away.
    assert seats.count("Steps in for somebody.</p>") == 1
    decision = at(agency, "groups:decision", pk=proposal.pk)
    assert "You step in for" in theirs.get(decision).content.decode()
    sent = send(theirs, decision, choice=Choice.AGREE, round=proposal.round, reason="")
    assert sent.status_code == 302
    said = Position.objects.within(agency).get(decision=proposal)
    assert (said.member_id, said.alternate_id) == (consumer.pk, stand_in.pk)
    assert "said by whoever steps in" in theirs.get(decision).content.decode()
    assert send(theirs, page).status_code == 302
    row.refresh_from_db()
    assert row.ended_on == agency.today()
    assert stand_in_seats(row)[-1][1] == agency.today()
    told = Message.objects.within(agency).filter(member=stand_in, code="alternate.steps_in")
    assert told.exists()


def test_whoever_steps_in_gets_no_second_voice_by_another_place(
    seated: Group, away: Alternate, facilitator: Member, stand_in: Member, proposal: Decision
) -> None:
    """A seat of their own that grew out of stepping in would count beside the voice they give."""
    speak(proposal, away)
    (own,) = Seat.objects.within(away.agency).filter(stands_in=away)
    before = stand_in_seats(away)
    refusal = rules.opening_seat(own, facilitator)
    assert refusal is not None
    assert "only there to step in" in str(refusal.reason)
    today = away.agency.today()
    offered = actions.offer_seat(seated, stand_in, since=today, by=facilitator)
    with pytest.raises(Refused, match="only there to step in"):
        actions.accept_seat(offered, standing=StandingKind.PRIMARY_CONSUMER, by=stand_in)
    assert stand_in_seats(away) == before


def test_whoever_steps_in_can_t_enter_that_the_other_is_away(
    agreed: Alternate, consumer: Member, stand_in: Member
) -> None:
    """Otherwise they would choose themselves when they speak for somebody."""
    ticked = {"sees_dates": False, "gets_reminders": False, "enters_away": True}
    row = actions.name_supporter(stand_in, **ticked, by=consumer)
    actions.agree_to_support(row, by=stand_in)
    row.refresh_from_db()
    refusal = rules.entering_away(row, stand_in)
    assert refusal is not None
    assert "You step in" in str(refusal.reason)
    actions.end_alternate(agreed, by=stand_in)
    assert rules.entering_away(row, stand_in) is None


@pytest.mark.parametrize("votes", [True, False])
def test_on_paper_too_the_policy_says_if_the_seat_was_there(
    seated: Group,
    away: Alternate,
    consumer: Member,
    stand_in: Member,
    facilitator: Member,
    monkeypatch: pytest.MonkeyPatch,
    *,
    votes: bool,
) -> None:
    today = seated.agency.today()
    voting = Seat.objects.within(seated.agency).on(today).voting().filter(group=seated)
    others = voting.exclude(member=consumer).select_related("member")
    said = {each.member: Choice.AGREE for each in others} | {stand_in: Choice.AGREE}
    decision = actions.write_down(
        seated, title="Doors", text="Open them at eight.", on=today, said=said, by=facilitator
    )
    monkeypatch.setattr(type(ALTERNATES_VOTE), "value", lambda *_args: votes)
    assert ("people" in paper.look(decision, decision.paper).lacking) is not votes
