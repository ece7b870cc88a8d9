"""Pages read the same whether the people on them use services or not, to whoever may not know it."""

import re
from collections.abc import Callable

import pytest

from accounts.models import Member, StandingKind
from cells import actions as cell_actions
from cells.models import Cell, OpportunityKind
from foundation.addresses import at
from foundation.models import Agency
from groups import actions as group_actions
from tests.conftest import Enter, Login

READERS = ["manager", "committee_chair", "second_consumer"]
Read = Callable[[str], str]


@pytest.fixture(params=READERS)
def read(request: pytest.FixtureRequest, login: Login) -> Read:
    """What somebody reads in the main part of a page who may not see standings."""
    client = login(request.getfixturevalue(request.param))

    def read(url: str) -> str:
        answer = client.get(url)
        assert answer.status_code == 200
        main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
        return re.sub(r'value="[0-9a-f-]{36}"|name="csrfmiddlewaretoken"[^>]*', "", main)

    return read


@pytest.fixture
def cell(agency: Agency, facilitator: Member) -> Cell:
    return cell_actions.open_cell(
        name="Front desk", focus="The wait", by=facilitator, on=agency.today()
    )


def become(member: Member, kind: StandingKind) -> None:
    """The same person, with this standing all along."""
    member.standings.update(kind=kind)


def test_whose_idea_it_is_does_not_tell_if_they_use_services(
    cell: Cell, agency: Agency, enter: Enter, read: Read
) -> None:
    author = enter("Alex", StandingKind.PROVIDER)
    cell_actions.raise_opportunity(
        cell, by=author, kind=OpportunityKind.PROBLEM, title="The wait is long"
    )
    pages = [at(agency, "cells:cell", pk=cell.pk), at(agency, "cells:cells")]
    as_staff = [read(page) for page in pages]
    become(author, StandingKind.PRIMARY_CONSUMER)
    assert [read(page) for page in pages] == as_staff


def test_those_whose_work_needs_it_see_if_consumers_took_part(
    cell: Cell, agency: Agency, enter: Enter, facilitator: Member, login: Login
) -> None:
    author = enter("Alex", StandingKind.PRIMARY_CONSUMER)
    cell_actions.raise_opportunity(
        cell, by=author, kind=OpportunityKind.PROBLEM, title="The wait is long"
    )
    page = login(facilitator).get(at(agency, "cells:cell", pk=cell.pk)).content.decode()
    assert "Did people who use services take part?" in page


def test_a_seat_does_not_tell_as_what_it_was_taken(
    cell: Cell, agency: Agency, enter: Enter, facilitator: Member, read: Read
) -> None:
    seats = [
        group_actions.seat(
            cell.group, enter(name, StandingKind.PROVIDER), since=agency.today(), by=facilitator
        )
        for name in ("Alex", "Blake")
    ]
    pages = [
        at(agency, "groups:people", pk=cell.group_id),
        at(agency, "groups:list"),
        at(agency, "cells:cell", pk=cell.pk),
    ]
    as_staff = [read(page) for page in pages]
    cell.group.seats.filter(pk=seats[0].pk).update(standing=StandingKind.PRIMARY_CONSUMER)
    assert [read(page) for page in pages] == as_staff
