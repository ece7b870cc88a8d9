"""Seats of the committee during its founding, under its charter, and when dissolved."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import now
from time_machine import TimeMachineFixture

from accounts.models import Member
from devtools.seating import accept
from documents.models import DocumentKind
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups import actions, founding
from groups.models import (
    Choice,
    Decision,
    Ending,
    Group,
    GroupKind,
    MotionKind,
    Office,
    Resolution,
    ResolutionState,
    Seat,
    SeatOffer,
)
from groups.policies import FOUNDING, REMOVAL_ANSWER
from indicators import registry
from indicators.engine import evaluate
from indicators.registry import Verdict
from oversight.ended import last_ended
from tests.conftest import Login
from tests.documents.conftest import Adopt, Put, send

DAY = timedelta(days=1)
WORDS = "Whoever stays away from three meetings in a row gives up the seat."


@pytest.fixture
def charter(put: Put, adopt: Adopt) -> None:
    adopt(put(DocumentKind.CHARTER, f"We meet each month. {WORDS} We decide by consent."))


def all_say(decision: Decision, besides: Member | None = None) -> None:
    seats = Seat.objects.within(decision.agency).on(decision.agency.today()).voting()
    for held in seats.filter(group=decision.group_id).select_related("member"):
        if besides is None or held.member_id != besides.pk:
            held.member.agency = decision.agency
            actions.take_position(decision, member=held.member, choice=Choice.AGREE)


def held_by(group: Group, member: Member) -> Seat:
    seats = Seat.objects.within(group.agency).on(group.agency.today())
    return seats.get(group=group, member=member)


def test_the_board_ends_a_seat_on_the_words_of_the_charter_and_after_a_hearing(
    charter: None,
    committee: Group,
    board: Group,
    consumer: Member,
    manager: Member,
    today: date,
    time_machine: TimeMachineFixture,
) -> None:
    held = held_by(committee, consumer)
    for words in ("", "Whoever is loud gives up the seat."):
        with pytest.raises(ValidationError, match="charter"):
            actions.propose_change(
                held,
                deciding=board,
                since=today,
                reason="Loud.",
                charter_words=words,
                by=manager,
            )
    decision = actions.propose_change(
        held,
        deciding=board,
        since=today,
        reason="Three meetings.",
        charter_words=WORDS.lower().replace(" ", "\n", 1),
        by=manager,
    )
    all_say(decision)
    with pytest.raises(Refused, match="can answer until"):
        actions.close_decision(decision, by=manager)
    time_machine.move_to(now() + REMOVAL_ANSWER.span(committee.agency, today) + DAY)
    actions.close_decision(decision, by=manager)
    held.refresh_from_db()
    assert held.ending == Ending.DECIDED


def verdicts(agency: Agency, on: date) -> dict[str, Verdict]:
    indicator = registry.find("oversight")
    assert indicator is not None
    found = evaluate([agency.pk], on, indicators=[indicator])[agency.pk]["oversight"]
    return {each.code: each.outcome.verdict for each in found.judged}


def test_a_dissolved_committee_stays_to_be_seen(
    charter: None,
    agency: Agency,
    committee: Group,
    board: Group,
    manager: Member,
    consumer: Member,
    login: Login,
    today: date,
) -> None:
    assert last_ended(agency, today) is None
    decision = actions.propose_for_group(
        committee,
        MotionKind.DISSOLVE,
        deciding=board,
        since=today,
        reason="It costs time.",
        by=manager,
    )
    all_say(decision)
    actions.close_decision(decision, by=manager)
    ended = last_ended(agency, today)
    assert ended is not None
    assert (ended.on, ended.by_board) == (today, True)
    lacking = {"consumer_majority", "consumer_leads", "met_with_quorum"}
    assert {verdicts(agency, today)[code] for code in lacking} == {Verdict.FAIL}
    assert last_ended(agency, today - DAY) is None
    for name in ("indicators:dashboard", "indicators:print", "oversight:committee"):
        page = login(consumer).get(at(agency, name)).content.decode()
        assert "by the governing body" in page, name


def test_an_empty_committee_neither_counts_as_one_nor_undoes_that_one_was_dissolved(
    agency: Agency,
    committee: Group,
    board: Group,
    manager: Member,
    administrator: Member,
    today: date,
) -> None:
    decision = actions.propose_for_group(
        committee,
        MotionKind.DISSOLVE,
        deciding=board,
        since=today,
        reason="It costs time.",
        by=manager,
    )
    all_say(decision)
    actions.close_decision(decision, by=manager)
    following = actions.open_group(
        agency, kind=GroupKind.COMMITTEE, name="Another", by=administrator, on=today
    )
    assert verdicts(agency, today)["consumer_majority"] is Verdict.FAIL
    actions.close_group(following, on=today, by=administrator)
    ended = last_ended(agency, today)
    assert ended is not None
    assert (ended.on, ended.by_board) == (today, True)


def test_a_committee_in_which_nobody_ever_sat_was_not_dissolved(
    agency: Agency, administrator: Member, today: date
) -> None:
    made = actions.open_group(
        agency, kind=GroupKind.COMMITTEE, name="By mistake", by=administrator, on=today
    )
    actions.close_group(made, on=today, by=administrator)
    assert last_ended(agency, today) is None


@pytest.fixture
def young(agency: Agency, administrator: Member, today: date) -> Group:
    """A committee in which nobody sits yet."""
    return actions.open_group(
        agency, kind=GroupKind.COMMITTEE, name="Oversight", by=administrator, on=today
    )


@pytest.fixture
def came(
    agency: Agency, consumer: Member, facilitator: Member, provider: Member, today: date
) -> Member:
    """A consumer who came to a dialogue."""
    talk = actions.open_group(
        agency, kind=GroupKind.DIALOGUE, name="Talk", by=facilitator, on=today - DAY
    )
    meeting = actions.plan_meeting(talk, starts_at=now() - DAY, by=facilitator)
    present = {consumer: Decimal(1), provider: Decimal(1)}
    actions.record_attendance(meeting, present=present, by=facilitator)
    return consumer


def choose(young: Group, asked: Member, *members: Member, by: Member) -> Resolution:
    return actions.enter_resolution(
        young,
        on=by.agency.today(),
        text="We chose them.",
        members=list(members),
        chair=members[0],
        asked=asked,
        by=by,
    )


def test_founding_members_are_chosen_on_paper_and_sit_until_the_founding_ends(
    agency: Agency,
    young: Group,
    came: Member,
    second_consumer: Member,
    administrator: Member,
    today: date,
) -> None:
    paper = choose(young, came, came, second_consumer, by=administrator)
    actions.attest_resolution(paper, by=came)
    for offer in SeatOffer.objects.within(agency).waiting():
        accept(offer)
    seats = Seat.objects.within(agency).filter(group=young)
    end = founding.last_day(agency) + DAY
    assert {(seat.until, seat.ending) for seat in seats} == {(end, Ending.TERM)}
    assert seats.get(member=came).office == Office.CHAIR
    assert founding.day_number(agency, today) is not None
    days = FOUNDING.span(agency, today)
    assert founding.day_number(agency, founding.first_day(agency) + days) is None
    # During the founding, another paper can follow.
    choose(young, came, second_consumer, by=administrator)


@pytest.mark.parametrize("who", ["second_consumer", "provider", "manager"])
def test_the_choice_is_attested_by_a_consumer_who_took_part_in_a_dialogue(
    who: str,
    young: Group,
    came: Member,
    administrator: Member,
    login: Login,
    request: pytest.FixtureRequest,
) -> None:
    asked: Member = request.getfixturevalue(who)
    paper = choose(young, asked, came, by=administrator)
    with pytest.raises(Refused):
        actions.attest_resolution(paper, by=asked)
    url = at(young.agency, "groups:resolution", pk=paper.pk)
    assert "confirm this" in login(asked).get(url).content.decode()
    # Whoever recorded it sees nothing of that.
    assert "confirm this" not in login(administrator).get(url).content.decode()


def test_founding_members_are_kept_under_a_charter_alone(
    committee: Group,
    committee_chair: Member,
    came: Member,
    second_consumer: Member,
    administrator: Member,
    put: Put,
    adopt: Adopt,
    today: date,
) -> None:
    agency = committee.agency
    actions.attest_resolution(choose(committee, came, second_consumer, by=administrator), by=came)
    accept(SeatOffer.objects.within(agency).waiting().get())
    assert held_by(committee, second_consumer).ending == Ending.TERM

    def keep() -> Decision:
        return actions.propose_for_group(
            committee,
            MotionKind.CONFIRM,
            deciding=committee,
            since=today,
            reason="",
            by=committee_chair,
        )

    with pytest.raises(ValidationError, match="First the charter"):
        keep()
    adopt(put(DocumentKind.CHARTER, f"We meet each month. {WORDS}"))
    decision = keep()
    all_say(decision)
    actions.close_decision(decision, by=committee_chair)
    seat = held_by(committee, second_consumer)
    assert (seat.until, seat.ending) == (None, "")


def test_the_page_that_keeps_founding_members_leads_to_the_charter_then_to_the_committee(
    committee: Group,
    committee_chair: Member,
    came: Member,
    second_consumer: Member,
    administrator: Member,
    put: Put,
    adopt: Adopt,
    login: Login,
) -> None:
    agency, client = committee.agency, login(committee_chair)
    people = at(agency, "groups:people", pk=committee.pk)
    page = at(agency, "groups:confirm", pk=committee.pk)
    assert page not in client.get(people).content.decode(), "No seat ends with the founding."
    assert client.get(page).context["seats"] == []
    actions.attest_resolution(choose(committee, came, second_consumer, by=administrator), by=came)
    accept(SeatOffer.objects.within(agency).waiting().get())
    assert page in client.get(people).content.decode()
    answer = client.get(page)
    assert [each.member_id for each in answer.context["seats"]] == [second_consumer.pk]
    assert at(agency, "documents:list") in answer.content.decode()
    assert send(client, page).status_code == 422, "There is no charter that they could sit under."
    adopt(put(DocumentKind.CHARTER, f"We meet each month. {WORDS}"))
    assert send(client, page, reason="They know the work.").status_code == 302
    decision = Decision.objects.within(agency).latest("pk")
    assert decision.motion is not None
    assert decision.motion.kind == MotionKind.CONFIRM
    all_say(decision)
    closing = at(agency, "groups:close_decision", pk=decision.pk)
    assert send(client, closing, round=decision.round, adopted="yes").status_code == 302
    assert held_by(committee, second_consumer).until is None
    assert page not in client.get(people).content.decode()


def test_after_the_founding_nobody_enters_a_paper_while_somebody_can_decide(
    charter: None, committee: Group, administrator: Member, consumer: Member, provider: Member
) -> None:
    with pytest.raises(Refused, match="founding of this committee is over"):
        choose(committee, provider, consumer, by=administrator)
    seats = Seat.objects.within(committee.agency).on(committee.agency.today())
    for seat in seats.filter(group=committee).select_related("member", "group"):
        seat.member.agency = committee.agency
        actions.end_seat(seat, on=committee.agency.today(), by=seat.member)
    # Nobody is left who could decide: it begins anew.
    paper = choose(committee, provider, consumer, by=administrator)
    assert paper.state == ResolutionState.WAITING
