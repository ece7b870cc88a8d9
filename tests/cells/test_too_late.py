"""People who send something too late are told so, and keep what they wrote."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from accounts.models import Member
from cells.cell import actions as cell_actions
from cells.cell.models import Cell
from cells.ideas import actions as idea_actions
from cells.ideas.models import Opportunity
from cells.ranking import actions as ranking_actions
from cells.ranking import rules
from cells.ranking.models import Ballot, PriorityRound, RoundStatus, SilentIdea
from devtools import seating
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from foundation.refusals import Refused
from tests.cells.conftest import Raise, noon
from tests.cells.test_lineage import told
from tests.conftest import Login

WORDS = {"kind": "strength", "title": "Tea at the door", "description": "It warms <people>."}


@pytest.fixture
def silent(seated: Cell, facilitator: Member) -> PriorityRound:
    return ranking_actions.gather(seated, question="What helps?", by=facilitator)


def test_an_idea_that_was_still_being_written_when_all_were_read_out_is_shared_instead(
    silent: PriorityRound, consumer: Member, provider: Member, facilitator: Member, login: Login
) -> None:
    client, url = login(consumer), at(silent.agency, "cells:round", pk=silent.pk)
    key = client.get(url).context["form"]["submission"].value()
    ranking_actions.write_down(silent, kind="problem", title="A bell", by=provider)
    ranking_actions.go_round(silent, by=facilitator)
    page = client.post(url, {"submission": key, **WORDS})
    shown = page.content.decode()
    for words in ("have been read out", "Tea at the door", "It warms &lt;people&gt;."):
        assert words in shown
    share = at(silent.agency, "cells:raise", pk=silent.cell_id)
    assert f'action="{share}"' in shown
    form = page.context["form"]
    sent = client.post(share, {"submission": form["submission"].value(), **WORDS})
    assert sent.status_code == 302
    idea = Opportunity.objects.within(silent.agency).get(title="Tea at the door")
    assert (idea.kind, idea.author) == ("strength", consumer)


def test_a_second_click_on_a_silent_idea_that_was_in_time_is_not_asked_to_share_it_again(
    silent: PriorityRound, consumer: Member, facilitator: Member, login: Login
) -> None:
    client, url = login(consumer), at(silent.agency, "cells:round", pk=silent.pk)
    key = client.get(url).context["form"]["submission"].value()
    assert client.post(url, {"submission": key, **WORDS}).status_code == 302
    ranking_actions.go_round(silent, by=facilitator)
    again = client.post(url, {"submission": key, **WORDS})
    assert (again.status_code, again["Location"]) == (302, url)
    assert not SilentIdea.objects.within(silent.agency).exists()
    assert Opportunity.objects.within(silent.agency).count() == 1


def test_a_ballot_after_the_close_is_refused_in_words_and_one_sent_twice_is_not(
    ranking: PriorityRound,
    cast: Callable[..., bool],
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    facilitator: Member,
    login: Login,
) -> None:
    for member in (consumer, provider, facilitator):
        cast(member, 0)
    with time_machine.travel(noon(ranking.closes_on + timedelta(days=1))):
        ranking_actions.close_round(ranking, by=facilitator)
        url = at(ranking.agency, "cells:round", pk=ranking.pk)
        ballot = {"submission": str(uuid4()), "choices": [code_of(ranking.entries.all()[0])]}
        late = login(second_consumer).post(url, ballot)
        assert late.status_code == 403
        assert "No more votes are counted." in late.content.decode()
        twice = login(consumer).post(url, ballot)
        assert (twice.status_code, twice["Location"]) == (302, url)
    assert Ballot.objects.within(ranking.agency).filter(round=ranking).count() == 3


def test_where_too_few_voted_in_time_nobody_is_told_that_the_vote_can_be_closed(
    ranking: PriorityRound, consumer: Member, facilitator: Member, login: Login
) -> None:
    url = at(ranking.agency, "cells:round", pk=ranking.pk)
    close = at(ranking.agency, "cells:close_round", pk=ranking.pk)
    with time_machine.travel(noon(ranking.closes_on + timedelta(days=1))):
        shown = login(facilitator).get(url).content.decode()
        assert "Fewer than 3 people have voted. Give them more time" in shown
        assert close not in shown
        cell = at(ranking.agency, "cells:cell", pk=ranking.cell_id)
        told = login(facilitator).get(cell).content.decode()
        assert "Close it or give more time" in told
        assert "can be closed" not in told
        assert "Fewer than 3" not in login(consumer).get(url).content.decode()
    # In time there is nothing to explain: the vote is still running.
    assert "Fewer than 3" not in login(facilitator).get(url).content.decode()


def test_one_idea_is_not_ranked_and_the_page_says_what_to_do(
    silent: PriorityRound, consumer: Member, facilitator: Member, login: Login
) -> None:
    ranking_actions.write_down(silent, kind="problem", title="A bell", by=consumer)
    talking = ranking_actions.go_round(silent, by=facilitator)
    url = at(silent.agency, "cells:round", pk=silent.pk)
    rank = at(silent.agency, "cells:rank", pk=silent.pk)
    shown = login(facilitator).get(url).content.decode()
    assert "Share one more idea with the cell, or call it off." in shown
    assert rank not in shown
    assert login(facilitator).get(rank).status_code == 403
    with pytest.raises(Refused, match="not two ideas"):
        ranking_actions.rank_in_silence(
            talking, opportunities=[], closes_on=silent.closes_on, by=facilitator
        )
    assert "Share one more idea" not in login(consumer).get(url).content.decode()
    idea_actions.raise_opportunity(silent.cell, kind="problem", title="A lamp", by=consumer)
    assert rank in login(facilitator).get(url).content.decode()
    assert rules.ranking_in_silence(talking, facilitator, ideas=2, voters=4) is None


def test_calling_silent_ideas_off_says_that_they_are_kept_and_speaks_of_no_votes(
    silent: PriorityRound, consumer: Member, facilitator: Member, login: Login
) -> None:
    ranking_actions.write_down(silent, kind="problem", title="A bell", by=consumer)
    client = login(facilitator)
    asked = client.get(at(silent.agency, "cells:cancel_round", pk=silent.pk)).content.decode()
    assert "No idea is lost" in asked
    assert "destroyed" not in asked
    assert ranking_actions.cancel_round(silent, by=facilitator).status == RoundStatus.CANCELLED
    page = client.get(at(silent.agency, "cells:round", pk=silent.pk)).content.decode()
    assert "are on the list of the cell" in page
    assert "destroyed" not in page


def test_consent_without_a_person_does_not_make_the_idea_that_of_who_writes_it_down(
    seated: Cell, agency: Agency, consumer: Member, facilitator: Member, login: Login
) -> None:
    client, url = login(facilitator), at(agency, "cells:raise", pk=seated.pk)
    given = {"submission": str(uuid4()), **WORDS, "consented": "on"}
    answer = client.post(url, given)
    assert answer.status_code == 422
    assert "Choose the person." in answer.content.decode()
    assert not Opportunity.objects.within(agency).exists()
    assert client.post(url, {**given, "on_behalf_of": code_of(consumer)}).status_code == 302
    assert Opportunity.objects.within(agency).get().author == consumer


def test_nothing_is_entered_for_somebody_who_could_not_read_what_comes_of_it(
    agency: Agency, consumer: Member, facilitator: Member, login: Login
) -> None:
    cell = cell_actions.open_cell(
        name="Quiet", focus="Nights", hidden=True, on=agency.today(), by=facilitator
    )
    client, url = login(facilitator), at(agency, "cells:raise", pk=cell.pk)
    given = {
        "submission": str(uuid4()), **WORDS, "consented": "on", "on_behalf_of": code_of(consumer),
    }  # fmt: skip
    answer = client.post(url, given)
    assert answer.status_code == 422
    assert "can&#x27;t see this cell" in answer.content.decode()
    assert not Opportunity.objects.within(agency).exists()
    seating.seat(cell.group, consumer, since=agency.today(), by=facilitator)
    assert client.post(url, given).status_code == 302
    idea = Opportunity.objects.within(agency).get()
    assert login(consumer).get(at(agency, "cells:opportunity", pk=idea.pk)).status_code == 200


def test_whose_both_ideas_are_is_not_told_that_somebody_else_had_the_same(
    raised: Raise, ideas: Sequence[Opportunity], consumer: Member, facilitator: Member
) -> None:
    mine, other = raised("The wait is too long"), ideas[0]
    idea_actions.merge(mine, into=other, by=facilitator)
    assert ("opportunity.merged", mine.pk) in told(consumer)
    assert [code for code, _pk in told(consumer)].count("opportunity.merged") == 1
