"""To people who may not see standings, pages read the same for any standing."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client

from accounts.models import Member, StandingKind
from cells.cell import actions as cell_actions
from cells.cell.models import Cell
from cells.ideas import actions as idea_actions
from cells.ideas.models import OpportunityKind
from devtools import seating
from foundation.addresses import at
from foundation.models import Agency
from groups import actions as group_actions
from groups.models import Choice, Group, GroupKind, Office, Seat
from indicators.actions import catch_up
from tests.conftest import Enter, Login

READERS = ["manager", "committee_chair", "second_consumer"]
Read = Callable[[str], str]


def main(client: Client, url: str) -> str:
    """The main part of a page, without what is random or counts up."""
    code, found = answered(client, url)
    assert code == 200
    return found


def answered(client: Client, url: str) -> tuple[int, str]:
    """Including the status code, even of a refusal."""
    answer = client.get(url)
    found = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    random = r'value="[0-9a-zA-Z-]{36,64}"|poll=[^\\"&]+|Last updated [^<]+'
    return answer.status_code, re.sub(random, "", found)


@pytest.fixture(params=READERS)
def read(request: pytest.FixtureRequest, login: Login) -> Read:
    """What a reader sees who may not see standings."""
    return partial(main, login(request.getfixturevalue(request.param)))


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
    idea_actions.raise_opportunity(
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
    idea_actions.raise_opportunity(
        cell, by=author, kind=OpportunityKind.PROBLEM, title="The wait is long"
    )
    page = login(facilitator).get(at(agency, "cells:cell", pk=cell.pk)).content.decode()
    assert "Did people who use services take part?" in page


@pytest.mark.promise("standing")
def test_a_seat_does_not_tell_as_what_it_was_taken(
    cell: Cell, agency: Agency, enter: Enter, facilitator: Member, read: Read
) -> None:
    seats = [
        seating.seat(
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


@pytest.fixture
def council(agency: Agency, administrator: Member, enter: Enter) -> Group:
    """Six who decide, all of them staff."""
    group = group_actions.open_group(
        agency, kind=GroupKind.COUNCIL, name="Council", by=administrator, on=agency.today()
    )
    for number in range(6):
        member = enter(f"Person {number}", StandingKind.PROVIDER)
        seating.seat(group, member, since=agency.today(), by=administrator)
    return group


def one_more_consumer(group: Group) -> None:
    seat = group.seats.filter(standing=StandingKind.PROVIDER).first()
    assert seat is not None
    seat.standing = StandingKind.PRIMARY_CONSUMER
    seat.save()


@pytest.mark.promise("standing")
@pytest.mark.parametrize("name", ["indicators:dashboard", "indicators:print", "sign"])
def test_numbers_about_groups_do_not_tell_what_a_member_is(
    name: str, council: Group, agency: Agency, manager: Member, login: Login
) -> None:
    url = (
        at(agency, "indicators:indicator", code="membership")
        if name == "sign"
        else at(agency, name)
    )
    client = login(manager)
    pages = []
    for _number in range(2):
        catch_up(agency)
        pages.append(main(client, url))
        one_more_consumer(council)
    assert pages[0] == pages[1]


@pytest.mark.promise("standing")
def test_a_groups_page_does_not_tell_what_a_newcomer_is(
    council: Group,
    agency: Agency,
    administrator: Member,
    enter: Enter,
    manager: Member,
    login: Login,
) -> None:
    """At the threshold, "enough" or "one more is needed" would reveal the newcomer's standing."""
    one_more_consumer(council)
    newcomer = enter("Newcomer", StandingKind.PROVIDER)
    seating.seat(council, newcomer, since=agency.today(), by=administrator)
    page = at(agency, "groups:people", pk=council.pk)
    client = login(manager)
    as_staff = main(client, page)
    council.seats.filter(member=newcomer).update(standing=StandingKind.PRIMARY_CONSUMER)
    assert main(client, page) == as_staff


def test_looking_at_the_page_that_closes_a_decision_does_not_tell_whose_answer_made_it_enough(
    cell: Cell, agency: Agency, enter: Enter, facilitator: Member, login: Login
) -> None:
    today = agency.today()
    chair, first = enter("Alex", StandingKind.PROVIDER), enter("Blake", StandingKind.PROVIDER)
    seating.seat(cell.group, chair, office=Office.CHAIR, since=today, by=facilitator)
    seating.seat(cell.group, first, since=today, by=facilitator)
    decision = group_actions.propose(cell.group, title="Tea", text="Tea for all.", by=chair)
    group_actions.take_position(decision, member=first, choice=Choice.AGREE)
    page, client = at(agency, "groups:close_decision", pk=decision.pk), login(chair)
    for waiver in ("", "Nobody could come."):
        if waiver:
            group_actions.waive(decision, reason=waiver, by=chair)
        as_staff = answered(client, page)
        Seat.objects.within(agency).filter(member=first).update(
            standing=StandingKind.PRIMARY_CONSUMER
        )
        assert answered(client, page) == as_staff
        Seat.objects.within(agency).filter(member=first).update(standing=StandingKind.PROVIDER)
