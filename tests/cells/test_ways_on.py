"""A cell's pages link to everything one may do there now, and to nothing else."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan
from cells.ranking.models import PriorityRound
from foundation.addresses import at
from foundation.models import Agency
from groups import actions as group_actions
from measures.definitions.models import Measure
from measures.importing import actions as import_actions
from measures.importing.columns import Columns
from measures.importing.models import ImportDraft
from notifications.waiting import waiting
from tests.cells.addresses import page_name
from tests.cells.conftest import Bring, Raise
from tests.conftest import Login, assert_budget

VOTES = ("open_round", "gather")
WRONG = b"month,seen,all\n2026-01,3,4\n2026-02,9,2\n"


def offered(client: Client, cell: Cell) -> list[str]:
    """The links to a vote in the list of ideas; none of the others may be followed."""
    page = client.get(at(cell.agency, "cells:opportunities", pk=cell.pk)).text
    there = []
    for name in VOTES:
        url = at(cell.agency, page_name(name), pk=cell.pk)
        assert client.get(url).status_code == (200 if f'"{url}"' in page else 403), name
        if f'"{url}"' in page:
            there.append(name)
    return there


def leave(cell: Cell, *members: Member, by: Member) -> None:
    for member in members:
        place = cell.group.seats.get(member=member, until=None)
        group_actions.end_seat(place, on=cell.agency.today(), by=by)


@pytest.mark.parametrize(
    ("ideas", "expected"), [(0, ["gather"]), (1, ["gather"]), (2, ["open_round", "gather"])]
)
def test_a_vote_can_be_begun_from_the_list_of_ideas(
    ideas: int,
    expected: list[str],
    seated: Cell,
    raised: Raise,
    facilitator: Member,
    consumer: Member,
    login: Login,
) -> None:
    for number in range(ideas):
        raised(f"Idea number {number}")
    assert offered(login(facilitator), seated) == expected
    assert offered(login(consumer), seated) == []


def test_a_cell_that_works_on_one_idea_can_vote_on_the_next(
    active: ActionPlan, facilitator: Member, login: Login
) -> None:
    assert offered(login(facilitator), active.opportunity.cell) == list(VOTES)


def test_while_people_vote_the_list_of_ideas_leads_to_the_vote(
    ranking: PriorityRound, facilitator: Member, login: Login
) -> None:
    client = login(facilitator)
    assert offered(client, ranking.cell) == []
    url = at(ranking.agency, "cells:opportunities", pk=ranking.cell_id)
    assert at(ranking.agency, "cells:round", pk=ranking.pk) in client.get(url).text
    assert_budget(client, url)


def test_with_too_few_people_no_vote_is_offered_but_to_choose_together(
    seated: Cell,
    ideas: Sequence[Opportunity],
    facilitator: Member,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    login: Login,
) -> None:
    leave(seated, second_consumer, provider, by=facilitator)
    client = login(facilitator)
    assert offered(client, seated) == []
    page = client.get(at(seated.agency, "cells:cell", pk=seated.pk)).text
    assert at(seated.agency, "cells:open_round", pk=seated.pk) not in page
    together = at(seated.agency, "cells:choose_together", pk=seated.pk)
    assert together in page
    assert together in login(consumer).get(at(seated.agency, "cells:cell", pk=seated.pk)).text


def test_no_measure_is_offered_for_the_goal_that_the_plan_watches_already(
    plan: ActionPlan,
    define: Callable[..., Measure],
    facilitator: Member,
    agency: Agency,
    login: Login,
) -> None:
    other, watched = define(name="Calls that nobody took"), define(name="Seen at once")
    plan_actions.set_standard(
        plan,
        measure=watched,
        role="balancing",
        baseline=None,
        target=None,
        target_on=None,
        by=facilitator,
    )
    client = login(facilitator)
    for page in ("standard", "watch"):
        form = client.get(at(agency, page_name(page), pk=plan.pk)).context["form"]
        assert list(form.fields["measure"].queryset) == [other], page


Leads = Callable[[], list[str]]


@pytest.fixture
def leads(measure: Measure, provider: Member, agency: Agency, login: Login) -> Leads:
    """The pages of a file that the measure's page links to; each of them opens."""
    client = login(provider)

    def leads() -> list[str]:
        page = client.get(at(agency, "measures:measure", pk=measure.pk)).text
        there = []
        for draft in ImportDraft.objects.within(agency).order_by("pk"):
            for name in ("import", "importing"):
                url = at(agency, page_name(name), pk=draft.pk)
                if f'"{url}"' in page:
                    there.append(name)
                    assert client.get(url, follow=True).status_code == 200
        return there

    return leads


def waits(member: Member) -> list[str]:
    today = member.agency.today()
    drafts = ImportDraft.objects.within(member.agency)
    urls = {at(member.agency, "measures:import", pk=draft.pk) for draft in drafts}
    return [each.title for each in waiting(member, today) if each.url in urls]


def test_a_file_that_was_not_saved_is_found_again_by_whose_it_is(
    bring: Bring,
    measure: Measure,
    leads: Leads,
    provider: Member,
    facilitator: Member,
    login: Login,
) -> None:
    assert (leads(), waits(provider)) == ([], [])
    draft = bring(b"month,seen,all\n2026-01,3,4\n")
    assert leads() == ["import"]
    assert waits(provider) == [f"Check and save your file: {measure.name}"]
    assert waits(facilitator) == []
    other = login(facilitator).get(at(measure.agency, "measures:measure", pk=measure.pk)).text
    assert "/imports/" not in other
    import_actions.import_numbers(draft, by=provider)
    assert (leads(), waits(provider)) == ([], [])


def test_rows_that_were_left_out_are_found_again_as_long_as_they_are_kept(
    bring: Bring, leads: Leads, agency: Agency, provider: Member
) -> None:
    import_actions.import_numbers(bring(WRONG), leave_out_wrong=True, by=provider)
    assert (leads(), waits(provider)) == (["importing"], [])
    import_actions.forget(agency, timezone.now() + timedelta(days=2))
    assert leads() == []


def test_a_file_that_a_job_saves_or_could_not_save_is_found_again(
    bring: Bring, leads: Leads, agency: Agency, provider: Member
) -> None:
    draft = bring(b"month,seen,all\n2026-01,3,4\n")
    import_actions.ask_for_import(draft, by=provider)
    assert (leads(), waits(provider)) == (["importing"], [])
    import_actions.give_up(agency, draft.pk)
    assert leads() == ["importing"]
    assert len(waits(provider)) == 1


def test_who_may_not_save_it_any_more_is_not_led_to_do_so(
    seated: Cell,
    define: Callable[..., Measure],
    facilitator: Member,
    consumer: Member,
    login: Login,
) -> None:
    theirs = define(name="Calls a month", collected_by=facilitator)
    draft = import_actions.upload(theirs, data=b"month,seen,all\n2026-01,3,4\n", by=consumer)
    import_actions.choose_columns(draft, columns=Columns(0, 1, 2), by=consumer)
    leave(seated, consumer, by=facilitator)
    assert waits(consumer) == []
    client = login(consumer)
    checking = at(theirs.agency, "measures:import", pk=draft.pk)
    assert client.get(checking).status_code == 403
    for name, pk in (("measure", theirs.pk), ("importing", draft.pk)):
        assert checking not in client.get(at(theirs.agency, page_name(name), pk=pk)).text


def test_with_several_files_the_measures_page_asks_no_more(
    bring: Bring, measure: Measure, provider: Member, login: Login
) -> None:
    client, url = login(provider), at(measure.agency, "measures:measure", pk=measure.pk)
    for month in range(1, 4):
        rows = f"month,seen,all\n2026-0{month},3,4\n2026-0{month + 3},9,2\n".encode()
        import_actions.import_numbers(bring(rows), leave_out_wrong=True, by=provider)
    assert client.get(url).text.count("/saving/") == 3
    assert_budget(client, url)
