"""A backup never holds what could tell, with the server's key, whose a ballot is."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from accounts.models import Member
from cells.ranking import actions, secrecy
from cells.ranking.models import Ballot, PriorityRound, RoundStatus
from devtools import worker
from devtools.demo.database import DemoDatabase, looking_at
from foundation import tenancy
from foundation.refusals import Refused
from recovery import encryption
from tests.owner import look
from tests.recovery import databases

pytestmark = pytest.mark.django_db(transaction=True)

SECRETS = """
    SELECT salt FROM cells_priorityround WHERE salt <> ''
    UNION ALL SELECT seal FROM cells_priorityround WHERE seal <> ''
    UNION ALL SELECT code FROM cells_ballot WHERE code <> ''
"""


@pytest.fixture
def voters(
    consumer: Member, second_consumer: Member, provider: Member, facilitator: Member
) -> Sequence[Member]:
    return consumer, second_consumer, provider, facilitator


def test_an_open_vote_comes_back_without_its_secrets_and_can_be_called_off(
    ranking: PriorityRound,
    cast: Callable[..., bool],
    voters: Sequence[Member],
    facilitator: Member,
    tmp_path: Path,
) -> None:
    for voter in voters[:3]:
        cast(voter, 0, 1)
    secrets = [secret.encode() for (secret,) in look(SECRETS)]
    assert len(secrets) == 2 + 3
    private, public = encryption.new_key()
    data, _written = databases.backed_up(worker.database(), public)
    plain = databases.plain(data, private)
    assert ranking.cell.focus.encode() in plain
    assert not [secret for secret in secrets if secret in plain]

    path = tmp_path / "vote.age"
    path.write_bytes(data)
    back = databases.migrated("back")
    databases.restored(path, back, private)
    agency = ranking.agency
    # Out of the agency and in again, on the connection to the other database.
    with tenancy.entering(None), looking_at(DemoDatabase(back, "")), tenancy.entering(agency):
        there = PriorityRound.objects.within(agency).get()
        assert [secrecy.code(there, each) for each in voters] == [None] * 4
        assert Ballot.objects.within(agency).filter(code="").count() == 3
        entries = list(there.entries.all()[:2])
        with pytest.raises(Refused):
            actions.cast(there, choices=entries, by=voters[3])
        with pytest.raises(Refused):
            actions.close_round(there, by=facilitator)
        actions.cancel_round(there, by=facilitator)
        there = PriorityRound.objects.within(agency).get()
        assert there.status == RoundStatus.CANCELLED
        assert not Ballot.objects.within(agency).exists()
    databases.drop(back)
