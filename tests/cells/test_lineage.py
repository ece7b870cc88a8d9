"""Similar ideas are shown; merges and splits keep their authors and can be undone."""

from collections.abc import Sequence
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Member
from cells.cell import actions as cell_actions
from cells.cell.models import Cell
from cells.ideas import actions as idea_actions
from cells.ideas import lineage, rules
from cells.ideas.models import Opportunity, OpportunityState
from cells.overview import story
from cells.ranking.models import PriorityRound
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from foundation.refusals import Refused
from notifications.models import Message
from tests.cells.conftest import TITLES, Raise
from tests.conftest import Login, assert_budget

LIKE_THE_FIRST = "Waiting at the front desk is too long"


def told(member: Member) -> list[tuple[str, int]]:
    messages = Message.objects.within(member.agency).filter(member=member).order_by("pk")
    return list(messages.values_list("code", "subject_id"))


def reread(opportunity: Opportunity) -> Opportunity:
    return Opportunity.objects.within(opportunity.agency).get(pk=opportunity.pk)


def test_ideas_are_found_by_likeness_the_likest_first(
    ideas: Sequence[Opportunity], raised: Raise, agency: Agency
) -> None:
    other = raised("Phones", description="Nobody answers the telephone in the evening")
    rows = Opportunity.objects.within(agency)
    assert list(rows.like(LIKE_THE_FIRST)) == [ideas[0]]
    assert other in rows.like("answers the telephone")
    assert rows.like("wait front desk").first() == ideas[0]
    assert not rows.like("More fruit at lunch")


def test_an_idea_of_a_cell_that_one_may_not_know_of_is_never_shown(
    seated: Cell, ideas: Sequence[Opportunity], agency: Agency, facilitator: Member,
    consumer: Member, manager: Member, login: Login,
) -> None:  # fmt: skip
    open_to_all = cell_actions.open_cell(
        name="Other", focus="Other", by=facilitator, on=agency.today()
    )
    cell_actions.change_cell(
        seated, name="Quiet", focus="x", mission="", hidden=True, by=facilitator
    )
    url = at(agency, "cells:raise", pk=open_to_all.pk)
    asked = {"HX-Request": "true"}
    found = login(consumer).get(url, {"title": LIKE_THE_FIRST}, headers=asked)
    assert TITLES[0] in found.content.decode()
    assert "<html" not in found.content.decode()
    hidden = login(manager).get(url, {"title": LIKE_THE_FIRST}, headers=asked)
    assert TITLES[0] not in hidden.content.decode()


def send(client: Client, url: str, title: str, **more: object) -> tuple[int, str]:
    key = client.get(url).context["form"]["submission"].value()
    answer = client.post(url, {"submission": key, "kind": "problem", "title": title, **more})
    return answer.status_code, answer.content.decode()


def test_without_scripts_ideas_alike_are_shown_before_one_is_saved(
    seated: Cell, ideas: Sequence[Opportunity], agency: Agency, consumer: Member, login: Login
) -> None:
    client, url = login(consumer), at(agency, "cells:raise", pk=seated.pk)
    status, shown = send(client, url, LIKE_THE_FIRST, description="Kept")
    assert status == 200
    for words in (TITLES[0], "Is your idea one of these?", "Kept"):
        assert words in shown
    assert Opportunity.objects.within(agency).count() == len(ideas)
    status, _ = send(client, url, LIKE_THE_FIRST, shown=[code_of(ideas[0])])
    assert status == 302
    assert Opportunity.objects.within(agency).count() == len(ideas) + 1


def test_a_second_click_is_not_asked_about_the_first(
    seated: Cell, agency: Agency, consumer: Member, login: Login
) -> None:
    client, url = login(consumer), at(agency, "cells:raise", pk=seated.pk)
    key = client.get(url).context["form"]["submission"].value()
    given = {"submission": key, "kind": "problem", "title": TITLES[0]}
    first, second = client.post(url, given), client.post(url, given)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]


def test_joining_two_ideas_keeps_both_and_tells_all_authors(
    raised: Raise, consumer: Member, provider: Member, facilitator: Member
) -> None:
    mine, other = raised(), raised(LIKE_THE_FIRST, by=provider)
    idea_actions.merge(mine, into=other, by=facilitator)
    mine = reread(mine)
    assert (mine.state, mine.merged_into_id) == (OpportunityState.MERGED, other.pk)
    assert told(consumer)[-1] == ("opportunity.merged", mine.pk)
    assert told(provider)[-1] == ("opportunity.joined", other.pk)
    assert set(lineage.owners(other)) == {consumer, provider}
    idea_actions.park(other, reason="Later.", by=facilitator)
    # Owners hear about the idea they know as theirs.
    assert told(consumer)[-1] == ("opportunity.parked", mine.pk)
    assert told(provider)[-1] == ("opportunity.parked", other.pk)


def test_authors_are_told_however_often_ideas_were_joined(
    raised: Raise, consumer: Member, second_consumer: Member, provider: Member, facilitator: Member
) -> None:
    first, second = raised(), raised("Second", by=second_consumer)
    third = raised("Third", by=provider)
    idea_actions.merge(first, into=second, by=facilitator)
    idea_actions.merge(second, into=third, by=facilitator)
    assert set(lineage.owners(third)) == {consumer, second_consumer, provider}
    assert told(consumer)[-1] == ("opportunity.merged", first.pk)
    idea_actions.take_apart(reread(first), by=facilitator)
    assert set(lineage.owners(third)) == {second_consumer, provider}
    idea_actions.merge(reread(first), into=third, by=facilitator)
    idea_actions.decline(third, reason="No room.", by=facilitator)
    with pytest.raises(Refused, match="Something was decided"):
        idea_actions.take_apart(reread(second), by=facilitator)


def test_the_page_of_a_joined_idea_leads_to_the_one_it_went_into(
    raised: Raise, provider: Member, facilitator: Member, consumer: Member, agency: Agency,
    login: Login,
) -> None:  # fmt: skip
    mine, other = raised(), raised(LIKE_THE_FIRST, by=provider)
    idea_actions.merge(mine, into=other, by=facilitator)
    there = at(agency, "cells:opportunity", pk=other.pk)
    client = login(consumer)
    assert there in client.get(at(agency, "cells:opportunity", pk=mine.pk)).content.decode()
    assert TITLES[0] in client.get(there).content.decode()
    for pk in (mine.pk, other.pk):
        assert_budget(client, at(agency, "cells:opportunity", pk=pk))


def test_what_became_of_a_joined_idea_is_in_the_story_of_where_it_came_from(
    seated: Cell, raised: Raise, facilitator: Member, consumer: Member
) -> None:
    origin = idea_actions.Origin("theme", 7, "We wait and wait.")
    mine, other = raised(origin=origin), raised(LIKE_THE_FIRST)
    idea_actions.merge(mine, into=other, by=facilitator)
    idea_actions.decline(other, reason="No room.", by=facilitator)
    codes = [step.code for step in story.steps("theme", 7, consumer)]
    assert sorted(codes) == ["declined", "merged", "raised", "raised"]


def test_joining_is_undone_as_long_as_nothing_was_decided(
    raised: Raise, consumer: Member, facilitator: Member
) -> None:
    mine, other = raised(), raised(LIKE_THE_FIRST)
    idea_actions.merge(mine, into=other, by=facilitator)
    apart = idea_actions.take_apart(reread(mine), by=facilitator)
    assert (apart.state, apart.merged_into) == (OpportunityState.RAISED, None)
    idea_actions.merge(apart, into=other, by=facilitator)
    idea_actions.decline(other, reason="No room.", by=facilitator)
    with pytest.raises(Refused, match="Something was decided"):
        idea_actions.take_apart(reread(mine), by=facilitator)


def test_what_people_vote_on_is_not_joined_or_split(
    ranking: PriorityRound, ideas: Sequence[Opportunity], raised: Raise, facilitator: Member
) -> None:
    fresh = raised("Something new")
    for act in (
        lambda: idea_actions.merge(ideas[0], into=fresh, by=facilitator),
        lambda: idea_actions.merge(fresh, into=ideas[0], by=facilitator),
        lambda: idea_actions.split(
            ideas[0],
            parts=[idea_actions.SplitPart("One"), idea_actions.SplitPart("Two")],
            by=facilitator,
        ),
    ):
        with pytest.raises(Refused, match="voting on this idea"):
            act()


def test_an_idea_is_only_joined_with_another_one_of_its_cell(
    raised: Raise, facilitator: Member, start: date
) -> None:
    mine = raised()
    elsewhere = raised(
        "There", cell=cell_actions.open_cell(name="B", focus="B", by=facilitator, on=start)
    )
    gone = idea_actions.decline(raised("Gone"), reason="No.", by=facilitator)
    for into in (mine, elsewhere, gone):
        with pytest.raises(ValidationError, match="another idea of this cell"):
            idea_actions.merge(mine, into=into, by=facilitator)
    assert reread(mine).state == OpportunityState.RAISED


def test_a_split_idea_leaves_its_author_and_its_origin_to_the_parts(
    seated: Cell, raised: Raise, consumer: Member, facilitator: Member
) -> None:
    origin = idea_actions.Origin("theme", 7, "We wait and wait.")
    whole = raised(by=facilitator, on_behalf_of=consumer, consented=True, origin=origin)
    parts = [
        idea_actions.SplitPart("A second desk"),
        idea_actions.SplitPart("A sign", "At the door"),
        idea_actions.SplitPart(""),
    ]
    made = idea_actions.split(whole, parts=parts, by=facilitator)
    assert [each.title for each in made] == ["A second desk", "A sign"]
    for each in made:
        assert (each.author, each.origin_id, each.split_from) == (consumer, 7, whole)
    assert reread(whole).state == OpportunityState.SPLIT
    assert told(consumer)[-1] == ("opportunity.split", whole.pk)
    with pytest.raises(ValidationError, match="two ideas or more"):
        idea_actions.split(made[0], parts=[idea_actions.SplitPart("Only one")], by=facilitator)


def test_a_split_is_undone_as_long_as_nothing_was_decided(
    raised: Raise, facilitator: Member
) -> None:
    whole = raised()
    parts = [idea_actions.SplitPart("One"), idea_actions.SplitPart("Two")]
    made = idea_actions.split(whole, parts=parts, by=facilitator)
    assert idea_actions.put_together(reread(whole), by=facilitator).state == OpportunityState.RAISED
    assert {reread(each).merged_into_id for each in made} == {whole.pk}
    made = idea_actions.split(reread(whole), parts=parts, by=facilitator)
    idea_actions.park(made[0], reason="Later.", by=facilitator)
    with pytest.raises(Refused, match="one of its parts"):
        idea_actions.put_together(reread(whole), by=facilitator)


@pytest.mark.parametrize(
    ("person", "may"),
    [
        ("facilitator", True),
        ("administrator", True),
        ("consumer", False),
        ("provider", False),
        ("manager", False),
    ],
)
def test_those_who_run_a_cell_join_and_split_its_ideas(
    person: str, may: bool, raised: Raise, request: pytest.FixtureRequest
) -> None:
    by: Member = request.getfixturevalue(person)
    assert (rules.joining(raised(), by) is None) is may


def test_the_database_takes_no_idea_as_joined_with_itself_or_with_none(raised: Raise) -> None:
    rows = Opportunity.objects.within(raised().agency)
    for name, values in (
        ("opportunity_merged_into_one", {"state": OpportunityState.MERGED}),
        ("opportunity_merged_into_one", {"merged_into": rows.get()}),
        (
            "opportunity_not_of_itself",
            {"state": OpportunityState.MERGED, "merged_into": rows.get()},
        ),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows.update(**values)


def test_finding_ideas_alike_among_very_many_stays_within_the_budget(
    seated: Cell, raised: Raise, agency: Agency, facilitator: Member, login: Login
) -> None:
    for number in range(30):
        raised(f"The wait at desk {number} is too long")
    idea = raised("The wait at desk 77 is too long")
    client = login(facilitator)
    for url in (
        at(agency, "cells:merge", pk=idea.pk),
        at(agency, "cells:opportunities", pk=seated.pk),
        at(agency, "cells:raise", pk=seated.pk),
    ):
        assert_budget(client, url)
