"""The matrix and the nominal group technique: from silent ideas to the result."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Member, StandingKind
from cells.cell.models import Cell
from cells.ideas import actions as idea_actions
from cells.ideas.models import Opportunity, OpportunityState
from cells.ranking import actions as ranking_actions
from cells.ranking import counting, rules
from cells.ranking.models import PriorityRound, RankingMethod, RoundStatus, SilentIdea
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from foundation.refusals import Refused
from notifications.waiting import waiting
from tests.cells.conftest import TITLES
from tests.conftest import Login, assert_budget

QUESTION = "What would make the first visit easier?"


@pytest.fixture
def silent(seated: Cell, facilitator: Member) -> PriorityRound:
    return ranking_actions.gather(seated, question=QUESTION, by=facilitator)


def write(ranking: PriorityRound, by: Member, *titles: str) -> None:
    for title in titles:
        ranking_actions.write_down(ranking, kind="problem", title=title, by=by)


@pytest.fixture
def talked(
    silent: PriorityRound, consumer: Member, provider: Member, facilitator: Member
) -> PriorityRound:
    write(silent, consumer, "Rosa one", "Rosa two", "Rosa three")
    write(silent, provider, "Priya one")
    return ranking_actions.go_round(silent, by=facilitator)


def open_with(cell: Cell, ideas: Sequence[Opportunity], method: str, by: Member) -> PriorityRound:
    last = by.agency.today() + timedelta(days=7)
    return ranking_actions.open_round(
        cell, opportunities=ideas, method=method, closes_on=last, by=by
    )


def test_what_is_written_in_silence_is_seen_by_its_writer_only(
    silent: PriorityRound, consumer: Member, provider: Member, facilitator: Member, agency: Agency,
    login: Login,
) -> None:  # fmt: skip
    write(silent, consumer, "A sign at the door")
    url = at(agency, "cells:round", pk=silent.pk)
    assert "A sign at the door" in login(consumer).get(url).content.decode()
    for other in (provider, facilitator):
        shown = login(other).get(url).content.decode()
        assert "A sign at the door" not in shown
        # Only people who run the cell see the progress.
        assert ("1 idea is written down so far." in shown) == (other == facilitator)
    assert not Opportunity.objects.within(agency).exists()


def test_silent_ideas_become_ideas_of_the_cell_in_turn_one_of_each_person(
    talked: PriorityRound, consumer: Member, provider: Member
) -> None:
    entries = talked.entries.select_related("opportunity").order_by("pk")
    titles = [entry.opportunity.title for entry in entries]
    assert titles == ["Rosa one", "Priya one", "Rosa two", "Rosa three"]
    authors = [entry.opportunity.author for entry in entries]
    assert authors == [consumer, provider, consumer, consumer]
    assert talked.status == RoundStatus.TALKING
    assert not SilentIdea.objects.within(talked.agency).exists()


def test_after_the_talk_people_rank_what_is_on_the_list(
    talked: PriorityRound, today: date, consumer: Member, facilitator: Member, provider: Member,
    second_consumer: Member,
) -> None:  # fmt: skip
    ideas = [entry.opportunity for entry in talked.entries.order_by("pk")]
    idea_actions.merge(ideas[3], into=ideas[2], by=facilitator)
    ranking = ranking_actions.rank_in_silence(
        talked, opportunities=ideas[:3], closes_on=today, by=facilitator
    )
    assert (ranking.status, ranking.votes_each, ranking.entries.count()) == ("open", 3, 3)
    first, second, third = ranking.entries.order_by("pk")
    for voter, cards in (
        (consumer, [second, first, third]),
        (second_consumer, [second, third, first]),
        (provider, [first, second, third]),
        (facilitator, [second, first, third]),
    ):
        ranking_actions.cast(ranking, choices=cards, by=voter)
    closed = ranking_actions.close_round(ranking, by=facilitator)
    assert list(closed.entries.order_by("pk").values_list("place", flat=True)) == [2, 1, 3]


@pytest.mark.parametrize("until", ["gathering", "talking"])
def test_what_was_written_is_not_lost_when_it_is_called_off(
    until: str, silent: PriorityRound, consumer: Member, facilitator: Member
) -> None:
    write(silent, consumer, "A sign at the door")
    if until == "talking":
        ranking_actions.go_round(silent, by=facilitator)
    assert ranking_actions.cancel_round(silent, by=facilitator).status == RoundStatus.CANCELLED
    idea = Opportunity.objects.within(silent.agency).get()
    assert (idea.title, idea.author, idea.state) == (
        "A sign at the door",
        consumer,
        OpportunityState.RAISED,
    )


def test_ideas_are_asked_for_on_the_home_page_until_one_is_written(
    silent: PriorityRound, consumer: Member, today: date
) -> None:
    asked = f"Write down your ideas: {QUESTION}"
    assert asked in [str(each.title) for each in waiting(consumer, today)]
    write(silent, consumer, "A sign at the door")
    assert asked not in [str(each.title) for each in waiting(consumer, today)]


@pytest.mark.parametrize(
    ("person", "writes", "runs"),
    [
        ("consumer", True, False),
        ("provider", True, False),
        ("facilitator", True, True),
        ("administrator", False, True),
        ("manager", False, False),
    ],
)
def test_who_is_in_the_cell_writes_and_who_runs_it_reads_out(
    person: str, writes: bool, runs: bool, silent: PriorityRound, request: pytest.FixtureRequest
) -> None:
    by: Member = request.getfixturevalue(person)
    assert (rules.writing_down(silent, by) is None) is writes
    assert (rules.going_round(silent, by, ideas=1) is None) is runs
    assert rules.going_round(silent, by, ideas=0) is not None
    assert rules.ranking_in_silence(silent, by, ideas=4, voters=4) is not None


def test_a_cell_has_one_round_at_a_time_also_in_silence(
    silent: PriorityRound, ideas: Sequence[Opportunity], facilitator: Member
) -> None:
    with pytest.raises(Refused, match="A vote is open"):
        open_with(silent.cell, ideas, RankingMethod.MULTIVOTING, facilitator)
    with pytest.raises(Refused, match="A vote is open"):
        ranking_actions.gather(silent.cell, question="Again?", by=facilitator)
    with pytest.raises(Refused, match="This vote is over"):
        ranking_actions.cast(silent, choices=[], by=facilitator)


@pytest.mark.parametrize(
    ("method", "ballot", "said"),
    [
        (RankingMethod.NOMINAL, {"choices": [0, 1, 2]}, "Put 4 different ideas in order"),
        (RankingMethod.NOMINAL, {"choices": [0, 1, 2, 2]}, "Put 4 different ideas in order"),
        (RankingMethod.MATRIX, {"ratings": {0: (1, 1)}}, "Answer for each idea"),
        (
            RankingMethod.MATRIX,
            {"ratings": {0: (1, 6), 1: (1, 1), 2: (1, 1), 3: (1, 1)}},
            "a number from 1 to 5",
        ),
    ],
)
def test_a_ballot_that_is_not_whole_is_refused_in_words(
    method: str, ballot: dict[str, Any], said: str, seated: Cell, ideas: Sequence[Opportunity],
    facilitator: Member, consumer: Member,
) -> None:  # fmt: skip
    ranking = open_with(seated, ideas, method, facilitator)
    entries = list(ranking.entries.order_by("pk"))
    given: dict[str, Any] = {}
    if "choices" in ballot:
        given["choices"] = [entries[place] for place in ballot["choices"]]
    else:
        given["ratings"] = {
            entries[place]: counting.ImpactAndEffort(*pair)
            for place, pair in ballot["ratings"].items()
        }
    with pytest.raises(ValidationError, match=said):
        ranking_actions.cast(ranking, **given, by=consumer)
    assert not ranking.ballots.exists()


def test_a_matrix_takes_ten_ideas_at_most(
    seated: Cell, raised: Callable[..., Opportunity], facilitator: Member
) -> None:
    many = [raised(f"Idea {n}") for n in range(11)]
    with pytest.raises(ValidationError, match="from 2 to 10"):
        open_with(seated, many, RankingMethod.MATRIX, facilitator)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (["1", "2", "3", ""], "Not used yet: 4."),
        (["1", "2", "2", "3"], "You gave the number 2 twice."),
        (["1", "2", "3", "5"], "4"),
    ],
)
def test_numbers_that_do_not_fit_are_told_in_words_and_kept(
    numbers: list[str], said: str, seated: Cell, ideas: Sequence[Opportunity], agency: Agency,
    facilitator: Member, consumer: Member, login: Login,
) -> None:  # fmt: skip
    ranking = open_with(seated, ideas, RankingMethod.NOMINAL, facilitator)
    client, url = login(consumer), at(agency, "cells:round", pk=ranking.pk)
    form = client.get(url).context["form"]
    keys = [f"card_{code_of(entry)}" for entry in ranking.entries.order_by("pk")]
    answer = client.post(
        url, {"submission": form["submission"].value(), **dict(zip(keys, numbers, strict=True))}
    )
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'value="3"' in answer.content.decode()
    assert not ranking.ballots.exists()


def test_a_matrix_is_drawn_with_a_table_and_by_side_where_each_has_five(
    seated: Cell, ideas: Sequence[Opportunity], many: Callable[..., list[Member]], agency: Agency,
    facilitator: Member, consumer: Member, login: Login,
) -> None:  # fmt: skip
    many(StandingKind.PRIMARY_CONSUMER, 3)
    many(StandingKind.PROVIDER, 3)
    ranking = open_with(seated, ideas, RankingMethod.MATRIX, facilitator)
    entries = list(ranking.entries.order_by("pk"))
    for seat in seated.group.seats.select_related("member"):
        impact = 5 if seat.is_consumer else 1
        ratings = {entry: counting.ImpactAndEffort(impact, n) for n, entry in enumerate(entries, 1)}
        ranking_actions.cast(ranking, ratings=ratings, by=seat.member)
    closed = ranking_actions.close_round(ranking, by=facilitator)
    assert (closed.ballots_consumers, closed.ballots_staff) == (5, 5)
    shown = login(consumer).get(at(agency, "cells:round", pk=closed.pk)).content.decode()
    for words in (
        "<svg",
        "Do it first",
        "From staff: How hard it would be",
        "3.0",
        "not told apart",
    ):
        assert words in shown
    assert shown.index(TITLES[0]) < shown.index(TITLES[3])


def test_of_few_ballots_neither_numbers_nor_a_picture_are_shown(
    seated: Cell, ideas: Sequence[Opportunity], agency: Agency, facilitator: Member,
    consumer: Member, second_consumer: Member, provider: Member, login: Login,
) -> None:  # fmt: skip
    ranking = open_with(seated, ideas, RankingMethod.MATRIX, facilitator)
    for voter in (consumer, second_consumer, provider, facilitator):
        ratings = {entry: counting.ImpactAndEffort(4, 2) for entry in ranking.entries.all()}
        ranking_actions.cast(ranking, ratings=ratings, by=voter)
    closed = ranking_actions.close_round(ranking, by=facilitator)
    assert set(closed.entries.values_list("votes", "effort")) == {(None, None)}
    shown = login(consumer).get(at(agency, "cells:round", pk=closed.pk)).content.decode()
    assert "Do it first" not in shown
    assert "Fewer than 5 people voted" in shown


def test_the_pages_of_a_round_in_silence_stay_within_their_budget(
    silent: PriorityRound, consumer: Member, provider: Member, facilitator: Member, agency: Agency,
    login: Login,
) -> None:  # fmt: skip
    write(silent, consumer, *(f"Idea {n}" for n in range(12)))
    write(silent, provider, "One more")
    client, url = login(facilitator), at(agency, "cells:round", pk=silent.pk)
    assert_budget(client, url)
    assert_budget(client, at(agency, "cells:cell", pk=silent.cell_id))
    ranking_actions.go_round(silent, by=facilitator)
    assert_budget(client, url)
    assert_budget(client, at(agency, "cells:rank", pk=silent.pk))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("priority_round_votes", {"votes_each": 3, "method": RankingMethod.MATRIX}),
        ("priority_round_votes", {"votes_each": 9, "method": RankingMethod.NOMINAL}),
        ("priority_round_silence_is_nominal", {"status": RoundStatus.GATHERING, "salt": ""}),
    ],
)
def test_the_database_holds_what_a_round_may_be(
    name: str, values: dict[str, Any], ranking: PriorityRound
) -> None:
    rows = PriorityRound.objects.within(ranking.agency).filter(pk=ranking.pk)
    if "salt" in values:
        values = {**values, "seal": ""}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        rows.update(**values)
