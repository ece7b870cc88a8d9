"""The committee decides with the quorum of its charter, in the room, in writing and on paper."""

import pytest

from accounts.models import Member
from foundation.models import Agency
from foundation.refusals import Refused
from groups.actions import close_decision, propose, take_position, waive
from groups.models import Choice, Decision, DecisionStatus, Group
from groups.quorum import AskedQuorum, asked_of, consumers_needed
from groups.tally import Tally
from tests.documents.conftest import Adopt, adopt, board, committee
from tests.oversight.test_out_of_charter import Adopted, adopted

__all__ = ["Adopt", "adopt", "adopted", "board", "committee"]


def tally(answered: int, came: int, **asked: int) -> Tally:
    """Of five with a vote, three of them consumers."""
    return Tally(answered, 0, 0, 0, came, 3, 5, AskedQuorum(**asked))


@pytest.mark.parametrize(
    ("voting", "percent", "needed"),
    [(6, 50, 3), (5, 50, 3), (5, 60, 3), (5, 61, 4), (5, 100, 5), (1, 1, 1), (5, 0, 0), (0, 50, 0)],
)
def test_a_share_is_rounded_up(voting: int, percent: int, needed: int) -> None:
    assert AskedQuorum(percent).members_needed(voting) == needed


@pytest.mark.parametrize(
    ("seated", "asked", "needed"),
    [(3, 0, 2), (3, 1, 2), (3, 3, 3), (2, 3, 2), (1, 3, 1), (0, 3, 1), (9, 4, 4)],
)
def test_a_charter_asks_for_more_consumers_never_for_fewer(
    seated: int, asked: int, needed: int
) -> None:
    assert consumers_needed(seated, asked) == needed


def test_in_writing_the_share_and_the_consumers_of_the_charter_are_needed() -> None:
    assert tally(3, 2).quorum_in_writing
    assert tally(3, 2, percent=60).quorum_in_writing
    assert not tally(3, 2, percent=61).quorum_in_writing
    assert not tally(4, 2, consumers=3).quorum_in_writing
    assert tally(4, 3, consumers=3).quorum_in_writing
    assert tally(5, 3, percent=100, consumers=3).quorum_in_writing


def asked(group: Group, by: Member) -> Decision:
    return propose(group, title="A walk", text="We walk.", by=by)


def say(decision: Decision, *members: Member) -> None:
    for member in members:
        take_position(decision, member=member, choice=Choice.AGREE)


def test_with_fewer_than_the_charter_asks_for_nobody_closes_even_with_a_reason(
    adopted: Adopted,
    committee: Group,
    committee_chair: Member,
    consumer: Member,
    provider: Member,
    agency: Agency,
) -> None:
    adopted(quorum_percent=67)
    decision = asked(committee, committee_chair)
    say(decision, committee_chair, consumer)
    with pytest.raises(Refused, match="The charter asks for 3"):
        close_decision(decision, by=committee_chair, waiver="It is urgent.")
    say(decision, provider)
    decision = close_decision(decision, by=committee_chair)
    assert (decision.status, decision.without_quorum) == (DecisionStatus.ADOPTED, False)


def test_exactly_the_share_is_enough(
    adopted: Adopted, committee: Group, committee_chair: Member, consumer: Member
) -> None:
    adopted(quorum_percent=66)
    decision = asked(committee, committee_chair)
    say(decision, committee_chair, consumer)
    waive(decision, reason="The third is away.", by=committee_chair)
    assert close_decision(decision, by=committee_chair).status == DecisionStatus.ADOPTED


def test_other_groups_and_charters_without_terms_ask_for_nothing(
    adopted: Adopted, committee: Group, board: Group, agency: Agency
) -> None:
    today = agency.today()
    assert asked_of(committee.kind, agency, today) == AskedQuorum()
    adopted(term_months=None)
    assert asked_of(committee.kind, agency, today) == AskedQuorum()
    assert asked_of(board.kind, agency, today) == AskedQuorum()
