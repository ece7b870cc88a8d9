"""The results of votes: properties that hold for any ballots, by each of the three methods."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from cells.ranking.counting import Cast, ImpactAndEffort, cards, count, places, sides
from cells.ranking.matrix import MatrixIdea, pictures
from cells.ranking.models import HIGHEST, RankingMethod, VoterSide

SIDES = st.sampled_from([VoterSide.CONSUMERS.value, VoterSide.STAFF.value, VoterSide.OTHERS.value])
MARKS = st.integers(1, HIGHEST)


@st.composite
def elections(draw: st.DrawFn) -> tuple[str, list[int], list[Cast]]:
    """A method, the entries on the list, and ballots as that method takes them."""
    method = draw(st.sampled_from(RankingMethod.values))
    entries = list(range(1, draw(st.integers(2, 8)) + 1))
    ballots = []
    for _ in range(draw(st.integers(0, 14))):
        side = draw(SIDES)
        if method == RankingMethod.MATRIX:
            n = len(entries)
            points = draw(st.lists(MARKS, min_size=n, max_size=n))
            efforts = draw(st.lists(MARKS, min_size=n, max_size=n))
            ballots.append(Cast(tuple(entries), tuple(points), tuple(efforts), side))
        elif method == RankingMethod.NOMINAL:
            ranked = draw(st.permutations(entries))[: cards(len(entries))]
            points = list(range(len(ranked), 0, -1))
            ballots.append(Cast(tuple(ranked), tuple(points), side=side))
        else:
            chosen = draw(st.lists(st.sampled_from(entries), min_size=1, unique=True))
            ballots.append(Cast(tuple(chosen), (1,) * len(chosen), side=side))
    return method, entries, ballots


Election = tuple[str, list[int], list[Cast]]


@given(elections())
def test_no_point_is_lost_or_made_up(election: Election) -> None:
    method, entries, ballots = election
    results = count(method, entries, ballots)
    if len(ballots) < 5:
        assert all(result.all is None for result in results.values())
        return
    points = sum(result.all.points for result in results.values() if result.all)
    assert points == sum(sum(ballot.points) for ballot in ballots)
    if method == RankingMethod.NOMINAL:
        k = cards(len(entries))
        assert points == len(ballots) * k * (k + 1) // 2


@given(elections(), st.randoms())
def test_the_order_in_which_people_vote_changes_nothing(election: Election, dice: object) -> None:
    method, entries, ballots = election
    shuffled = list(ballots)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert count(method, entries, shuffled) == count(method, entries, ballots)


@given(elections())
def test_places_start_at_one_and_ties_share_one(election: Election) -> None:
    method, entries, ballots = election
    places = sorted(result.place for result in count(method, entries, ballots).values())
    assert places[0] == 1
    assert all(
        place == number or place == places[number - 2] for number, place in enumerate(places, 1)
    )


@given(elections(), st.randoms())
def test_places_are_told_without_ties_below_the_first(election: Election, dice: Random) -> None:
    method, entries, ballots = election
    results = count(method, entries, ballots)
    told = places(results, ballots=len(ballots), dice=dice)
    first = [entry for entry in entries if results[entry].place == 1]
    if len(ballots) < 5:
        assert sorted(told.values()) == list(range(1, len(entries) + 1))
    else:
        assert [entry for entry in entries if told[entry] == 1] == first
        below = sorted(place for place in told.values() if place > 1)
        assert below == list(range(len(first) + 1, len(entries) + 1))
    # A better result is announced as a better place.
    for one in entries:
        for other in entries:
            if results[one].place < results[other].place:
                assert told[one] < told[other]


@given(elections())
def test_sides_are_shown_only_where_no_part_is_small(election: Election) -> None:
    method, entries, ballots = election
    cast = [sum(ballot.side == side for ballot in ballots) for side in VoterSide.values if side]
    shown = all(n == 0 or n >= 5 for n in cast) and min(cast[:2]) >= 5
    assert (sides(ballots) is not None) is shown
    for result in count(method, entries, ballots).values():
        assert (result.consumers is not None) is shown
        assert (result.staff is not None) is shown
        if result.all and result.consumers and result.staff and not cast[2]:
            assert result.consumers.points + result.staff.points == result.all.points


@given(elections(), st.data())
def test_one_more_vote_for_an_entry_never_lowers_its_place(
    election: Election, data: st.DataObject
) -> None:
    _method, entries, ballots = election
    entry = data.draw(st.sampled_from(entries))
    votes = [Cast(ballot.choices, (1,) * len(ballot.choices)) for ballot in ballots]
    before = count(RankingMethod.MULTIVOTING, entries, votes)[entry].place
    after = count(RankingMethod.MULTIVOTING, entries, [*votes, Cast((entry,), (1,))])[entry].place
    assert after <= before


def test_ranking_cards_are_as_many_as_the_list_asks_for() -> None:
    assert [cards(n) for n in (2, 3, 4, 20, 21, 35, 36, 50)] == [2, 3, 4, 4, 6, 6, 8, 8]


def test_what_helps_much_and_is_easy_comes_first_in_a_matrix() -> None:
    def ballot(*ratings: ImpactAndEffort) -> Cast:
        impacts = tuple(each.impact for each in ratings)
        return Cast((1, 2, 3), impacts, tuple(each.effort for each in ratings))

    ballots = [ballot(ImpactAndEffort(3, 3), ImpactAndEffort(5, 1), ImpactAndEffort(1, 5))] * 5
    results = count(RankingMethod.MATRIX, [1, 2, 3], ballots)
    assert [results[entry].place for entry in (1, 2, 3)] == [2, 1, 3]
    assert results[2].all is not None
    assert (results[2].all.points, results[2].all.efforts) == (25, 5)


@given(st.lists(st.tuples(st.floats(1, HIGHEST), st.floats(1, HIGHEST)), min_size=1, max_size=10))
def test_each_idea_is_in_the_picture_once_and_inside_it(means: list[tuple[float, float]]) -> None:
    ideas = [MatrixIdea(n, f"Idea {n}", *pair) for n, pair in enumerate(means, 1)]
    for picture in pictures(ideas):
        numbers = [n for mark in picture.marks for n in mark.numbers.split(", ")]
        assert sorted(map(int, numbers)) == list(range(1, len(means) + 1))
        for mark in picture.marks:
            assert picture.left <= mark.x <= picture.right
            assert picture.top <= mark.y <= picture.bottom


def test_what_helps_more_is_further_up_and_what_is_harder_further_right() -> None:
    better, worse = MatrixIdea(1, "a", 5, 1), MatrixIdea(2, "b", 1, 5)
    for picture in pictures([better, worse]):
        first, second = picture.marks
        assert (first.x < second.x, first.y < second.y) == (True, True)
