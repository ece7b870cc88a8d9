"""Reserved seats are filled by consumers, and nobody learns who is who."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, transaction
from django.utils.timezone import now
from time_machine import TimeMachineFixture

from accounts.models import Member, StandingKind
from devtools.seating import accept, seat
from foundation.addresses import at
from foundation.refusals import Refused
from groups import actions
from groups.models import (
    Choice,
    Decision,
    DecisionStatus,
    Group,
    GroupKind,
    How,
    SeatOffer,
)
from tests.conftest import Enter, Login

DAY = timedelta(days=1)
# The database rejects decisions on a future day.
AGO = timedelta(days=20)


@pytest.fixture
def caucus(
    committee: Group,
    committee_chair: Member,
    consumer: Member,
    time_machine: TimeMachineFixture,
) -> Decision:
    """Chidi proposes Rosa for a reserved seat; Chidi and Sam decide."""
    time_machine.move_to(now() - AGO)
    return actions.propose_seat(
        committee, consumer, since=committee.agency.today(), caucus=True, by=committee_chair
    )


def after_its_last_day(decision: Decision, time_machine: TimeMachineFixture) -> Decision:
    assert decision.answers_until is not None
    days = decision.answers_until - decision.agency.today() + DAY
    time_machine.move_to(now() + days)
    return actions.settle_in_writing(decision)


def test_a_seat_kept_for_consumers_is_filled_by_consumers(
    caucus: Decision,
    committee_chair: Member,
    second_consumer: Member,
    provider: Member,
    consumer: Member,
    time_machine: TimeMachineFixture,
) -> None:
    for member in (committee_chair, second_consumer):
        actions.take_position(caucus, member=member, choice=Choice.AGREE)
    actions.take_position(caucus, member=provider, choice=Choice.OBJECT, reason="Not her.")
    after_its_last_day(caucus, time_machine)
    (offer,) = SeatOffer.objects.within(caucus.agency).waiting()
    assert accept(offer).is_consumer


def test_no_seat_kept_for_consumers_against_a_consumer_or_without_enough_of_them(
    caucus: Decision,
    committee_chair: Member,
    second_consumer: Member,
    provider: Member,
    time_machine: TimeMachineFixture,
) -> None:
    actions.take_position(caucus, member=committee_chair, choice=Choice.AGREE)
    actions.take_position(caucus, member=provider, choice=Choice.AGREE)
    ended = after_its_last_day(caucus, time_machine)
    assert ended.status == DecisionStatus.NOT_ADOPTED
    assert not SeatOffer.objects.within(caucus.agency).waiting().exists()


def test_nobody_reads_what_is_said_in_a_caucus_nor_ends_it_by_hand(
    caucus: Decision,
    committee_chair: Member,
    second_consumer: Member,
    provider: Member,
    administrator: Member,
    facilitator: Member,
    login: Login,
    time_machine: TimeMachineFixture,
) -> None:
    for member in (committee_chair, provider):
        actions.take_position(caucus, member=member, choice=Choice.AGREE)
    said = "She has never come to us."
    position = actions.take_position(
        caucus, member=second_consumer, choice=Choice.OBJECT, reason=said
    )
    # What nobody reads is not stored either.
    assert position.reason == ""
    readers = (committee_chair, provider, administrator, facilitator)
    page = at(caucus.agency, "groups:decision", pk=caucus.pk)
    for reader in readers:
        client = login(reader)
        assert said not in client.get(page).content.decode()
        closing = client.get(at(caucus.agency, "groups:close_decision", pk=caucus.pk))
        assert closing.status_code in {403, 404}
        with pytest.raises(Refused):
            actions.close_decision(caucus, by=reader)
        with pytest.raises(Refused):
            actions.write_down(
                caucus.group, title="", text="", on=caucus.opened_on, by=reader, decision=caucus
            )
    assert after_its_last_day(caucus, time_machine).status == DecisionStatus.NOT_ADOPTED
    for reader in readers:
        assert said not in login(reader).get(page).content.decode()


def test_who_uses_no_services_gets_no_seat_kept_for_consumers(
    committee: Group,
    committee_chair: Member,
    second_consumer: Member,
    enter: Enter,
    today: date,
    time_machine: TimeMachineFixture,
) -> None:
    other = enter("Olu", StandingKind.PROVIDER)
    time_machine.move_to(now() - AGO)
    caucus = actions.propose_seat(
        committee, other, since=today - AGO, caucus=True, by=committee_chair
    )
    for member in (committee_chair, second_consumer):
        actions.take_position(caucus, member=member, choice=Choice.AGREE)
    after_its_last_day(caucus, time_machine)
    (offer,) = SeatOffer.objects.within(committee.agency).waiting()
    offer.member.agency = committee.agency
    with pytest.raises(ValidationError, match="kept for people who use services"):
        actions.accept_seat(offer, by=offer.member, standing=StandingKind.PROVIDER)
    SeatOffer.objects.within(committee.agency).filter(pk=offer.pk).update(
        state="accepted", answered_on=committee.agency.today()
    )
    with pytest.raises(Error, match="is a consumer's"), transaction.atomic():
        committee.seats.create(
            agency=committee.agency,
            member=other,
            standing=StandingKind.PROVIDER,
            since=committee.agency.today(),
            offer=offer,
        )


def test_an_answer_is_written_down_only_for_who_cannot_sign_in(
    caucus: Decision,
    committee: Group,
    on_paper: Member,
    committee_chair: Member,
    second_consumer: Member,
    administrator: Member,
) -> None:
    today = caucus.agency.today()
    seat(committee, on_paper, since=today, by=administrator)
    given: dict[str, Any] = {
        "choice": Choice.AGREE,
        "by": committee_chair,
        "agreed_on": today,
        "agreed_how": How.PHONE,
    }
    with pytest.raises(Refused, match="gives their own"):
        actions.take_position(caucus, member=second_consumer, **given)
    assert actions.take_position(caucus, member=on_paper, **given).unread


def test_after_the_last_day_no_answer_is_asked_for(
    caucus: Decision, committee_chair: Member, login: Login, time_machine: TimeMachineFixture
) -> None:
    assert caucus.answers_until is not None
    page = at(caucus.agency, "groups:decision", pk=caucus.pk)
    assert "Send my view" in login(committee_chair).get(page).content.decode()
    time_machine.move_to(now() + (caucus.answers_until - caucus.agency.today()) + DAY)
    client = login(committee_chair)
    assert "Send my view" not in client.get(page).content.decode()
    assert page not in client.get(at(caucus.agency, "home_of")).content.decode()


@pytest.mark.parametrize("kind", [GroupKind.GOVERNING_BODY])
def test_only_the_committee_has_such_seats(
    kind: str, board: Group, consumer: Member, administrator: Member, today: date
) -> None:
    with pytest.raises(Refused, match="consumers alone"):
        actions.propose_seat(board, consumer, since=today, caucus=True, by=administrator)
