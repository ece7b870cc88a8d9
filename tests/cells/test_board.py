"""All cells side by side, how a cell works together, and the cell's own page."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from accounts.models import Member, StandingKind
from cells.cell import actions as cell_actions
from cells.cell import rules
from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from cells.overview import facts, partnership_signals
from cells.overview.late import late_of
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan, PDSACycle
from cells.ranking.models import PriorityRound
from devtools import seating
from foundation.addresses import at
from foundation.models import Agency
from groups import actions as group_actions
from groups.models import Choice, Decision, Meeting
from measures.definitions.models import Measure
from measures.numbers import actions as number_actions
from tests.cells.addresses import page_name
from tests.cells.conftest import Define, Raise, noon
from tests.conftest import Login, assert_budget


def told(cell: Cell, reader: Member) -> dict[str, partnership_signals.Sign]:
    today = cell.agency.today()
    cells = Cell.objects.within(cell.agency).filter(pk=cell.pk)
    found = facts.facts_of(cells, reader, today)
    return {sign.code: sign for sign in partnership_signals.signs_of(found, reader, today)[cell.pk]}


def overdue(cell: Cell, on: date) -> tuple[int, int, int, int]:
    given = late_of(cell.agency, [cell], on)[cell.pk]
    return given.steps, given.looks, given.tests, given.votes


SEEING = {
    "consumer": False,
    "provider": False,
    "facilitator": True,
    "administrator": True,
    "committee_chair": True,
    "manager": False,
    "payer": False,
    "approver": False,
}


@pytest.mark.parametrize(("person", "may"), SEEING.items())
def test_who_helps_runs_or_oversees_sees_all_cells_side_by_side(
    person: str,
    may: bool,
    seated: Cell,
    agency: Agency,
    login: Login,
    request: pytest.FixtureRequest,
) -> None:
    member = request.getfixturevalue(person)
    assert (rules.seeing_board(member) is None) is may
    client = login(member)
    for name in ("board", "board_file"):
        answer = client.get(at(agency, page_name(name)))
        assert answer.status_code == (200 if may else 403)
    shown = client.get(at(agency, "cells:cells")).content.decode()
    assert ("See all cells side by side" in shown) is may
    seats = {"consumer", "provider", "facilitator"}
    together = client.get(at(agency, "cells:together", pk=seated.pk))
    assert together.status_code == (200 if may or person in seats else 403)


def test_overdue_counts_steps_looks_tests_and_votes(
    active: ActionPlan, cycle: PDSACycle, consumer: Member, today: date
) -> None:
    cell = active.opportunity.cell
    plan_actions.start_cycle(cycle, by=consumer)
    assert overdue(cell, today) == (0, 0, 0, 0)
    assert overdue(cell, today + timedelta(days=2)) == (0, 0, 1, 0)
    assert overdue(cell, today + timedelta(days=15)) == (1, 0, 1, 0)
    assert overdue(cell, today + timedelta(days=31)) == (1, 1, 1, 0)


def test_a_vote_that_nobody_closed_is_late(ranking: PriorityRound, today: date) -> None:
    assert overdue(ranking.cell, today + timedelta(days=7)) == (0, 0, 0, 0)
    assert overdue(ranking.cell, today + timedelta(days=8)) == (0, 0, 0, 1)


def test_the_board_is_flat_in_queries_and_its_file_says_the_same(
    active: ActionPlan,
    cycle: PDSACycle,
    define: Define,
    agency: Agency,
    facilitator: Member,
    consumer: Member,
    committee_chair: Member,
    login: Login,
    today: date,
) -> None:
    client = login(facilitator)
    urls = [at(agency, "cells:board"), at(agency, "cells:board_file")]
    urls.append(at(agency, "cells:together", pk=active.opportunity.cell_id))
    few = [assert_budget(client, url) for url in urls]
    for n in range(5):
        other = cell_actions.open_cell(name=f"Cell {n}", focus="More", by=facilitator, on=today)
        seating.seat(other.group, consumer, since=today, by=facilitator)
        define(cell=other, name=f"Number {n}")
    assert [assert_budget(client, url) for url in urls] == few
    shown = client.get(urls[0]).content.decode()
    assert "Seen within ten minutes" in shown
    lines = client.get(urls[1]).content.decode().splitlines()
    assert len(lines) == 7
    welcome = next(line for line in lines if line.startswith("Welcome cell"))
    assert "See if it works" in welcome
    assert "Enough consumers" in welcome
    overseen = login(committee_chair).get(urls[1]).content.decode()
    assert "Enough consumers" not in overseen
    assert "Too few people to say" in overseen


def test_the_committee_is_told_of_stages_only_where_five_people_stand_behind_them(
    closed: PriorityRound,
    committee_chair: Member,
    facilitator: Member,
    many: Any,
    raised: Raise,
) -> None:
    cell = closed.cell
    assert told(cell, facilitator)["stage_identify"].words == "Consumers took part."
    assert not [code for code in told(cell, committee_chair) if code.startswith("stage")]
    staff = many(StandingKind.PROVIDER, 2)
    assert "stage_identify" not in told(cell, committee_chair)
    for member in staff:
        raised(f"{member} has an idea", by=member)
    raised("Femi has one as well", by=facilitator)
    assert told(cell, committee_chair)["stage_identify"].words == "Consumers took part."


def test_a_stage_without_consumers_is_a_signal_that_names_nobody(
    seated: Cell,
    provider: Member,
    facilitator: Member,
    committee_chair: Member,
    many: Any,
    raised: Raise,
    agency: Agency,
    login: Login,
) -> None:
    staff = [provider, facilitator, *many(StandingKind.PROVIDER, 3)]
    for member in staff:
        raised(f"{member} has an idea", by=member)
    sign = told(seated, committee_chair)["stage_identify"]
    assert sign.alert
    assert sign.todo
    shown = login(committee_chair).get(at(agency, "cells:together", pk=seated.pk))
    assert "It went on without consumers." in shown.content.decode()
    for member in staff:
        assert member.display_name not in shown.content.decode()


def test_no_front_line_staff_or_a_majority_of_managers_is_a_signal(
    seated: Cell, provider: Member, facilitator: Member, many: Any, today: date
) -> None:
    assert "no_front_line" not in told(seated, facilitator)
    for member in (provider, facilitator):
        seat = seated.group.seats.get(member=member)
        group_actions.end_seat(seat, on=today, by=facilitator)
    assert told(seated, facilitator)["no_front_line"].alert
    assert "managers" not in told(seated, facilitator)
    many(StandingKind.MANAGER, 4)
    assert told(seated, facilitator)["managers"].alert


def test_people_of_the_cell_hear_nothing_that_tells_of_standings(
    closed: PriorityRound, many: Any, consumer: Member, provider: Member
) -> None:
    many(StandingKind.MANAGER, 7)
    for member in (consumer, provider):
        assert set(told(closed.cell, member)) <= {"materials", "turnover"}


def test_what_meetings_talk_about_counts_who_put_it_there(
    seated: Cell,
    facilitator: Member,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    manager: Member,
    today: date,
) -> None:
    soon = noon(today + timedelta(days=2))
    meeting = group_actions.plan_meeting(seated.group, starts_at=soon, by=facilitator)
    assert told(seated, facilitator)["agenda"].alert
    for text, author in (("Rides", consumer), ("Tea", second_consumer), ("Forms", provider)):
        group_actions.put_on_agenda(meeting, text=text, by=facilitator, on_behalf_of=author)
    sign = told(seated, facilitator)["agenda"]
    assert "2 of 3 things" in str(sign.words)
    assert not sign.alert
    assert "agenda" not in told(seated, provider)
    # Removed items were brought all the same.
    group_actions.take_off_agenda(
        group_actions.put_on_agenda(meeting, text="Doors", by=provider), by=provider
    )
    assert "2 of 4 things" in str(told(seated, facilitator)["agenda"].words)


def test_an_agenda_without_consumers_is_a_signal(
    seated: Cell, facilitator: Member, provider: Member, today: date
) -> None:
    soon = noon(today + timedelta(days=2))
    meeting = group_actions.plan_meeting(seated.group, starts_at=soon, by=facilitator)
    group_actions.put_on_agenda(meeting, text="Forms", by=provider)
    sign = told(seated, facilitator)["agenda"]
    assert sign.alert
    assert "0 of 1 thing " in str(sign.words)
    assert "consumers want to talk about" in str(sign.todo)


def test_papers_less_than_five_days_ahead_are_a_signal(
    seated: Cell, consumer: Member, facilitator: Member, today: date
) -> None:
    def meet(ago: int, sent: int | None) -> Meeting:
        with time_machine.travel(noon(today - timedelta(days=60)), tick=False):
            meeting = group_actions.plan_meeting(
                seated.group, starts_at=noon(today - timedelta(days=ago)), by=facilitator
            )
        if sent is not None:
            Meeting.objects.within(seated.agency).filter(pk=meeting.pk).update(
                materials_sent_on=meeting.on - timedelta(days=sent)
            )
        return meeting

    meet(20, 5)
    assert not told(seated, consumer)["materials"].alert
    meet(10, 4)
    meet(-3, None)
    meet(-5, None)
    sign = told(seated, consumer)["materials"]
    assert sign.alert
    assert "For 2 of 3 meetings" in str(sign.words)


def test_a_third_leaving_within_half_a_year_is_a_signal_and_a_new_office_is_not(
    seated: Cell, facilitator: Member, consumer: Member, second_consumer: Member, today: date
) -> None:
    assert not told(seated, facilitator)["turnover"].alert
    seat = seated.group.seats.get(member=second_consumer)
    group_actions.end_seat(
        seat, on=today - timedelta(days=3), by=facilitator, late_reason="Told late."
    )
    assert "1 of 4" in str(told(seated, facilitator)["turnover"].words)
    seat = seated.group.seats.get(member=consumer)
    group_actions.end_seat(
        seat, on=today - timedelta(days=2), by=facilitator, late_reason="Told late."
    )
    sign = told(seated, facilitator)["turnover"]
    assert sign.alert
    assert told(seated, facilitator)["turnover_consumers"].alert
    assert "turnover_consumers" not in told(seated, second_consumer)
    seating.seat(seated.group, consumer, since=today - timedelta(days=2), by=facilitator)
    assert "1 of 4" in str(told(seated, facilitator)["turnover"].words)


def test_a_decision_that_was_reworded_after_a_consumer_s_concern_counts(
    proposed: Decision,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    facilitator: Member,
) -> None:
    group_actions.take_position(
        proposed, member=second_consumer, choice=Choice.OBJECT, reason="Too fast."
    )
    group_actions.amend(
        proposed, title=proposed.title, text="In two steps.", by=consumer, version=None
    )
    for member in (consumer, second_consumer, provider):
        group_actions.take_position(proposed, member=member, choice=Choice.AGREE)
    group_actions.close_decision(proposed, by=facilitator)
    cell = Cell.objects.within(proposed.agency).get(group=proposed.group)
    assert "1 of 1 decision was reworded" in str(told(cell, facilitator)["decisions"].words)


def test_beside_a_verdict_stands_why_it_is_so(
    active: ActionPlan, measure: Measure, facilitator: Member, login: Login
) -> None:
    client, agency = login(facilitator), active.agency
    why = "There are no numbers yet that can be held against the start."
    chart = "Not enough results yet to tell."
    for name, key in (
        ("board", {}),
        ("measures", {}),
        ("cell", {"pk": active.opportunity.cell_id}),
    ):
        shown = client.get(at(agency, page_name(name), **key)).text
        assert why in shown, name
        assert chart not in shown, name


def links(html: str) -> list[str]:
    """Links and buttons of the main content that are visible without unfolding anything."""
    main = html.partition("<main")[2].partition("</main>")[0]
    main = re.sub(r"<details.*?</details>", "", main, flags=re.DOTALL)
    return re.findall(r"<a [^>]*href", main) + re.findall(r"<button", main)


def test_a_cell_page_has_at_most_seven_links(
    active: ActionPlan,
    cycle: PDSACycle,
    closed: PriorityRound,
    ideas: Sequence[Opportunity],
    define: Define,
    measure: Measure,
    agency: Agency,
    consumer: Member,
    provider: Member,
    facilitator: Member,
    login: Login,
    today: date,
    chosen_too: Callable[[Opportunity], None],
) -> None:
    for idea in ideas[1:]:
        chosen_too(idea)
    for n in range(3):
        define(name=f"Number {n}")
    plan_actions.start_cycle(cycle, by=provider)
    group_actions.plan_meeting(
        active.opportunity.cell.group, starts_at=noon(today + timedelta(days=3)), by=facilitator
    )
    number_actions.record_point(
        measure,
        period=today - timedelta(days=40),
        numerator=Decimal(1),
        denominator=Decimal(2),
        by=provider,
    )
    shown = login(consumer).get(at(agency, "cells:cell", pk=closed.cell_id)).content.decode()
    assert len(links(shown)) <= 7
    for words in (
        "Testing now: A second desk on one morning",
        "50% in",
        "What the numbers say",
        "Next meeting",
        "See all improvement ideas",
    ):
        assert words in re.sub(r"\s+", " ", shown), words
