"""Every form, posted empty, too long, with wrong types or foreign keys, writes nothing."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from accounts.models import Member
from cells.cell import actions as cell_actions
from cells.cell.models import Cell
from cells.ideas import actions as idea_actions
from cells.ideas.models import Opportunity
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan
from cells.ranking.models import PriorityRound
from cells.urls import urlpatterns as cell_urls
from devtools import seating
from foundation import tenancy
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from measures.definitions.models import Measure
from measures.urls import urlpatterns as measure_urls
from tests.cells.open_forms import BUTTONS, FORMS, KINDS, SENT_WRONG
from tests.conftest import Login

LONG = "x" * 20_000
NUL = "a\0b"


WRITTEN = {"cells", "measures", "groups", "notifications", "foundation"}


def written() -> dict[str, int]:
    """The number of rows in each table of cells, events and messages, and their versions."""
    counts: dict[str, int] = {}
    for model in apps.get_models():
        if model._meta.app_label not in WRITTEN:
            continue
        rows = model._base_manager.all()
        counts[model._meta.label] = rows.count()
        if any(field.name == "version" for field in model._meta.get_fields()):
            total = rows.aggregate(total=models.Sum("version"))["total"]
            counts[f"{model._meta.label} version"] = total or 0
    counts.pop("foundation.Submission", None)
    return counts


def fields(page: Any) -> dict[str, Any]:
    """The form's own keys, as on the page."""
    form = page.context["form"]
    return {name: form[name].value() for name in ("submission", "version") if name in form.fields}


@pytest.fixture
def client(login: Login, facilitator: Member) -> Any:
    return login(facilitator)


def test_the_list_covers_every_form() -> None:
    reading = {"cells", "cell", "opportunities", "opportunity", "measures", "measure", "numbers"}
    reading |= {"cycles", "board", "board_file", "together", "packet", "drivers"}
    reading |= {"template", "left_out", "importing", "done"}
    reading |= {"chart", "closed"}
    # Only after somebody has left, and where two vote: test_duties.py, test_choosing_together.py.
    reading |= {"hand_over", "choose_together"}
    # One asks about each piece of work, the other only after a baseline moved:
    # test_closing_a_cell.py and test_frozen_baselines.py.
    reading |= {"close", "baseline"}
    # An administrator's: tests/measures/test_indicators_of_our_own.py.
    names = {str(each.name) for each in (*cell_urls, *measure_urls)} - reading
    assert set(FORMS) == {name for name in names if not name.startswith("local_")}


@pytest.mark.parametrize("name", SENT_WRONG)
def test_a_form_that_is_sent_empty_or_without_its_keys_says_what_is_missing(
    name: str, request: pytest.FixtureRequest, client: Any
) -> None:
    url = SENT_WRONG[name](request)
    page = client.get(url)
    form = page.context["form"]
    filled = {each: form[each].value() or "" for each in form.fields}
    before = written()
    for data in ({}, {**filled, "submission": "no key", "version": "no number"}):
        answer = client.post(url, data)
        assert answer.status_code == 422, answer.status_code
        assert "<title>Error:" in answer.content.decode()
    assert written() == before


@pytest.mark.parametrize("name", sorted(SENT_WRONG.keys() - BUTTONS))
def test_a_form_that_holds_nonsense_everywhere_is_answered(
    name: str, request: pytest.FixtureRequest, client: Any
) -> None:
    url = SENT_WRONG[name](request)
    page = client.get(url)
    before = written()
    for value in (LONG, NUL):
        data = dict.fromkeys(page.context["form"].fields, value)
        answer = client.post(url, {**data, **fields(page)})
        assert answer.status_code == 422, (value[:5], answer.status_code)
    assert written() == before
    for value in ("987654321", "-1", "<script>", "1e400"):
        data = dict.fromkeys(page.context["form"].fields, value)
        answer = client.post(url, {**data, **fields(client.get(url))})
        # If every field is free text, even this is an answer; it is then written once.
        if answer.status_code != 422:
            assert answer.status_code == 302
            break
        assert written() == before


@pytest.fixture
def foreign(outsider: Member, other_agency: Agency) -> dict[str, str]:
    """Codes of rows of another agency."""
    with tenancy.entering(other_agency):
        today = other_agency.today()
        cell = cell_actions.open_cell(name="Theirs", focus="Theirs", by=outsider, on=today)
        seating.seat(cell.group, outsider, since=today, by=outsider)
        idea = idea_actions.raise_opportunity(cell, by=outsider, kind="problem", title="Theirs")
        return {"cell": code_of(cell), "opportunity": code_of(idea), "member": code_of(outsider)}


@pytest.mark.parametrize(
    ("name", "field", "key"),
    [
        ("idea", "cell", "cell"),
        ("raise", "on_behalf_of", "member"),
        ("open_round", "opportunities", "opportunity"),
        ("propose", "opportunity", "opportunity"),
        ("add_step", "owner", "member"),
        ("evaluation", "looked_at_by", "member"),
        ("define", "collected_by", "member"),
    ],
)
def test_a_key_of_another_agency_is_no_answer(
    name: str,
    field: str,
    key: str,
    foreign: dict[str, str],
    request: pytest.FixtureRequest,
    client: Any,
) -> None:
    url = (FORMS | KINDS)[name](request)
    page = client.get(url)
    before = written()
    answer = client.post(url, {**fields(page), field: foreign[key]})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert written() == before


def test_a_second_click_does_nothing_twice(seated: Cell, agency: Agency, client: Any) -> None:
    url = at(agency, "cells:raise", pk=seated.pk)
    data = {**fields(client.get(url)), "kind": "problem", "title": "Only once"}
    first, second = client.post(url, data), client.post(url, data)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Opportunity.objects.within(agency).filter(title="Only once").count() == 1


def test_a_second_click_on_the_ballot_finds_the_first_vote(
    ranking: PriorityRound, agency: Agency, client: Any
) -> None:
    url = at(agency, "cells:round", pk=ranking.pk)
    data = {**fields(client.get(url)), "choices": [code_of(ranking.entries.all()[0])]}
    first, second = client.post(url, data), client.post(url, data)
    assert (first.status_code, second.status_code) == (302, 302)
    assert ranking.ballots.count() == 1


def test_somebody_elses_change_is_shown_and_not_written_over(
    plan: ActionPlan, agency: Agency, client: Any, consumer: Member
) -> None:
    url = at(agency, "cells:aim", pk=plan.pk)
    mine = {**fields(client.get(url)), "aim": "Mine"}
    plan_actions.set_aim(plan, aim="Theirs", by=consumer)
    answer = client.post(url, mine)
    assert answer.status_code == 422
    assert "Somebody changed this" in answer.content.decode()
    plan.refresh_from_db()
    assert plan.aim == "Theirs"


@pytest.mark.parametrize("query", ["?kind=", "?kind=feeling", "?kind=%00", "?kind=" + "x" * 3000])
def test_an_unknown_kind_of_measure_is_asked_again(
    query: str, seated: Cell, agency: Agency, client: Any
) -> None:
    answer = client.get(at(agency, "measures:define", pk=seated.group_id) + query)
    assert answer.status_code in {200, 422}


@pytest.mark.parametrize(
    "query", ["?period=yesterday", "?period=2026-02-31", "?period=0001-01-01", "?period=%00"]
)
def test_a_period_that_is_none_leads_to_the_next_open_one(
    query: str, measure: Measure, agency: Agency, client: Any
) -> None:
    answer = client.get(at(agency, "measures:record", pk=measure.pk) + query)
    assert answer.status_code == 200


@pytest.mark.parametrize("query", ["?page=999", "?page=x", "?state=lost", "?state=%00&page=-1"])
def test_a_page_of_ideas_that_is_not_there_shows_the_nearest(
    query: str, ideas: list[Opportunity], seated: Cell, agency: Agency, client: Any
) -> None:
    answer = client.get(at(agency, "cells:opportunities", pk=seated.pk) + query)
    assert answer.status_code == 200
