"""The committee decides in writing between meetings: a deadline, and a quorum per class."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now

from accounts.models import Member, StandingKind
from devtools.seating import seat
from foundation.addresses import at
from foundation.models import Agency
from foundation.quarters import quarter_of
from foundation.refusals import Refused
from groups import actions, rules
from groups.models import Choice, Decision, DecisionStatus, Group, GroupKind, Office, Seat, Way
from groups.paper import look
from groups.policies import WRITTEN_DAYS, WRITTEN_REMINDER
from groups.tally import Tally, tally
from groups.tasks import sweep_writing
from notifications.models import Message
from oversight import actions as oversight_actions
from tests.conftest import Enter, Login
from tests.oversight.conftest import post

DAY = timedelta(days=1)
Answer = Callable[..., None]


@pytest.fixture
def others(
    committee_group: Group,
    second_judge: Member,
    enter: Enter,
    administrator: Member,
    long_ago: date,
) -> list[Member]:
    """Two voting members who are no consumers, besides two who are."""
    found = []
    for name in ("Ola", "Piet"):
        member = enter(name, StandingKind.PROVIDER)
        seat(committee_group, member, since=long_ago, by=administrator)
        found.append(member)
    return found


@pytest.fixture
def began(agency: Agency) -> date:
    """So long ago that the deadline is yesterday."""
    return agency.today() - WRITTEN_DAYS.span(agency, agency.today()) - DAY


def on(day: date) -> Any:
    return time_machine.travel(datetime.combine(day, time(17), UTC))


@pytest.fixture
def decision(
    committee_group: Group, others: list[Member], committee_chair: Member, began: date
) -> Decision:
    with on(began):
        return actions.propose_in_writing(
            committee_group, title="A letter", text="Write to the board.", by=committee_chair
        )


def answer(decision: Decision, *members: Member, choice: str = Choice.AGREE) -> None:
    with on(decision.opened_on):
        for member in members:
            actions.take_position(decision, member=member, choice=choice, reason="So.")


def settled(decision: Decision) -> Decision:
    sweep_writing()
    decision.refresh_from_db()
    return decision


def test_it_has_a_last_day_and_everyone_who_votes_is_told(
    decision: Decision, second_judge: Member, others: list[Member], committee_chair: Member
) -> None:
    agency = decision.agency
    assert decision.way == Way.WRITING
    assert decision.answers_until == decision.opened_on + WRITTEN_DAYS.span(
        agency, decision.opened_on
    )
    told = Message.objects.within(agency).filter(code="decision.in_writing")
    assert set(told.values_list("member", flat=True)) == {
        each.pk for each in (second_judge, *others)
    }


def test_those_who_have_not_answered_are_reminded_once(
    decision: Decision, second_judge: Member, others: list[Member], committee_chair: Member
) -> None:
    answer(decision, committee_chair, others[0])
    assert decision.answers_until is not None
    near = decision.answers_until - WRITTEN_REMINDER.span(decision.agency, decision.opened_on)
    with on(near - DAY):
        assert actions.remind_in_writing(decision) == 0
    with on(near):
        sweep_writing()
        sweep_writing()
    told = Message.objects.within(decision.agency).filter(code="decision.last_days")
    assert sorted(told.values_list("member", flat=True)) == sorted([second_judge.pk, others[1].pk])


@pytest.mark.parametrize(
    ("consumers", "of_consumers", "said", "seated", "quorum"),
    [
        (2, 2, 1, 2, True),
        (1, 2, 2, 2, False),  # two consumers, or all
        (2, 5, 3, 3, False),  # half of each class
        (3, 5, 1, 2, True),
        (2, 4, 0, 1, False),
        (2, 4, 0, 0, True),
        (1, 1, 1, 1, True),
        (0, 0, 2, 3, False),  # never none
        (0, 0, 3, 3, True),  # all have answered
    ],
)
def test_the_quorum_in_writing(
    consumers: int, of_consumers: int, said: int, seated: int, quorum: bool
) -> None:
    counted = Tally(
        agree=consumers + said,
        reservations=0,
        stand_aside=0,
        object=0,
        consumers=consumers,
        consumers_seated=of_consumers,
        voting_seated=of_consumers + seated,
    )
    assert counted.quorum_in_writing is quorum


@pytest.mark.parametrize(
    ("who", "status", "lapsed"),
    [
        ("both consumers and one other", DecisionStatus.ADOPTED, False),
        ("both consumers", DecisionStatus.NOT_ADOPTED, True),
        ("one consumer and both others", DecisionStatus.NOT_ADOPTED, True),
        ("nobody", DecisionStatus.NOT_ADOPTED, True),
    ],
)
def test_after_the_last_day_it_ends_by_itself(
    who: str,
    status: str,
    lapsed: bool,
    decision: Decision,
    committee_chair: Member,
    second_judge: Member,
    others: list[Member],
) -> None:
    said = {
        "both consumers and one other": (committee_chair, second_judge, others[0]),
        "both consumers": (committee_chair, second_judge),
        "one consumer and both others": (committee_chair, *others),
        "nobody": (),
    }[who]
    answer(decision, *said)
    assert decision.answers_until is not None
    with on(decision.answers_until):
        assert settled(decision).status == DecisionStatus.OPEN
    found = settled(decision)
    assert (found.status, found.lapsed, found.way) == (status, lapsed, Way.WRITING)
    version = found.version
    assert settled(decision).version == version


def test_an_objection_stops_it(
    decision: Decision, committee_chair: Member, second_judge: Member, others: list[Member]
) -> None:
    answer(decision, committee_chair, second_judge, others[0])
    answer(decision, others[1], choice=Choice.OBJECT)
    with pytest.raises(Refused):
        actions.close_decision(decision, by=committee_chair)
    found = settled(decision)
    assert (found.status, found.lapsed) == (DecisionStatus.NOT_ADOPTED, False)


def test_it_is_closed_before_its_last_day_only_when_all_have_answered(
    decision: Decision,
    committee_chair: Member,
    second_judge: Member,
    others: list[Member],
    administrator: Member,
) -> None:
    answer(decision, committee_chair, second_judge, others[0])
    with on(decision.opened_on + DAY):
        for by in (committee_chair, administrator):
            with pytest.raises(Refused):
                actions.close_decision(decision, by=by)
        with pytest.raises(Refused):
            actions.close_decision(decision, by=committee_chair, waiver="It is urgent.")
    answer(decision, others[1])
    with on(decision.opened_on + DAY):
        closed = actions.close_decision(decision, by=committee_chair)
    assert closed.status == DecisionStatus.ADOPTED


def test_who_may_not_see_standings_learns_nothing_from_a_refusal(
    committee_group: Group,
    committee_chair: Member,
    second_judge: Member,
    others: list[Member],
    began: date,
    administrator: Member,
) -> None:
    """The chair closes on the last day: the answer is the same whichever class lacks answers.

    Even if enough of each have answered.
    """
    told: dict[str, set[str]] = {"chair": set(), "administrator": set()}
    for said in ((committee_chair, *others), (committee_chair, second_judge, others[0])):
        with on(began):
            decision = actions.propose_in_writing(
                committee_group, title="A letter", text="Write.", by=committee_chair
            )
        answer(decision, *said)
        assert decision.answers_until is not None
        with on(decision.answers_until):
            counted = tally(decision, decision.agency.today())
            for who, by in (("chair", committee_chair), ("administrator", administrator)):
                refusal = rules.ending_in_writing(decision, counted, decision.answers_until, by)
                told[who].add("" if refusal is None else str(refusal.reason))
            with pytest.raises(Refused):
                actions.close_decision(decision, by=committee_chair)
    assert len(told["chair"]) == 1
    assert len(told["administrator"]) == 2


def test_not_told_of_a_lapse_to_who_may_not_know(
    decision: Decision, committee_chair: Member, login: Login, administrator: Member
) -> None:
    settled(decision)
    url = at(decision.agency, "groups:decision", pk=decision.pk)
    assert login(committee_chair).get(url).context["writing"].lapsed is False
    assert login(administrator).get(url).context["writing"].lapsed is True


def test_an_answer_after_the_last_day_is_too_late_but_not_one_entered_late(
    decision: Decision, second_judge: Member, others: list[Member], committee_chair: Member
) -> None:
    assert decision.answers_until is not None
    with pytest.raises(Refused):
        actions.take_position(decision, member=second_judge, choice=Choice.AGREE)
    given: dict[str, Any] = {
        "choice": Choice.AGREE,
        "by": committee_chair,
        "agreed_how": "phone",
    }
    with pytest.raises(Refused):
        actions.take_position(
            decision, member=others[0], agreed_on=decision.answers_until + DAY, **given
        )
    actions.take_position(decision, member=others[0], agreed_on=decision.answers_until, **given)


def test_reworded_it_has_as_many_days_again(decision: Decision, committee_chair: Member) -> None:
    before = decision.answers_until
    assert before is not None
    with on(decision.opened_on + DAY):
        changed = actions.amend(decision, title="A letter", text="By mail.", by=committee_chair)
    assert changed.answers_until == before + DAY


def test_who_manages_starts_nothing_in_writing(
    committee_group: Group, others: list[Member], manager: Member, administrator: Member
) -> None:
    for by in (manager, administrator):
        with pytest.raises(Refused):
            actions.propose_in_writing(committee_group, title="A", text="B.", by=by)


def test_a_council_decides_nothing_in_writing(
    agency: Agency, administrator: Member, provider: Member, long_ago: date
) -> None:
    council = actions.open_group(
        agency, kind=GroupKind.COUNCIL, name="Council", by=administrator, on=long_ago
    )
    seat(council, provider, office=Office.CHAIR, since=long_ago, by=administrator)
    with pytest.raises(Refused):
        actions.propose_in_writing(council, title="A", text="B.", by=provider)


def test_what_lapsed_is_brought_to_the_next_meeting(
    decision: Decision, committee_group: Group, committee_chair: Member
) -> None:
    meeting = actions.plan_meeting(committee_group, starts_at=now() + 5 * DAY, by=committee_chair)
    with pytest.raises(Refused):
        actions.bring_again(decision, by=committee_chair)
    again = actions.bring_again(settled(decision), by=committee_chair)
    assert (again.status, again.way) == (DecisionStatus.OPEN, Way.CONSENT)
    assert [item.text for item in meeting.items.all()] == [decision.title]


def test_whoever_finds_what_lapsed_brings_it_to_a_meeting_once(
    decision: Decision, committee_group: Group, committee_chair: Member, login: Login
) -> None:
    agency, lapsed, client = decision.agency, settled(decision), login(committee_chair)
    page = at(agency, "groups:decision", pk=lapsed.pk)
    url = at(agency, "groups:bring_again", pk=lapsed.pk)
    assert url in client.get(page).content.decode()
    assert lapsed.text in client.get(url).content.decode()
    answer = post(client, url)
    again = Decision.objects.within(agency).latest("pk")
    assert answer["Location"] == at(agency, "groups:decision", pk=again.pk)
    assert (again.title, again.text, again.way) == (lapsed.title, lapsed.text, Way.CONSENT)
    # It is open: a second one is neither offered nor created.
    assert url not in client.get(page).content.decode()
    assert client.get(url).status_code == 403
    with pytest.raises(Refused):
        actions.bring_again(lapsed, by=committee_chair)
    actions.withdraw(again, by=committee_chair)
    assert url in client.get(page).content.decode()


ADOPT = "UPDATE groups_decision SET status = 'adopted', decided_on = {day} WHERE id = %s".format


@pytest.mark.parametrize(
    "attack",
    [
        ADOPT(day="opened_on + 1"),
        ADOPT(day="answers_until"),
        ADOPT(day="current_date + 9"),
        "UPDATE groups_decision SET answers_until = opened_on WHERE id = %s",
        "UPDATE groups_decision SET way = 'consent', answers_until = NULL WHERE id = %s",
        "UPDATE groups_decision SET way = 'paper', answers_until = NULL WHERE id = %s",
        "UPDATE groups_decision SET status = 'not_adopted', decided_on = opened_on WHERE id = %s",
    ],
)
def test_the_database_holds_the_last_day_and_the_quorum(
    attack: str, decision: Decision, committee_chair: Member, others: list[Member]
) -> None:
    """One consumer and both others have answered: too few, on any day."""
    answer(decision, committee_chair, *others)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack, [decision.pk])


def test_the_pages(
    committee_group: Group,
    others: list[Member],
    committee_chair: Member,
    second_judge: Member,
    login: Login,
) -> None:
    agency, client = committee_group.agency, login(committee_chair)
    url = at(agency, "groups:propose", pk=committee_group.pk)
    post(client, url, title="A letter", text="Write.", way="writing")
    found = Decision.objects.within(agency).get(title="A letter")
    assert found.way == Way.WRITING
    page = at(agency, "groups:decision", pk=found.pk)
    assert client.get(page).context["writing"].until == found.answers_until
    post(client, url, title="Another", text="Write.", way="consent")
    other = Decision.objects.within(agency).get(title="Another")
    post(client, at(agency, "groups:put_in_writing", pk=other.pk))
    other.refresh_from_db()
    assert other.way == Way.WRITING
    for name in ("put_in_writing", "waive", "bring_again"):
        assert client.get(at(agency, f"groups:{name}", pk=other.pk)).status_code == 403


def test_minutes_and_packet_say_what_was_decided_in_writing(
    decision: Decision,
    committee_group: Group,
    committee_chair: Member,
    second_judge: Member,
    others: list[Member],
    login: Login,
) -> None:
    answer(decision, committee_chair, second_judge, *others)
    settled(decision)
    meeting = actions.plan_meeting(committee_group, starts_at=now() + DAY, by=committee_chair)
    client = login(committee_chair)
    for name in ("meeting", "print_meeting"):
        page = client.get(at(decision.agency, f"groups:{name}", pk=meeting.pk))
        assert [each.pk for each in page.context["in_writing"]] == [decision.pk]
        assert decision.title.encode() in page.content
    quarter = quarter_of(decision.agency.today())
    with time_machine.travel(datetime.combine(quarter.until, time(18), UTC)):
        review = oversight_actions.open_review(since=quarter.since, by=committee_chair)
        packet = login(committee_chair).get(at(decision.agency, "oversight:packet", pk=review.pk))
    assert [each.pk for each in packet.context["in_writing"]] == [decision.pk]


@pytest.fixture
def leaving(
    committee_group: Group, others: list[Member], committee_chair: Member, began: date
) -> Decision:
    """A proposal to end the seat of one of the others."""
    seat = Seat.objects.within(committee_group.agency).get(member=others[1])
    with on(began):
        return actions.propose_change(
            seat, deciding=committee_group, since=began, reason="Away.", by=committee_chair
        )


def test_about_a_seat_those_answer_who_may_decide(
    leaving: Decision, committee_chair: Member, second_judge: Member, others: list[Member]
) -> None:
    """The person whose seat it is counts neither as a voter nor as an answer."""
    motion = leaving.motions.get()
    with on(leaving.opened_on):
        actions.answer_motion(motion, text="Let me stay.", by=others[1])
        actions.put_in_writing(leaving, by=committee_chair)
    leaving.refresh_from_db()
    answer(leaving, committee_chair, second_judge, others[0])
    with on(leaving.opened_on + DAY):
        closed = actions.close_decision(leaving, by=committee_chair)
    assert closed.status == DecisionStatus.ADOPTED


def test_no_paper_ends_a_seat_before_its_holder_was_heard(
    leaving: Decision,
    committee_group: Group,
    committee_chair: Member,
    second_judge: Member,
    others: list[Member],
) -> None:
    said = dict.fromkeys((committee_chair, second_judge, others[0]), "agree")
    written = actions.write_down(
        committee_group,
        title="",
        text="",
        on=leaving.opened_on,
        said=said,
        waiver="All know it.",
        by=committee_chair,
        decision=leaving,
    )
    with pytest.raises(Refused):
        actions.attest(written, by=others[1])
    written = actions.attest(written, by=second_judge)
    assert written.status == DecisionStatus.RECORDED
    assert look(written, written.paper).lacking == ("hearing",)


def test_no_reason_on_paper_makes_up_for_who_was_not_there_where_a_seat_is_at_stake(
    leaving: Decision, committee_group: Group, committee_chair: Member, second_judge: Member
) -> None:
    motion = leaving.motions.get()
    assert motion.answer_by is not None
    with on(motion.answer_by + 2 * DAY):
        written = actions.write_down(
            committee_group,
            title="",
            text="",
            on=motion.answer_by + DAY,
            said={committee_chair: "agree"},
            waiver="The others were ill.",
            by=committee_chair,
            decision=leaving,
        )
        written = actions.attest(written, by=second_judge)
        assert look(written, written.paper).lacking == ("people",)
