"""In a closed cell, nothing waits for anybody that they can't do."""

from datetime import timedelta

import pytest
import time_machine

from accounts.models import Member
from cells.cell.models import Cell
from cells.plans import actions
from cells.plans.models import ActionPlan, PDSACycle
from foundation.addresses import at
from notifications.waiting import waiting
from tests.cells.addresses import in_cells
from tests.cells.conftest import close, noon
from tests.conftest import Login, Look


def test_what_waits_in_a_closed_cell_can_be_done(
    seated: Cell,
    active: ActionPlan,
    cycle: PDSACycle,
    consumer: Member,
    provider: Member,
    facilitator: Member,
    login: Login,
) -> None:
    actions.start_cycle(cycle, by=provider)
    step = active.steps.get()
    today = seated.agency.today()
    own = at(seated.agency, "cells:step", pk=step.pk)
    assert own in [each.url for each in waiting(provider, today)]
    close(seated, facilitator)
    later = today + timedelta(days=200)
    with time_machine.travel(noon(later)):
        for member in (consumer, provider, facilitator):
            browser = login(member)
            for each in waiting(member, later):
                answer = browser.get(each.url)
                assert answer.status_code == 200, each
                assert 'method="post"' in answer.text.partition("<main")[2], each
        assert [each.url for each in waiting(provider, later) if in_cells(each.url)] == []
        page = login(facilitator).get(at(seated.agency, "cells:cell", pk=seated.pk))
        assert page.status_code == 200


def test_a_test_that_never_began_waits_for_nobody_in_a_closed_cell(
    seated: Cell, active: ActionPlan, cycle: PDSACycle, provider: Member, facilitator: Member
) -> None:
    today = seated.agency.today()
    url = at(seated.agency, "cells:cycle", pk=cycle.pk)
    assert url in [each.url for each in waiting(provider, today)]
    close(seated, facilitator)
    assert url not in [each.url for each in waiting(provider, today)]


def test_the_page_that_closes_a_cell_says_what_goes_on_and_the_cell_is_found_afterwards(
    seated: Cell,
    active: ActionPlan,
    cycle: PDSACycle,
    consumer: Member,
    provider: Member,
    facilitator: Member,
    login: Login,
) -> None:
    actions.start_cycle(cycle, by=provider)
    browser = login(facilitator)
    page = browser.get(at(seated.agency, "cells:close", pk=seated.pk)).text
    assert active.opportunity.title in page
    assert cycle.title in page
    closed = at(seated.agency, "cells:closed")
    assert closed not in login(consumer).get(at(seated.agency, "cells:cells")).text
    close(seated, facilitator)
    for reader in (consumer, facilitator):
        theirs = login(reader)
        assert closed in theirs.get(at(seated.agency, "cells:cells")).text
        assert at(seated.agency, "cells:cell", pk=seated.pk) in theirs.get(closed).text


@pytest.mark.xdist_group("portal")
def test_pages_of_closed_cells_can_be_used_by_everybody(
    seated: Cell, active: ActionPlan, facilitator: Member, login: Login, look: Look
) -> None:
    look(login(facilitator), at(seated.agency, "cells:close", pk=seated.pk))
    close(seated, facilitator)
    look(login(facilitator), at(seated.agency, "cells:closed"))
    look(login(facilitator), at(seated.agency, "cells:cell", pk=seated.pk))
