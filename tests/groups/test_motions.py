"""Seats in the governing body and the committee are decided, after a hearing."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, connection, transaction
from django.test import Client
from django.utils.timezone import now
from time_machine import TimeMachineFixture

from accounts import actions as people
from accounts.away import Away
from accounts.models import Member, StandingKind
from accounts.permissions import Role
from devtools.seating import accept, seat
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from foundation.refusals import Refused
from groups import actions, rules
from groups.heard import answer_until, heard
from groups.models import (
    Choice,
    Decision,
    DecisionStatus,
    Ending,
    Group,
    Motion,
    MotionKind,
    Office,
    Resolution,
    Seat,
    SeatOffer,
)
from groups.policies import HEARING_RESTS, REMOVAL_ANSWER
from notifications.models import Message
from tests.conftest import Enter, Login
from tests.groups.conftest import send

DAY = timedelta(days=1)


def all_say(decision: Decision, choice: str = Choice.AGREE, reason: str = "") -> None:
    seats = Seat.objects.within(decision.agency).on(decision.agency.today()).voting()
    for held in seats.filter(group=decision.group_id).select_related("member"):
        held.member.agency = decision.agency
        motion = decision.motions.first()
        if rules.concerned(motion, held.member) is None:
            actions.take_position(decision, member=held.member, choice=choice, reason=reason)


def held_by(group: Group, member: Member) -> Seat:
    return (
        Seat.objects.within(group.agency).on(group.agency.today()).get(group=group, member=member)
    )


def test_a_seat_is_proposed_agreed_on_offered_and_taken(
    committee: Group, committee_chair: Member, consumer: Member, today: date
) -> None:
    decision = actions.propose_seat(committee, consumer, since=today, by=committee_chair)
    assert not SeatOffer.objects.within(committee.agency).waiting().exists()
    all_say(decision)
    actions.close_decision(decision, by=committee_chair)
    (offer,) = SeatOffer.objects.within(committee.agency).waiting()
    assert offer.member == consumer
    taken = accept(offer)
    assert (taken.since, taken.until, taken.voting) == (today, None, True)


def test_what_the_group_does_not_agree_on_seats_nobody(
    committee: Group, committee_chair: Member, consumer: Member, today: date
) -> None:
    decision = actions.propose_seat(committee, consumer, since=today, by=committee_chair)
    all_say(decision, Choice.OBJECT, "Not now.")
    actions.close_decision(decision, adopted=False, by=committee_chair)
    assert not SeatOffer.objects.within(committee.agency).waiting().exists()


def test_who_sits_in_a_group_is_never_decided_without_waiting_for_the_others(
    committee: Group, committee_chair: Member, consumer: Member, today: date
) -> None:
    decision = actions.propose_seat(committee, consumer, since=today, by=committee_chair)
    actions.take_position(decision, member=committee_chair, choice=Choice.AGREE)
    with pytest.raises(Refused, match="everyone with a vote"):
        actions.waive(decision, reason="Now.", by=committee_chair)
    with pytest.raises(Refused):
        actions.close_decision(decision, waiver="Now.", by=committee_chair)


def test_who_would_lose_a_seat_is_told_answers_and_does_not_decide(
    committee: Group,
    committee_chair: Member,
    second_consumer: Member,
    provider: Member,
    today: date,
) -> None:
    held = held_by(committee, provider)
    decision = actions.propose_change(
        held, deciding=committee, since=today, reason="Never came.", by=committee_chair
    )
    motion = decision.motions.get()
    told = Message.objects.within(committee.agency).filter(member=provider)
    assert told.filter(code="seat.questioned").exists()
    with pytest.raises(Refused, match="your own seat"):
        actions.take_position(decision, member=provider, choice=Choice.OBJECT, reason="No.")
    all_say(decision)
    with pytest.raises(Refused, match="can answer until"):
        actions.close_decision(decision, by=committee_chair)
    with pytest.raises(Error, match="days to answer"), transaction.atomic():
        Decision.objects.within(committee.agency).filter(pk=decision.pk).update(
            status=DecisionStatus.ADOPTED, decided_on=today
        )
    actions.answer_motion(motion, text="I was ill.", by=provider)
    with pytest.raises(Refused, match="answered already"):
        actions.answer_motion(motion, text="Once more.", by=provider)
    actions.close_decision(decision, by=committee_chair)
    held.refresh_from_db()
    assert (held.until, held.ending) == (today, Ending.DECIDED)


def test_after_the_days_for_an_answer_the_group_decides_without_one(
    committee: Group,
    committee_chair: Member,
    provider: Member,
    today: date,
    time_machine: TimeMachineFixture,
) -> None:
    held = held_by(committee, provider)
    decision = actions.propose_change(
        held, deciding=committee, since=today, reason="Never came.", by=committee_chair
    )
    days = REMOVAL_ANSWER.span(committee.agency, today) + DAY
    time_machine.move_to(now() + days)
    all_say(decision)
    actions.close_decision(decision, by=committee_chair)
    held.refresh_from_db()
    assert held.until == today + days


def test_the_days_for_an_answer_do_not_run_while_the_person_is_away_but_not_for_ever(
    committee: Group,
    committee_chair: Member,
    provider: Member,
    today: date,
    time_machine: TimeMachineFixture,
) -> None:
    held = held_by(committee, provider)
    decision = actions.propose_change(
        held, deciding=committee, since=today, reason="Never came.", by=committee_chair
    )
    motion = decision.motions.get()
    assert motion.answer_by is not None
    people.go_away(provider, since=today + DAY, until=today + 21 * DAY, by=provider)
    assert not heard(motion, motion.answer_by + DAY)
    assert answer_until(motion, motion.answer_by, today + 30 * DAY) == motion.answer_by + 20 * DAY
    time_machine.move_to(now() + (motion.answer_by - today) + DAY)
    all_say(decision)
    # Without the day, which would tell of the time away.
    with pytest.raises(Refused, match=r"can still answer\.$"):
        actions.close_decision(decision, by=committee_chair)
    time_machine.move_to(now() + 20 * DAY)
    actions.close_decision(decision, by=committee_chair)
    # Nobody keeps a group from deciding for good.
    Away.objects.within(committee.agency).filter(member=provider).update(until=None)
    longest = motion.answer_by + HEARING_RESTS.span
    assert answer_until(motion, motion.answer_by, longest + 9 * DAY) == longest


def test_an_office_or_a_vote_is_taken_away_by_decision_only(
    committee: Group,
    committee_chair: Member,
    second_consumer: Member,
    facilitator: Member,
    today: date,
) -> None:
    held = held_by(committee, committee_chair)
    with pytest.raises(ValidationError, match="taken away"):
        actions.propose_change(
            held,
            deciding=committee,
            ends=False,
            voting=True,
            office=Office.CHAIR,
            since=today,
            reason="Turns.",
            by=second_consumer,
        )
    decision = actions.propose_change(
        held,
        deciding=committee,
        ends=False,
        voting=True,
        office="",
        since=today,
        reason="We take turns.",
        by=second_consumer,
    )
    actions.answer_motion(decision.motions.get(), text="Fine.", by=committee_chair)
    all_say(decision)
    with pytest.raises(Refused, match="your own seat"):
        actions.close_decision(decision, by=committee_chair)
    actions.close_decision(decision, by=facilitator)
    after = held_by(committee, committee_chair)
    assert (after.office, after.voting) == ("", True)


def test_the_governing_body_ends_a_seat_only_on_words_of_a_charter(
    committee: Group,
    board: Group,
    provider: Member,
    second_consumer: Member,
    administrator: Member,
    enter: Enter,
    today: date,
) -> None:
    bernice = enter("Bernice", StandingKind.OTHER)
    seat(board, bernice, office=Office.CHAIR, since=today - DAY, by=administrator)
    held = held_by(committee, second_consumer)
    with pytest.raises(ValidationError, match="no charter"):
        actions.propose_change(held, deciding=board, since=today, reason="Loud.", by=bernice)
    with pytest.raises(Refused):  # Members of the committee do not decide who sits on the board.
        actions.propose_change(
            held_by(board, bernice), deciding=committee, since=today, reason="Loud.", by=provider
        )
    # Nor does the board seat anybody in the committee.
    assert rules.moving(committee, MotionKind.SEAT, board, bernice) is not None


def test_what_is_proposed_about_a_person_is_read_by_the_group_alone(
    committee: Group,
    committee_chair: Member,
    consumer: Member,
    provider: Member,
    second_consumer: Member,
    login: Login,
    today: date,
) -> None:
    held = held_by(committee, provider)
    decision = actions.propose_change(
        held, deciding=committee, since=today, reason="Never came.", by=committee_chair
    )
    page = at(committee.agency, "groups:decision", pk=decision.pk)
    motion = at(committee.agency, "groups:motion", pk=decision.motions.get().pk)
    assert login(provider).get(motion).status_code == 200
    actions.answer_motion(decision.motions.get(), text="I was ill.", by=provider)
    all_say(decision)
    actions.close_decision(decision, by=committee_chair)
    assert "I was ill." in login(second_consumer).get(page).content.decode()
    assert login(consumer).get(page).status_code == 403
    listed = login(consumer).get(at(committee.agency, "groups:decisions", pk=committee.pk))
    assert decision.title not in listed.content.decode()
    assert login(second_consumer).get(motion).status_code == 404


def test_the_committee_ends_by_a_decision(
    committee: Group, committee_chair: Member, administrator: Member, today: date
) -> None:
    with pytest.raises(Refused, match="ends by a decision"):
        actions.close_group(committee, on=today, by=administrator)
    decision = actions.propose_for_group(
        committee,
        MotionKind.DISSOLVE,
        deciding=committee,
        since=today,
        reason="Another one follows.",
        by=committee_chair,
    )
    all_say(decision)
    actions.close_decision(decision, by=committee_chair)
    committee.refresh_from_db()
    assert committee.closed == today
    endings = Seat.objects.within(committee.agency).filter(group=committee)
    assert set(endings.values_list("ending", flat=True)) == {Ending.GROUP}
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE groups_seat SET until = NULL WHERE group_id = %s", [committee.pk])


@pytest.fixture
def paper(
    agency: Agency, board: Group, administrator: Member, enter: Enter, today: date
) -> Resolution:
    bernice, harold = enter("Bernice", StandingKind.OTHER), enter("Harold", StandingKind.OTHER)
    return actions.enter_resolution(
        board,
        on=today - 10 * DAY,
        text="Resolved: Bernice and Harold serve.",
        members=[bernice, harold],
        chair=bernice,
        asked=harold,
        by=administrator,
    )


def test_a_board_is_entered_from_its_paper_and_a_second_person_attests_it(
    agency: Agency, board: Group, paper: Resolution, administrator: Member, today: date
) -> None:
    waiting = SeatOffer.objects.within(agency).waiting().filter(group=board)
    assert not waiting.exists()
    with pytest.raises(Refused):
        actions.attest_resolution(paper, by=administrator)
    actions.attest_resolution(paper, by=paper.asked)
    assert waiting.count() == 2
    for offer in waiting:
        assert accept(offer).since == today - 10 * DAY
    named = paper.motions.exclude(office="").get().member
    assert named is not None
    chair = held_by(board, named)
    assert (chair.office, chair.until) == (Office.CHAIR, None)
    with pytest.raises(Error, match="never changed"), transaction.atomic():
        Resolution.objects.within(agency).update(text="Resolved: others serve.")


def test_what_the_second_person_denies_seats_nobody(
    agency: Agency, paper: Resolution, administrator: Member
) -> None:
    actions.deny_resolution(paper, by=paper.asked)
    assert not SeatOffer.objects.within(agency).waiting().exists()
    told = Message.objects.within(agency).filter(member=administrator)
    assert told.filter(code="resolution.denied").exists()
    with pytest.raises(Refused):
        actions.attest_resolution(paper, by=paper.asked)


def test_nobody_attests_what_they_wrote_down_themselves(
    agency: Agency, board: Group, administrator: Member, consumer: Member, today: date
) -> None:
    with pytest.raises(ValidationError, match="somebody else"):
        actions.enter_resolution(
            board,
            on=today,
            text="Resolved.",
            members=[consumer],
            asked=administrator,
            by=administrator,
        )
    with pytest.raises(Error, match="resolution_two_people"), transaction.atomic():
        Resolution.objects.within(agency).create(
            group=board,
            on=today,
            text="Resolved.",
            entered_by=administrator,
            entered_on=today,
            asked=administrator,
        )


def test_the_pages_lead_from_a_proposal_to_a_seat(
    committee: Group,
    committee_chair: Member,
    consumer: Member,
    provider: Member,
    facilitator: Member,
    login: Login,
    today: date,
) -> None:
    client = login(committee_chair)
    people = client.get(at(committee.agency, "groups:people", pk=committee.pk)).content.decode()
    url = at(committee.agency, "groups:propose_seat", pk=committee.pk)
    assert url in people
    assert at(committee.agency, "groups:add_seat", pk=committee.pk) not in people
    given: dict[str, Any] = {"voting": "yes", "since": today.isoformat(), "caucus": "no"}
    # The chair may not see the list of people, so nobody from outside can be chosen.
    assert send(client, url, member=code_of(consumer), **given).status_code == 422
    answer = send(login(facilitator), url, member=code_of(consumer), **given)
    decision = Decision.objects.within(committee.agency).latest("pk")
    assert answer["Location"] == at(committee.agency, "groups:decision", pk=decision.pk)
    seat_url = at(committee.agency, "groups:propose_change", pk=held_by(committee, provider).pk)
    assert seat_url in people
    form: dict[str, Any] = {"what": "end", "since": today.isoformat()}
    assert send(client, seat_url, **form).status_code == 422
    answer = send(client, seat_url, **form, reason="Never came.")
    assert answer.status_code == 302
    theirs = login(provider)
    motion = Motion.objects.within(committee.agency).latest("pk")
    page = at(committee.agency, "groups:motion", pk=motion.pk)
    assert page in home(theirs, committee.agency)
    assert send(theirs, page, answer="I was ill.").status_code == 302
    assert page not in home(theirs, committee.agency)
    assert (
        "I was ill."
        in client.get(
            at(committee.agency, "groups:decision", pk=motion.decision_id)
        ).content.decode()
    )


def home(client: Client, agency: Agency) -> str:
    return client.get(at(agency, "home_of")).content.decode()


def test_the_pages_lead_from_a_paper_to_seats(
    board: Group,
    administrator: Member,
    consumer: Member,
    provider: Member,
    login: Login,
    today: date,
) -> None:
    client = login(administrator)
    people = client.get(at(board.agency, "groups:people", pk=board.pk)).content.decode()
    url = at(board.agency, "groups:add_resolution", pk=board.pk)
    assert url in people
    given: dict[str, Any] = {
        "on": today.isoformat(),
        "text": "Resolved: Rosa serves.",
        "members": [code_of(consumer)],
        "chair": code_of(provider),
        "asked": code_of(provider),
    }
    assert send(client, url, **given).status_code == 422
    assert send(client, url, **given | {"chair": ""}).status_code == 302
    paper = Resolution.objects.within(board.agency).get()
    page = at(board.agency, "groups:resolution", pk=paper.pk)
    asked = login(provider)
    assert page in home(asked, board.agency)
    assert login(consumer).get(page).status_code == 404
    assert send(client, page).status_code == 403
    assert send(asked, page).status_code == 302
    offer = SeatOffer.objects.within(board.agency).waiting().get()
    assert at(board.agency, "groups:offer", pk=offer.pk) in home(login(consumer), board.agency)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ADMINISTRATOR, Role.COMMITTEE])
def test_who_may_propose_is_offered_it_and_nobody_else(
    role: Role, committee: Group, enter: Enter, login: Login, consumer: Member
) -> None:
    member = enter("Zed", StandingKind.PROVIDER, roles=(role,))
    url = at(committee.agency, "groups:propose_seat", pk=committee.pk)
    assert login(member).get(url).status_code == 200
    assert login(consumer).get(url).status_code == 403


def test_of_who_has_no_way_to_sign_in_the_answer_is_written_down(
    committee: Group,
    committee_chair: Member,
    second_consumer: Member,
    administrator: Member,
    on_paper: Member,
    agency: Agency,
    login: Login,
    today: date,
) -> None:
    seat(committee, on_paper, since=today, by=administrator)
    decision = actions.propose_change(
        held_by(committee, on_paper),
        deciding=committee,
        since=today,
        reason="Never came.",
        by=committee_chair,
    )
    page = at(agency, "groups:decision", pk=decision.pk)
    assert decision.motion is not None
    url = at(agency, "groups:motion", pk=decision.motion.pk)
    assert url in login(committee_chair).get(page).content.decode()
    assert url not in login(second_consumer).get(page).content.decode()
    assert login(second_consumer).get(url).status_code == 404
    letter = login(committee_chair).get(url).content.decode()
    assert on_paper.display_name in letter
    assert "Never came." in letter
    assert send(login(committee_chair), url, answer="My car broke.").status_code == 302
    shown = login(second_consumer).get(page).content.decode()
    assert "My car broke." in shown
    assert "Written down by Chidi" in shown


def test_once_somebody_votes_on_the_board_one_of_them_confirms_its_papers(
    board: Group, administrator: Member, consumer: Member, provider: Member, today: date
) -> None:
    seat(board, provider, since=today, by=administrator)
    given: dict[str, Any] = {"on": today, "text": "Resolved.", "by": administrator}
    made = actions.enter_resolution(board, members=[consumer], asked=consumer, **given)
    with pytest.raises(Refused, match="with a vote in this group"):
        actions.attest_resolution(made, by=consumer)
    actions.deny_resolution(made, by=consumer)
    again = actions.enter_resolution(board, members=[consumer], asked=provider, **given)
    actions.attest_resolution(again, by=provider)
    assert SeatOffer.objects.within(board.agency).waiting().get().member == consumer
