"""A dialogue's decisions stay among its people, and an agency's inside it."""

from datetime import date

import pytest

from accounts.models import Member
from devtools import seating
from foundation import links
from foundation.addresses import at
from groups import actions, rules
from groups.models import Choice, Decision, Group, GroupKind
from tests.conftest import Login


@pytest.fixture
def agreed(
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    facilitator: Member,
    start: date,
) -> Decision:
    """A decision of the people of a dialogue."""
    group = actions.open_group(
        facilitator.agency,
        kind=GroupKind.DIALOGUE,
        name="How we speak with each other",
        by=facilitator,
        on=start,
    )
    for member in (consumer, second_consumer, provider):
        seating.seat(group, member, since=start, by=facilitator)
    decision = actions.propose(group, title="No uniforms", text="Here.", by=consumer)
    for member in (consumer, second_consumer, provider):
        actions.take_position(decision, member=member, choice=Choice.AGREE)
    return actions.close_decision(decision, by=facilitator)


def test_what_a_dialogue_agreed_on_is_for_those_in_it(
    agreed: Decision, manager: Member, committee_chair: Member, provider: Member, login: Login
) -> None:
    url = at(agreed.agency, "groups:decision", pk=agreed.pk)
    listed = at(agreed.agency, "groups:decisions", pk=agreed.group_id)
    for outside in (manager, committee_chair):
        assert rules.reading_decision(agreed, outside) is not None
        assert login(outside).get(url).status_code == 403
        assert agreed.title not in login(outside).get(listed).text
        assert links.link("decision", agreed.pk, outside) is None
    assert rules.reading_decision(agreed, provider) is None
    assert agreed.title in login(provider).get(url).text


def test_the_oversight_committee_reads_of_no_open_proposal(
    seated: Group, consumer: Member, committee_chair: Member
) -> None:
    """Not even once the group has stated why it goes ahead without consumers."""
    decision = actions.propose(seated, title="Water", text="At the door.", by=consumer)
    decision = actions.waive(decision, reason="It is urgent.", by=consumer)
    assert rules.reading_decision(decision, committee_chair) is not None


def test_nobody_of_another_agency_may_know_of_a_group(seated: Group, outsider: Member) -> None:
    assert rules.seeing(seated, outsider) is False
