"""What the pages show, to whom, and with how many queries."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import textstat
from django.test import Client
from django.utils.html import strip_tags

from accounts.models import Member
from cells.cell import actions as cell_actions
from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan, PDSACycle
from cells.ranking import actions as ranking_actions
from cells.ranking.models import PriorityRound
from devtools import seating
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from measures.definitions import periods
from measures.definitions.models import Measure
from measures.numbers import actions as number_actions
from tests.cells.addresses import page_name
from tests.cells.conftest import TITLES, Define, Raise
from tests.conftest import Login, assert_budget

Page = tuple[str, dict[str, Any]]


@pytest.fixture
def reading(
    active: ActionPlan, closed: PriorityRound, measure: Measure, cycle: PDSACycle
) -> list[Page]:
    """The pages that are only read, with something on each."""
    cell = {"pk": closed.cell_id}
    return [
        ("cells", {}),
        ("cell", cell),
        ("opportunities", cell),
        ("opportunity", {"pk": active.opportunity_id}),
        ("round", {"pk": closed.pk}),
        ("plan", {"pk": active.pk}),
        ("step", {"pk": active.steps.get().pk}),
        ("drivers", {"pk": active.pk}),
        ("cycles", {"pk": active.pk}),
        ("cycle", {"pk": cycle.pk}),
        ("measures", {}),
        ("measure", {"pk": measure.pk}),
        ("numbers", {"pk": measure.pk}),
    ]


@pytest.mark.parametrize(
    "person",
    ["consumer", "provider", "facilitator", "administrator", "manager", "committee_chair", "payer"],
)
def test_everyone_in_the_program_reads_what_cells_do(
    person: str,
    reading: list[Page],
    agency: Agency,
    login: Login,
    request: pytest.FixtureRequest,
) -> None:
    client = login(request.getfixturevalue(person))
    for name, kwargs in reading:
        answer = client.get(at(agency, page_name(name), **kwargs))
        assert answer.status_code == 200, name


def test_of_a_hidden_cell_nothing_is_found_by_others(
    reading: list[Page],
    closed: PriorityRound,
    agency: Agency,
    facilitator: Member,
    manager: Member,
    consumer: Member,
    login: Login,
) -> None:
    cell_actions.change_cell(
        closed.cell, name="Quiet matters", focus="x", mission="", hidden=True, by=facilitator
    )
    client = login(manager)
    for name, kwargs in reading:
        answer = client.get(at(agency, page_name(name), **kwargs))
        if kwargs:
            assert answer.status_code == 404, name
        else:
            assert "Quiet matters" not in answer.content.decode()
    assert "Quiet matters" not in client.get(at(agency, "cells:idea")).content.decode()
    assert client.get(at(agency, "cells:cell", pk=closed.cell_id)).status_code == 404
    assert login(consumer).get(at(agency, "cells:cell", pk=closed.cell_id)).status_code == 200


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_two_looks_at_an_open_vote_differ_by_nothing(
    ranking: PriorityRound,
    cast: Callable[..., bool],
    agency: Agency,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    facilitator: Member,
    administrator: Member,
    login: Login,
) -> None:
    url = at(agency, "cells:round", pk=ranking.pk)
    looks: dict[Member, set[str]] = {facilitator: set(), administrator: set()}
    for voter in (consumer, second_consumer, provider):
        cast(voter, 0)
        for reader, seen in looks.items():
            shown = text(login(reader), url)
            seen.add(re.sub(r'(value|nonce|content)="[^"]*"', "", shown))
            assert "1st" not in shown
    assert [len(seen) for seen in looks.values()] == [1, 1]
    assert "You have voted." in text(login(consumer), url)
    assert "You have voted." not in text(login(facilitator), url)
    assert login(facilitator).get(at(agency, "cells:propose", pk=ranking.pk)).status_code == 403


def test_few_votes_are_shown_in_their_order_only(
    closed: PriorityRound, agency: Agency, consumer: Member, login: Login
) -> None:
    shown = text(login(consumer), at(agency, "cells:round", pk=closed.pk))
    assert "Fewer than 5 people voted" in shown
    assert "4 people" not in shown
    assert ">Votes<" not in shown


def test_voting_takes_one_page_and_few_taps(
    ranking: PriorityRound, agency: Agency, consumer: Member, login: Login
) -> None:
    client = login(consumer)
    url = at(agency, "cells:round", pk=ranking.pk)
    form = client.get(url).context["form"]
    choices = [code_of(entry) for entry in ranking.entries.all()[:2]]
    answer = client.post(url, {"submission": form["submission"].value(), "choices": choices})
    assert answer.status_code == 302
    assert "Your vote is in the box" in text(client, answer["Location"])
    taps = len(choices) + 1
    assert taps <= 8


def test_a_plan_says_what_is_missing_and_starts_when_nothing_is(
    whole: ActionPlan, agency: Agency, consumer: Member, login: Login
) -> None:
    client = login(consumer)
    url = at(agency, "cells:plan", pk=whole.pk)
    step = whole.steps.get()
    plan_actions.change_step(step, what=step.what, owner=None, due=step.due, by=consumer)
    shown = text(client, url)
    assert "Say who will do it, for 1 step." in shown
    assert "Start the plan" not in shown
    key = client.get(url).context["form"]["submission"].value()
    refused = client.post(url, {"submission": key})
    assert refused.status_code == 403
    assert "Say who will do it" in refused.content.decode()
    plan_actions.change_step(step, what=step.what, owner=consumer, due=step.due, by=consumer)
    assert "Start the plan" in text(client, url)
    key = client.get(url).context["form"]["submission"].value()
    assert client.post(url, {"submission": key}).status_code == 302
    whole.refresh_from_db()
    assert whole.status == "active"


def test_a_number_is_one_page_with_two_fields_and_redraws_the_chart(
    measure: Measure, agency: Agency, provider: Member, login: Login
) -> None:
    client = login(provider)
    url = at(agency, "measures:record", pk=measure.pk)
    form = client.get(url).context["form"]
    assert [field.name for field in form.visible_fields()] == ["numerator", "denominator"]
    hidden = {each.name: each.value() for each in form.hidden_fields()}
    answer = client.post(url, {**hidden, "numerator": "7", "denominator": "10"})
    shown = text(client, answer["Location"])
    assert "1 of 10 results so far" in shown
    assert "Not enough results yet to tell." in shown
    again = client.get(url).context["form"]
    assert again["period"].value() != form["period"].value()


def test_a_period_without_a_number_is_said_with_its_reason(
    measure: Measure, agency: Agency, provider: Member, login: Login
) -> None:
    client = login(provider)
    url = client.get(at(agency, "measures:record", pk=measure.pk)).context["none_url"]
    hidden = {each.name: each.value() for each in client.get(url).context["form"].hidden_fields()}
    assert client.post(url, hidden).status_code == 422
    client.post(url, {**hidden, "missing_because": "The sheet was lost."})
    point = measure.points.get()
    assert (point.missing, point.missing_because) == (True, "The sheet was lost.")


def test_a_number_lands_in_the_period_that_was_shown(
    measure: Measure, agency: Agency, provider: Member, login: Login, today: date
) -> None:
    """Even if somebody else recorded it meanwhile: then it says so."""
    client = login(provider)
    url = at(agency, "measures:record", pk=measure.pk)
    hidden = {each.name: each.value() for each in client.get(url).context["form"].hidden_fields()}
    latest = periods.latest(measure.frequency, today)
    number_actions.record_point(measure, period=latest, numerator=None, by=provider)
    answer = client.post(url, {**hidden, "numerator": "7", "denominator": "10"})
    assert answer.status_code == 422
    assert "has its number already" in answer.content.decode()
    assert measure.points.count() == 1


def test_an_idea_is_two_taps_from_home_and_raised_as_oneself(
    seated: Cell, agency: Agency, consumer: Member, login: Login
) -> None:
    client = login(consumer)
    url = at(agency, "cells:idea")
    assert url in text(client, at(agency, "home_of"))
    form = client.get(url).context["form"]
    assert "on_behalf_of" not in form.fields
    answer = client.post(
        url,
        {
            "submission": form["submission"].value(),
            "kind": "problem",
            "title": TITLES[0],
            "cell": code_of(seated),
        },
    )
    shown = text(client, answer["Location"])
    assert "This is your idea" in shown
    assert "We will tell you what comes of it." in shown


def test_what_came_of_an_idea_is_told_on_everyones_home_page(
    active: ActionPlan,
    agency: Agency,
    facilitator: Member,
    manager: Member,
    confirm: Callable[[Opportunity], Opportunity],
    login: Login,
) -> None:
    plan_actions.finish_step(active.steps.get(), by=facilitator)
    closing = plan_actions.finish(
        active.opportunity,
        result="Better.",
        told="You said the wait was long. We opened a second desk.",
        by=facilitator,
    )
    confirm(closing)
    assert "We opened a second desk." in text(login(manager), at(agency, "home_of"))


def test_no_page_of_a_cell_says_who_is_a_consumer(
    reading: list[Page], agency: Agency, consumer: Member, manager: Member, login: Login
) -> None:
    for member in (manager, consumer):
        client = login(member)
        for name, kwargs in reading:
            shown = text(client, at(agency, page_name(name), **kwargs))
            assert "primary_consumer" not in shown
            assert "Person who uses services" not in shown


def test_pages_are_within_their_budget(
    reading: list[Page], agency: Agency, consumer: Member, facilitator: Member, login: Login
) -> None:
    for member in (consumer, facilitator):
        client = login(member)
        for name, kwargs in reading:
            assert_budget(client, at(agency, page_name(name), **kwargs))


def test_pages_ask_no_more_with_more_rows(
    reading: list[Page],
    active: ActionPlan,
    closed: PriorityRound,
    measure: Measure,
    ideas: Sequence[Opportunity],
    raised: Raise,
    define: Define,
    agency: Agency,
    consumer: Member,
    provider: Member,
    facilitator: Member,
    login: Login,
    today: date,
) -> None:
    client = login(consumer)
    urls = [at(agency, page_name(name), **kwargs) for name, kwargs in reading]

    def point(into: Measure, months: int) -> None:
        for back in range(1, months + 1):
            number_actions.record_point(
                into,
                period=today - timedelta(days=31 * back),
                numerator=Decimal(back),
                denominator=Decimal(40),
                by=provider,
            )

    point(measure, 3)
    few = [assert_budget(client, url) for url in urls]
    for n in range(12):
        raised(f"Idea {n}")
        plan_actions.add_step(
            active, what=f"Step {n}", owner=provider, due=today + timedelta(days=n), by=consumer
        )
        plan_actions.review(active, outcome="go_on", note="Fine.", by=consumer)
    for n in range(3):
        point(define(name=f"Measure {n}"), 12)
        other = cell_actions.open_cell(name=f"Cell {n}", focus="More", by=facilitator, on=today)
        seating.seat(other.group, consumer, since=today, by=facilitator)
        raised("There", cell=other)
    assert [assert_budget(client, url) for url in urls] == few


def grade(html: str) -> float:
    """The reading grade of the page's paragraphs, hints, labels and headings."""
    import re

    main = html.partition("<main")[2].partition("</main>")[0]
    sentences = []
    for found in re.finditer(
        r"<(p|label|legend|h[123]|div class=\"govuk-hint[^>]*)[^>]*>(.*?)</", main, re.DOTALL
    ):
        words = " ".join(strip_tags(found[2]).split())
        if len(words.split()) >= 3:
            sentences.append(words if words.endswith((".", "?", "!")) else f"{words}.")
    return float(textstat.flesch_kincaid_grade(" ".join(sentences)))


def test_consumers_pages_are_read_at_grade_six_or_below(
    reading: list[Page],
    ideas: Sequence[Opportunity],
    closed: PriorityRound,
    raised: Raise,
    agency: Agency,
    consumer: Member,
    facilitator: Member,
    login: Login,
    today: date,
) -> None:
    client = login(consumer)
    second = ranking_actions.open_round(
        closed.cell, opportunities=ideas[1:], closes_on=today, by=facilitator
    )
    pages = [
        *((name, kwargs) for name, kwargs in reading if name not in {"numbers", "measure"}),
        ("idea", {}),
        ("raise", {"pk": closed.cell_id}),
        ("round", {"pk": second.pk}),
    ]
    grades = {name: grade(text(client, at(agency, page_name(name), **kw))) for name, kw in pages}
    assert {name: found for name, found in grades.items() if found > 6} == {}


def test_what_people_write_is_never_taken_for_markup(
    ranking: PriorityRound,
    raised: Raise,
    define: Define,
    agency: Agency,
    consumer: Member,
    facilitator: Member,
    login: Login,
) -> None:
    script = "<script>alert(1)</script>"
    entry = ranking.entries.select_related("opportunity").first()
    assert entry is not None
    Opportunity.objects.within(agency).filter(pk=entry.opportunity_id).update(
        title=script, description=script
    )
    measure = define(name=script, numerator=script, denominator=script, source=script)
    client = login(facilitator)
    for name, pk in (
        ("round", ranking.pk),
        ("opportunity", entry.opportunity_id),
        ("opportunities", ranking.cell_id),
        ("measure", measure.pk),
        ("record", measure.pk),
        ("cell", ranking.cell_id),
    ):
        shown = text(client, at(agency, page_name(name), pk=pk))
        assert script not in shown
        assert "alert(1)" in shown
