"""A cell that is too small for a secret vote chooses by consent."""

import re
from datetime import date

import pytest

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas import actions as idea_actions
from cells.ideas.models import Opportunity, OpportunityKind, OpportunityState
from cells.ranking import actions as ranking_actions
from devtools import seating
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups import actions as group_actions
from groups.models import Choice
from tests.accounts.answers import send
from tests.cells.conftest import TITLES
from tests.conftest import Login, Look, assert_budget


@pytest.fixture
def small(
    cell: Cell, consumer: Member, second_consumer: Member, facilitator: Member, start: date
) -> Cell:
    """A cell with two voting members."""
    for member in (consumer, second_consumer):
        seating.seat(cell.group, member, since=start, by=facilitator)
    return cell


@pytest.fixture
def two(small: Cell, consumer: Member) -> list[Opportunity]:
    return [
        idea_actions.raise_opportunity(
            small, title=title, kind=OpportunityKind.PROBLEM, by=consumer
        )
        for title in TITLES[:2]
    ]


def test_two_voters_choose_an_idea_by_consent(
    small: Cell,
    two: list[Opportunity],
    consumer: Member,
    second_consumer: Member,
    facilitator: Member,
    login: Login,
    agency: Agency,
) -> None:
    browser = login(consumer)
    url = at(agency, "cells:choose_together", pk=small.pk)
    for page in ("cells:cell", "cells:opportunities"):
        shown = browser.get(at(agency, page, pk=small.pk)).content.decode()
        assert url in shown
        assert at(agency, "cells:open_round", pk=small.pk) not in shown
    assert_budget(browser, at(agency, "cells:opportunities", pk=small.pk))
    offered = re.findall(
        r'name="opportunity"[^>]*value="([^"]+)"', browser.get(url).content.decode()
    )
    assert len(offered) == 2
    assert send(browser, url, opportunity="no key").status_code == 422
    answer = send(browser, url, opportunity=offered[1], text="It helps many people.")
    assert answer.status_code == 302
    two[1].refresh_from_db()
    assert two[1].decision is not None
    for member in (consumer, second_consumer):
        group_actions.take_position(two[1].decision, member=member, choice=Choice.AGREE, by=member)
    group_actions.close_decision(two[1].decision, by=facilitator)
    two[1].refresh_from_db()
    assert two[1].state == OpportunityState.CHOSEN


def test_one_choice_is_decided_at_a_time(
    small: Cell, two: list[Opportunity], consumer: Member, second_consumer: Member
) -> None:
    ranking_actions.propose_together(small, opportunity=two[0], text="First.", by=consumer)
    with pytest.raises(Refused):
        ranking_actions.propose_together(
            small, opportunity=two[1], text="Second.", by=second_consumer
        )


def test_a_cell_that_can_vote_in_secret_does(
    seated: Cell, ideas: list[Opportunity], consumer: Member, agency: Agency, login: Login
) -> None:
    with pytest.raises(Refused):
        ranking_actions.propose_together(seated, opportunity=ideas[0], text="Mine.", by=consumer)
    url = at(agency, "cells:choose_together", pk=seated.pk)
    browser = login(consumer)
    assert browser.get(url).status_code == 403
    for page in ("cells:cell", "cells:opportunities"):
        assert url not in browser.get(at(agency, page, pk=seated.pk)).content.decode()


@pytest.mark.xdist_group("portal")
def test_the_page_on_which_two_choose_can_be_used_by_everybody(
    small: Cell, two: list[Opportunity], consumer: Member, agency: Agency, login: Login, look: Look
) -> None:
    look(login(consumer), at(agency, "cells:choose_together", pk=small.pk))
    look(login(consumer), at(agency, "cells:opportunities", pk=small.pk))
