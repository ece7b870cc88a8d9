"""Every completed idea can be reached from the two that home shows."""

from accounts.models import Member
from cells.ideas.models import Opportunity, OpportunityState
from foundation.addresses import at
from foundation.models import Agency
from tests.conftest import Login
from tests.lists import MORE_THAN_A_PAGE, copies, walk


def test_all_that_was_done(
    chosen: Opportunity, agency: Agency, consumer: Member, login: Login
) -> None:
    today = agency.today()
    copies(
        chosen,
        title=lambda number: f"Idea {number}.",
        state=lambda _number: OpportunityState.DONE,
        state_on=lambda _number: today,
        closing_id=lambda _number: chosen.decision_id,
        result=lambda _number: "It worked.",
        told=lambda number: f"Done {number}.",
    )
    client = login(consumer)
    home = client.get(at(agency, "home_of")).content.decode()
    assert f"of {MORE_THAN_A_PAGE}" in home
    assert at(agency, "cells:done") in home
    total, found = walk(client, at(agency, "cells:done"), r"Done \d+\.")
    assert total == len(set(found)) == MORE_THAN_A_PAGE
    everything = at(agency, "cells:opportunities", pk=chosen.cell_id)
    total, found = walk(client, f"{everything}?state=done", r"Idea \d+\.")
    assert total == len(set(found)) == MORE_THAN_A_PAGE
