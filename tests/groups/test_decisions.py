import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction

from accounts.models import Member, StandingKind
from devtools import seating
from foundation.models import Agency, Event
from foundation.refusals import Refused
from groups import actions
from groups.models import (
    Choice,
    Decision,
    DecisionStatus,
    EarlierWording,
    Group,
    GroupKind,
    How,
    Position,
    Seat,
)
from groups.tally import Tally, tally

DAY = timedelta(days=1)
Propose = Callable[..., Decision]


def _tally(*, consumers: int, consumers_seated: int, agree: int = 1, objections: int = 0) -> Tally:
    return Tally(
        agree=agree,
        reservations=0,
        stand_aside=0,
        object=objections,
        consumers=consumers,
        consumers_seated=consumers_seated,
        voting_seated=10,
    )


@pytest.mark.parametrize(
    ("seated_consumers", "answered", "quorum"),
    [
        (0, 0, False),  # never none
        (1, 0, False),
        (1, 1, True),  # all where there are fewer than two
        (2, 0, False),
        (2, 1, False),
        (2, 2, True),
        (3, 1, False),
        (3, 2, True),
        (8, 1, False),
        (8, 2, True),
    ],
)
def test_the_quorum_of_consumers(seated_consumers: int, answered: int, quorum: bool) -> None:
    counted = _tally(consumers=answered, consumers_seated=seated_consumers)
    assert counted.quorum is quorum


def test_employed_peers_and_those_who_prefer_not_to_say_make_no_quorum(
    propose: Propose, consumer: Member, second_consumer: Member, today: date
) -> None:
    decision = propose()
    seats = Seat.objects.within(decision.agency)
    seats.filter(member=consumer).update(employed_peer=True)
    seats.filter(member=second_consumer).update(standing=StandingKind.UNDISCLOSED)
    for member in (consumer, second_consumer):
        actions.take_position(decision, member=member, choice=Choice.AGREE)
    counted = tally(decision, today)
    assert (counted.agree, counted.consumers, counted.quorum) == (2, 0, False)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("consumer", True),
        ("provider", True),
        ("chair", True),
        ("facilitator", True),
        ("administrator", True),
        ("manager", False),
        ("committee_chair", False),
    ],
)
def test_who_may_propose(
    who: str, allowed: bool, propose: Propose, request: pytest.FixtureRequest
) -> None:
    by = request.getfixturevalue(who)
    if allowed:
        assert propose(by=by).proposed_by == by
    else:
        with pytest.raises(Refused):
            propose(by=by)


def test_the_committees_members_may_bring_proposals_to_the_governing_body(
    agency: Agency, administrator: Member, committee_chair: Member, manager: Member, today: date
) -> None:
    board = actions.open_group(
        agency, kind=GroupKind.GOVERNING_BODY, name="Board", by=administrator, on=today
    )
    actions.propose(board, title="A mission", text="Adopt it.", by=committee_chair)
    with pytest.raises(Refused):
        actions.propose(board, title="A mission", text="Adopt it.", by=manager)


@pytest.mark.parametrize("who", ["manager", "facilitator", "administrator", "committee_chair"])
def test_whoever_has_no_seat_takes_no_position(
    who: str, propose: Propose, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused, match="voting members"):
        actions.take_position(propose(), member=request.getfixturevalue(who), choice=Choice.AGREE)


def test_a_seat_without_a_vote_or_that_has_ended_takes_no_position(
    propose: Propose,
    seated: Group,
    provider: Member,
    consumer: Member,
    manager: Member,
    administrator: Member,
    today: date,
) -> None:
    decision = propose()
    seating.seat(seated, manager, voting=False, since=today, by=administrator)
    seat = Seat.objects.within(seated.agency).get(member=provider)
    actions.end_seat(seat, on=today, by=administrator)
    for member in (manager, provider):
        with pytest.raises(Refused):
            actions.take_position(decision, member=member, choice=Choice.AGREE)


def test_an_objection_needs_its_reason(propose: Propose, consumer: Member) -> None:
    decision = propose()
    with pytest.raises(ValidationError, match="why you object"):
        actions.take_position(decision, member=consumer, choice=Choice.OBJECT, reason="  ")
    with pytest.raises(ValidationError):
        actions.take_position(decision, member=consumer, choice="maybe")
    actions.take_position(decision, member=consumer, choice=Choice.AGREE)
    with pytest.raises(IntegrityError, match="objection_has_reason"), transaction.atomic():
        Position.objects.within(decision.agency).update(choice=Choice.OBJECT)


def test_with_an_open_objection_nothing_is_adopted_and_the_objection_stays_on_record(
    propose: Propose,
    chair: Member,
    facilitator: Member,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
) -> None:
    decision = propose()
    actions.take_position(
        decision, member=consumer, choice=Choice.OBJECT, reason="The door is locked."
    )
    actions.take_position(decision, member=second_consumer, choice=Choice.AGREE)
    with pytest.raises(Refused, match="objects"):
        actions.close_decision(decision, by=chair)
    with pytest.raises(Refused, match="objects"):
        actions.close_decision(decision, by=chair, waiver="We can't wait.")
    amended = actions.amend(
        decision, title="Water inside", text="Offer water in the hall.", by=chair
    )
    assert amended.round == 2
    assert tally(amended, chair.agency.today()).answered == 0
    for member in (consumer, second_consumer):
        actions.take_position(decision, member=member, choice=Choice.RESERVATIONS)
    actions.take_position(decision, member=provider, choice=Choice.STAND_ASIDE)
    closed = actions.close_decision(decision, by=facilitator, outcome="From Monday on.")
    assert closed.status == DecisionStatus.ADOPTED
    first = Position.objects.within(decision.agency).get(choice=Choice.OBJECT)
    assert (first.round, first.reason) == (1, "The door is locked.")
    wording = EarlierWording.objects.within(decision.agency).get()
    assert (wording.round, wording.text) == (1, "Offer water to all who come.")


def test_whoever_changes_their_mind_adds_a_row(
    propose: Propose, consumer: Member, today: date
) -> None:
    decision = propose()
    actions.take_position(decision, member=consumer, choice=Choice.OBJECT, reason="No.")
    actions.take_position(decision, member=consumer, choice=Choice.AGREE)
    rows = Position.objects.within(decision.agency)
    assert rows.count() == 2
    assert rows.current().get().choice == Choice.AGREE
    assert tally(decision, today).object == 0


def test_a_position_on_words_that_were_changed_meanwhile_is_not_taken(
    propose: Propose, consumer: Member, chair: Member
) -> None:
    decision = propose()
    actions.amend(decision, title="Tea", text="Offer tea.", by=chair)
    with pytest.raises(ValidationError, match="changed while you were reading"):
        actions.take_position(decision, member=consumer, choice=Choice.AGREE, round=1)
    with pytest.raises(ValidationError, match="Somebody changed this"):
        actions.amend(decision, title="Milk", text="Offer milk.", by=consumer, version=1)


def test_a_position_said_aloud_is_entered_with_the_agreement_on_record(
    propose: Propose, consumer: Member, provider: Member, chair: Member, today: date
) -> None:
    decision = propose()
    told: dict[str, Any] = {"agreed_on": today, "agreed_how": How.PHONE}
    wrong: tuple[dict[str, Any], ...] = (
        {},
        {"agreed_on": today},
        {"agreed_how": How.PHONE},
        {**told, "agreed_how": "guess"},
        {**told, "agreed_on": today + DAY},
    )
    for given in wrong:
        with pytest.raises(ValidationError):
            actions.take_position(decision, member=consumer, choice=Choice.AGREE, by=chair, **given)
    position = actions.take_position(
        decision, member=consumer, choice=Choice.AGREE, by=chair, **told
    )
    assert (position.member, position.entered_by) == (consumer, chair)
    assert (position.agreed_on, position.agreed_how) == (today, How.PHONE)
    event = Event.objects.within(decision.agency).get(name="position.taken")
    assert (event.actor, event.on_behalf_of) == (chair, consumer)
    with pytest.raises(Refused):
        actions.take_position(decision, member=consumer, choice=Choice.AGREE, by=provider, **told)
    for lost in ({"agreed_on": None}, {"agreed_how": ""}, {"entered_by": consumer}):
        with pytest.raises(IntegrityError, match="on_record"), transaction.atomic():
            Position.objects.within(decision.agency).update(**lost)


def test_without_enough_consumers_only_the_group_itself_goes_on_and_says_why(
    propose: Propose,
    consumer: Member,
    provider: Member,
    chair: Member,
    facilitator: Member,
) -> None:
    decision = propose()
    for member in (provider, chair):
        actions.take_position(decision, member=member, choice=Choice.AGREE)
    for adopted in (True, False):
        with pytest.raises(Refused, match="Not enough consumers"):
            actions.close_decision(decision, by=facilitator, adopted=adopted)
        with pytest.raises(Refused, match="Not everyone"):
            actions.close_decision(decision, by=chair, adopted=adopted)
    with pytest.raises(Refused, match="Only the group itself"):
        actions.close_decision(decision, by=facilitator, waiver="It is urgent.")
    # A voting member gives the reason; whoever runs the group then closes.
    actions.waive(decision, reason="The heating is broken.", by=provider)
    closed = actions.close_decision(decision, by=facilitator)
    assert (closed.status, closed.waiver) == (DecisionStatus.ADOPTED, "The heating is broken.")
    assert closed.without_quorum
    events = Event.objects.within(decision.agency)
    assert events.filter(name="decision.waived", subject_id=decision.pk).count() == 1


def test_a_reason_for_not_waiting_stays_and_is_no_waiver_where_enough_consumers_took_part(
    propose: Propose, consumer: Member, second_consumer: Member, chair: Member
) -> None:
    decision = propose()
    actions.waive(decision, reason="Nobody is here.", by=chair)
    for member in (consumer, second_consumer):
        actions.take_position(decision, member=member, choice=Choice.AGREE)
    closed = actions.close_decision(decision, by=chair)
    assert (closed.waiver, closed.without_quorum) == ("Nobody is here.", False)
    assert not Event.objects.within(decision.agency).filter(name="decision.waived").exists()


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("administrator", True),
        ("facilitator", True),
        ("chair", True),
        ("consumer", False),
        ("provider", False),
        ("manager", False),
    ],
)
def test_who_may_close(
    who: str,
    allowed: bool,
    propose: Propose,
    consumer: Member,
    second_consumer: Member,
    request: pytest.FixtureRequest,
) -> None:
    by, decision = request.getfixturevalue(who), propose()
    for member in (consumer, second_consumer):
        actions.take_position(decision, member=member, choice=Choice.AGREE)
    if who == "chair":
        actions.waive(decision, reason="All who were there agreed.", by=by)
    if allowed:
        assert actions.close_decision(decision, by=by).decided_on == by.agency.today()
    else:
        with pytest.raises(Refused):
            actions.close_decision(decision, by=by)


@pytest.mark.parametrize("end", ["adopted", "not_adopted", "withdrawn"])
def test_what_is_decided_stays_decided(
    end: str, propose: Propose, consumer: Member, second_consumer: Member, chair: Member
) -> None:
    decision = propose()
    for member in (consumer, second_consumer):
        actions.take_position(decision, member=member, choice=Choice.AGREE)
    if end == "withdrawn":
        actions.withdraw(decision, by=consumer)
    else:
        actions.close_decision(decision, by=chair, adopted=end == "adopted", waiver="All agreed.")
    name = f"decision.{end}"
    assert Event.objects.within(decision.agency).filter(name=name).count() == 1
    acts: tuple[Callable[[], object], ...] = (
        lambda: actions.take_position(decision, member=consumer, choice=Choice.AGREE),
        lambda: actions.amend(decision, title="Tea", text="Offer tea.", by=consumer),
        lambda: actions.close_decision(decision, by=chair),
        lambda: actions.withdraw(decision, by=consumer),
    )
    for act in acts:
        with pytest.raises(Refused, match="decided"):
            act()


def test_nothing_is_decided_without_a_position_or_by_stand_asides_alone(
    propose: Propose, consumer: Member, second_consumer: Member, chair: Member
) -> None:
    decision = propose()
    with pytest.raises(Refused, match="Nobody has taken"):
        actions.close_decision(decision, by=chair, adopted=False)
    for member in (consumer, second_consumer):
        actions.take_position(decision, member=member, choice=Choice.STAND_ASIDE)
    with pytest.raises(Refused, match="Nobody agrees"):
        actions.close_decision(decision, by=chair)


def test_only_its_proposer_withdraws_a_proposal_while_they_are_in_the_group(
    propose: Propose, seated: Group, consumer: Member, chair: Member, facilitator: Member
) -> None:
    decision = propose()
    for by in (chair, facilitator):
        with pytest.raises(Refused, match="Only the person"):
            actions.withdraw(decision, by=by)
    outside = propose(by=facilitator)
    assert actions.withdraw(outside, by=chair).status == DecisionStatus.WITHDRAWN
    seat = Seat.objects.within(seated.agency).get(member=consumer)
    actions.end_seat(seat, on=consumer.agency.today(), by=consumer)
    assert actions.withdraw(decision, by=chair).status == DecisionStatus.WITHDRAWN


def test_a_proposal_whose_text_stands_elsewhere_is_not_reworded(
    propose: Propose, consumer: Member, seated: Group
) -> None:
    decision = propose(fixed=True, subject=seated)
    assert (decision.subject_type, decision.subject_id) == ("group", seated.pk)
    with pytest.raises(Refused, match="can't be changed here"):
        actions.amend(decision, title="Tea", text="Offer tea.", by=consumer)


def test_earlier_words_are_never_changed(propose: Propose, consumer: Member) -> None:
    actions.amend(propose(), title="Tea", text="Offer tea.", by=consumer)
    wordings = EarlierWording.objects.within(consumer.agency)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        wordings.update(text="Something else")


@pytest.mark.django_db(transaction=True)
def test_two_positions_of_one_member_at_the_same_moment_leave_one(
    propose: Propose, consumer: Member
) -> None:
    from django.db import connection

    from foundation import tenancy

    decision = propose()
    errors: list[Exception] = []
    barrier = threading.Barrier(2)

    def answer(choice: str) -> None:
        try:
            with tenancy.entering(consumer.agency):
                barrier.wait(timeout=10)
                actions.take_position(decision, member=consumer, choice=choice)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=answer, args=(choice,))
        for choice in (Choice.AGREE, Choice.STAND_ASIDE)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    rows = Position.objects.within(consumer.agency)
    assert (rows.count(), rows.current().count()) == (2, 1)
