"""Closing a cell asks about each piece of its work; it can be undone."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from accounts.models import Member
from cells.cell import actions as cell_actions
from cells.cell.models import Cell
from cells.handing_on import goes_on
from cells.handing_on.goes_on import ChildChoice
from cells.handing_on.models import Fate, Settlement
from cells.ideas.models import Opportunity
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan, ActionStep, PDSACycle, SustainPlan
from cells.sustaining import actions as sustaining
from devtools import seating
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups import actions as group_actions
from groups.corrected import corrected
from groups.models import Closure, Group, LateEnd, Seat
from measures.definitions.models import Measure
from notifications.models import Message
from notifications.waiting import waiting
from tests.cells.addresses import in_cells
from tests.cells.conftest import Raise, all_end, close, send
from tests.conftest import Login, Look

# Models of the app with columns that may be open, and why closing does not ask about them.
NOT_ASKED = {
    "Adjustment": "what was decided about a chart stays with its measure",
    "BaselineChange": "it is asked of a plan under way, and goes with it",
    "ImportDraft": "a file that nobody saved is forgotten after a day",
    "OutcomeStandard": "it goes with its plan",
    "RoundEntry": "it goes with its round",
    "SilentIdea": "it goes with its round",
}
# Columns that say whether something is over, by name and by kind.
SAYS_STATE = ("status", "state", "outcome")
ENDS = ("_on", "_at")


@pytest.fixture
def other(facilitator: Member, second_consumer: Member, manager: Member, start: date) -> Cell:
    """Another cell, with Sam, who is in the first one as well, and a manager, who is not."""
    cell = cell_actions.open_cell(name="Evening cell", focus="Evenings", by=facilitator, on=start)
    for member in (second_consumer, manager):
        seating.seat(cell.group, member, since=start, by=facilitator)
    return cell


@pytest.fixture
def going_on(active: ActionPlan, cycle: PDSACycle, provider: Member) -> ActionPlan:
    """A plan under way, with an open step and a running small test."""
    plan_actions.start_cycle(cycle, by=provider)
    return active


def fresh[M: models.Model](row: M) -> M:
    found: M = type(row).objects.within(row.agency).get(pk=row.pk)  # type: ignore[attr-defined]
    return found


def handed(cell: Cell, to: Member, to_cell: Cell) -> dict[goes_on.Key, ChildChoice]:
    return {
        child.key: ChildChoice(Fate.HAND_OVER, to=to, to_cell=to_cell)
        for child in goes_on.children(cell)
    }


def at_once() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refused(rows: Any, **values: Any) -> None:
    """The database must reject these values."""

    @transaction.atomic
    def attack() -> None:
        rows.update(**values)
        at_once()

    with pytest.raises(IntegrityError):
        attack()


def may_be_open(model: type[models.Model]) -> bool:
    """Whether its rows are open until a column says otherwise."""
    for field in model._meta.local_fields:
        if field.name in SAYS_STATE:
            return True
        if field.null and field.name.endswith(ENDS):
            return True
    return False


def leads_to_a_cell(model: Any, seen: frozenset[Any] = frozenset()) -> bool:
    for field in model._meta.local_fields:
        other = field.related_model
        if other is Cell or (model is Measure and field.name == "owner"):
            return True
        ours = isinstance(other, type) and other not in seen and other is not model
        below = ours and other.__module__.startswith("cells.") and field.name != "to_cell"
        if below and leads_to_a_cell(other, seen | {model}):
            return True
    return False


def open_kinds(known: Any) -> Iterator[str]:
    """Models below a cell that may be open, and that closing does not ask about."""
    models: list[Any] = [*apps.get_app_config("cells").get_models(), Measure]
    for model in models:
        if model._meta.model_name is None or model._meta.model_name.startswith("historical"):
            continue
        if leads_to_a_cell(model) and may_be_open(model) and model not in known:
            yield model.__name__


def test_closing_asks_about_every_kind_of_thing_that_may_be_open() -> None:
    told = {*NOT_ASKED, "EvaluationReview", "Settlement"}
    assert set(open_kinds(goes_on.GOING_ON)) - told == set()
    # A forgotten kind is found.
    forgotten = {m: v for m, v in goes_on.GOING_ON.items() if m is not PDSACycle}
    assert "PDSACycle" in set(open_kinds(forgotten)) - told


def test_the_database_knows_the_same_kinds(seated: Cell) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'closed_cell_is_settled'"
        )
        tables = {table for (table,) in cursor.fetchall()}
    assert tables == {model._meta.db_table for model in goes_on.GOING_ON} | {"groups_group"}


def test_everything_ends_with_a_word_and_an_outcome(
    going_on: ActionPlan,
    raised: Raise,
    seated: Cell,
    consumer: Member,
    provider: Member,
    facilitator: Member,
    today: date,
) -> None:
    raised("Plants in the hall")
    children = {child.title: child for child in goes_on.children(seated)}
    assert children[going_on.opportunity.title].with_it
    close(seated, facilitator)
    at_once()
    assert goes_on.children(seated) == []
    idea = fresh(going_on.opportunity)
    assert (idea.state, idea.reason) == ("ended", "The program ends.")
    assert fresh(going_on).status == "stopped"
    assert {step.status for step in ActionStep.objects.within(seated.agency).all()} == {"dropped"}
    test = PDSACycle.objects.within(seated.agency).get()
    assert (test.broken_off_on, test.part) == (today, None)
    assert Measure.objects.within(seated.agency).get().retired_on == today
    assert {row.outcome for row in Settlement.objects.within(seated.agency).all()} >= {"unknown"}
    for member in (consumer, provider, facilitator):
        assert [each for each in waiting(member, today) if in_cells(each.url)] == []


@pytest.mark.parametrize("lacks", ["why", "outcome", "choice", "word of the cell"])
def test_nothing_ends_without_a_word(
    lacks: str, going_on: ActionPlan, seated: Cell, facilitator: Member, today: date
) -> None:
    choices = all_end(seated)
    key = (goes_on.IDEA, going_on.opportunity_id)
    if lacks == "why":
        choices[key] = ChildChoice(Fate.END, " ", "worked")
    elif lacks == "outcome":
        choices[key] = ChildChoice(Fate.END, "It ends.")
    elif lacks == "choice":
        del choices[key]
    with pytest.raises(ValidationError):
        close(seated, facilitator, choices=choices, why="" if lacks.startswith("word") else "Done.")
    assert fresh(seated.group).closed is None
    assert fresh(going_on).status == "active"


def test_a_plan_under_way_goes_on_in_another_cell_with_somebody_who_is_told(
    going_on: ActionPlan,
    seated: Cell,
    other: Cell,
    consumer: Member,
    provider: Member,
    second_consumer: Member,
    manager: Member,
    facilitator: Member,
    today: date,
    login: Login,
) -> None:
    ActionStep.objects.within(seated.agency).update(co_owner=second_consumer)
    close(seated, facilitator, choices=handed(seated, manager, other))
    at_once()
    plan = fresh(going_on)
    assert plan.status == "active"
    assert fresh(plan.opportunity).cell_id == other.pk
    # People in both cells keep their duties; the named person takes over the others.
    assert plan.looked_at_by == manager
    step = ActionStep.objects.within(seated.agency).get()
    assert (step.owner, step.co_owner, step.status) == (manager, second_consumer, "to_do")
    assert PDSACycle.objects.within(seated.agency).get().leader == manager
    measure = Measure.objects.within(seated.agency).get()
    assert (measure.owner_id, measure.collected_by, measure.retired_on) == (
        other.group_id,
        manager,
        None,
    )
    told = Message.objects.within(seated.agency)
    assert told.filter(member=manager, code="duty.given").count() == 1
    assert told.filter(member=consumer, code="opportunity.handed_over").exists()
    urls = [each.url for each in waiting(manager, today + timedelta(days=20))]
    assert at(seated.agency, "cells:step", pk=step.pk) in urls
    browser = login(manager)
    for url in urls:
        assert browser.get(url).status_code == 200, url
    # The old cell's page links to it.
    page = login(provider).get(at(seated.agency, "cells:cell", pk=seated.pk)).text
    assert at(seated.agency, "cells:opportunity", pk=plan.opportunity_id) in page
    assert "Evening cell" in page


@pytest.mark.parametrize("who", ["not there", "itself", "nobody", "hidden"])
def test_nothing_is_handed_to_where_nobody_goes_on_with_it(
    who: str,
    going_on: ActionPlan,
    seated: Cell,
    other: Cell,
    consumer: Member,
    manager: Member,
    facilitator: Member,
) -> None:
    to, to_cell = {
        "not there": (consumer, other),
        "itself": (consumer, seated),
        "nobody": (None, other),
        "hidden": (manager, other),
    }[who]
    if who == "hidden":
        # Rosa, whose idea it is, may not know of it.
        Group.objects.within(other.agency).filter(pk=other.group_id).update(hidden=True)
        to_cell = fresh(other)
    choices = {
        child.key: ChildChoice(Fate.HAND_OVER, to=to, to_cell=to_cell)
        for child in goes_on.children(seated)
    }
    with pytest.raises(ValidationError):
        close(seated, facilitator, choices=choices)
    assert fresh(going_on.opportunity).cell_id == seated.pk


def test_a_closing_taken_back_restores_all_that_it_ended(
    going_on: ActionPlan,
    seated: Cell,
    consumer: Member,
    provider: Member,
    facilitator: Member,
    today: date,
) -> None:
    step = ActionStep.objects.within(seated.agency).get()
    test = PDSACycle.objects.within(seated.agency).get()
    seats = set(Seat.objects.within(seated.agency).on(today).values_list("pk", flat=True))
    close(seated, facilitator)
    with pytest.raises(ValidationError):
        group_actions.take_closing_back(seated.group, because="  ", by=facilitator)
    group_actions.take_closing_back(seated.group, because="The grant came.", by=facilitator)
    at_once()
    assert fresh(seated.group).closed is None
    assert set(Seat.objects.within(seated.agency).on(today).values_list("pk", flat=True)) == seats
    plan = fresh(going_on)
    assert (plan.status, plan.ended_on, plan.next_review_on) == (
        "active",
        None,
        going_on.next_review_on,
    )
    assert (fresh(plan.opportunity).state, fresh(plan.opportunity).reason) == ("chosen", "")
    assert (fresh(step).status, fresh(step).reason) == ("to_do", "")
    assert fresh(test).part == "do"
    assert Measure.objects.within(seated.agency).get().retired_on is None
    plan_actions.finish_step(fresh(step), by=provider)
    codes = Message.objects.within(seated.agency).filter(member=consumer).values_list("code")
    assert {"group.goes_on", "opportunity.goes_on"} <= {code for (code,) in codes}


def test_what_was_handed_over_comes_back_only_while_nobody_went_on_with_it(
    going_on: ActionPlan,
    raised: Raise,
    seated: Cell,
    other: Cell,
    manager: Member,
    facilitator: Member,
) -> None:
    waits = raised("Plants in the hall")
    close(seated, facilitator, choices=handed(seated, manager, other))
    plan_actions.finish_step(ActionStep.objects.within(seated.agency).get(), by=manager)
    group_actions.take_closing_back(seated.group, because="The grant came.", by=facilitator)
    at_once()
    assert fresh(waits).cell_id == seated.pk
    assert fresh(going_on.opportunity).cell_id == other.pk
    assert Measure.objects.within(seated.agency).get().owner_id == other.group_id
    restored = Settlement.objects.within(seated.agency).values_list("row", "restored")
    stands = dict(restored)
    assert (stands[waits.pk], stands[going_on.opportunity_id]) == (True, False)


def test_days_that_are_corrected_by_it_say_so(
    seated: Cell, facilitator: Member, agency: Agency, today: date
) -> None:
    day = today - timedelta(days=10)
    close(seated, facilitator, on=today - timedelta(days=20), late_reason="We were told late.")
    before = len(list(corrected(agency, day)))
    assert LateEnd.objects.within(agency).filter(group=seated.group).exists()
    group_actions.take_closing_back(seated.group, because="It was the wrong one.", by=facilitator)
    assert len(list(corrected(agency, day))) == before + 1


def test_only_who_ran_it_opens_it_again(
    seated: Cell, consumer: Member, facilitator: Member, login: Login
) -> None:
    close(seated, facilitator)
    url = at(seated.agency, "groups:open_again", pk=seated.group_id)
    page = at(seated.agency, "cells:cell", pk=seated.pk)
    with pytest.raises(Refused):
        group_actions.take_closing_back(seated.group, because="Please.", by=consumer)
    assert login(consumer).get(url).status_code == 403
    assert url not in login(consumer).get(page).text
    browser = login(facilitator)
    assert url in browser.get(page).text
    assert send(browser, url, because="").status_code == 422
    assert send(browser, url, because="We go on.").status_code == 302
    assert fresh(seated.group).closed is None
    assert browser.get(url).status_code == 403
    again = Closure.objects.within(seated.agency).get()
    assert again.taken_back_because == "We go on."


def test_by_sql_nothing_goes_on_in_a_closed_cell(
    going_on: ActionPlan, seated: Cell, facilitator: Member, today: date
) -> None:
    refused(Group.objects.within(seated.agency).filter(pk=seated.group_id), closed=today)
    close(seated, facilitator)
    at_once()
    attacks: dict[Any, dict[str, Any]] = {
        Opportunity: {"state": "chosen"},
        ActionPlan: {"status": "active", "ended_on": None, "next_review_on": today},
        ActionStep: {"status": "to_do", "ended_on": None},
        PDSACycle: {"broken_off_on": None, "broken_off_because": ""},
        Measure: {"retired_on": None},
        Group: {"closed": None},
    }
    for model, values in attacks.items():
        rows: Any = model.objects.within(seated.agency)
        rows = rows.filter(pk=seated.group_id) if model is Group else rows.filter()
        refused(rows, **values)


def test_that_it_was_closed_stays_on_record(seated: Cell, facilitator: Member, today: date) -> None:
    close(seated, facilitator)
    closures = Closure.objects.within(seated.agency)
    for change in ({"why": "Another."}, {"on": today - timedelta(days=3)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            closures.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        closures.all().delete()


def test_work_is_not_closed_away_past_the_page_of_the_cell(
    going_on: ActionPlan, seated: Cell, facilitator: Member, today: date
) -> None:
    with pytest.raises(Refused, match="Work still goes on"):
        group_actions.close_group(seated.group, on=today, by=facilitator)


def test_the_page_asks_about_each_and_closes(
    going_on: ActionPlan,
    raised: Raise,
    seated: Cell,
    other: Cell,
    manager: Member,
    facilitator: Member,
    login: Login,
    today: date,
) -> None:
    raised("Plants in the hall")
    raised("Tea in the hall")
    browser = login(facilitator)
    url = at(seated.agency, "cells:close", pk=seated.pk)
    form = browser.get(url).context["form"]
    offered = {
        name: [value for value, _words in field.choices]
        for name, field in form.fields.items()
        if name.endswith("_fate")
    }
    assert len(offered) == 6  # the plan, and five ideas that wait
    assert all(each == ["end", "hand_over"] for each in offered.values())
    assert send(browser, url, why="Done.", on=today.isoformat()).status_code == 422
    (idea,) = [child for child in form.children if child.begun]
    (seat, *_rest) = form.receivers.filter(member=manager)
    answers: dict[str, Any] = dict.fromkeys(offered, "end") | {
        f"{idea.name}_fate": "hand_over",
        f"{idea.name}_to": form.fields[f"{idea.name}_to"].coded(seat),
        "waiting_why": "Nobody is left to do it.",
        "why": "The team moves.",
    }
    day = {f"on_{n}": v for n, v in enumerate((today.month, today.day, today.year))}
    answer = send(browser, url, **answers, on=today.isoformat(), **day)
    assert answer.status_code == 302, answer.context["form"].errors
    assert fresh(seated.group).closed == today
    assert fresh(going_on.opportunity).cell_id == other.pk
    assert {e.state for e in Opportunity.objects.within(seated.agency).filter(cell=seated)} == {
        "ended"
    }


def test_what_was_gained_is_watched_on_by_somebody_when_the_cell_has_closed(
    active: ActionPlan,
    confirm: Callable[[Opportunity], Opportunity],
    seated: Cell,
    other: Cell,
    consumer: Member,
    provider: Member,
    manager: Member,
    facilitator: Member,
    today: date,
    login: Login,
) -> None:
    plan_actions.finish_step(active.steps.get(), by=provider)
    done = plan_actions.finish(
        active.opportunity, result="It is quicker.", told="You said, we did.", by=facilitator
    )
    confirm(done)
    plan = fresh(active)
    sustaining.sustain(
        plan, looked_at_by=consumer, cadence="week", reopen_if="It slips.", by=consumer
    )
    (child,) = [each for each in goes_on.children(seated) if each.kind == goes_on.WATCH]
    assert child.fates == (Fate.END, Fate.SUSTAIN)
    choices = all_end(seated) | {child.key: ChildChoice(Fate.SUSTAIN, to=manager)}
    close(seated, facilitator, choices=choices)
    at_once()
    measure = Measure.objects.within(seated.agency).get()
    assert (measure.collected_by, measure.retired_on) == (manager, None)
    later = today + timedelta(days=8)
    look = at(seated.agency, "cells:look_on", pk=plan.pk)
    assert look in [each.url for each in waiting(manager, later)]
    assert look not in [each.url for each in waiting(consumer, later)]
    browser = login(manager)
    offered = [
        value for value, _words in browser.get(look).context["form"].fields["outcome"].choices
    ]
    assert "slipped" not in offered
    assert login(consumer).get(look).status_code == 403
    plan = fresh(plan)
    sustaining.look_on(plan, outcome="enough", note="It holds.", by=manager)
    at_once()
    assert SustainPlan.objects.within(seated.agency).get().ended_on == today
    assert fresh(measure).retired_on == today


@pytest.mark.xdist_group("portal")
def test_the_pages_of_a_closing_can_be_used_by_everybody(
    going_on: ActionPlan,
    seated: Cell,
    other: Cell,
    manager: Member,
    facilitator: Member,
    login: Login,
    look: Look,
) -> None:
    browser, agency = login(facilitator), seated.agency
    look(browser, at(agency, "cells:close", pk=seated.pk))
    idea = (goes_on.IDEA, going_on.opportunity_id)
    moved = {idea: ChildChoice(Fate.HAND_OVER, to=manager, to_cell=other)}
    close(seated, facilitator, choices=all_end(seated) | moved)
    look(browser, at(agency, "cells:cell", pk=seated.pk))
    look(browser, at(agency, "groups:open_again", pk=seated.group_id))
    ended = Opportunity.objects.within(agency).filter(cell=seated).first()
    assert ended is not None
    look(browser, at(agency, "cells:opportunity", pk=ended.pk))
