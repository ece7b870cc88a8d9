"""The driver diagram of a plan: its tree, its drawing, and who changes it how."""

import itertools
import re
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Member
from cells.plans import actions, rules
from cells.plans.diagram import pictures, tree
from cells.plans.models import ActionPlan, Driver
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from foundation.refusals import Refused
from tests.cells.addresses import page_name
from tests.cells.conftest import Raise
from tests.conftest import Login, assert_budget


@pytest.fixture
def idea(active: ActionPlan, consumer: Member) -> Driver:
    """A change idea below a secondary driver."""
    main = actions.add_driver(active, text="How people are welcomed", by=consumer)
    part = actions.add_driver(active, text="The wait at the desk", parent=main, by=consumer)
    return actions.add_driver(active, text="A second desk", parent=part, by=consumer)


def names(plan: ActionPlan) -> list[str]:
    rows = Driver.objects.within(plan.agency).filter(plan=plan, parent=None)
    return [row.text for row in rows.order_by("position")]


def test_the_level_follows_from_where_it_hangs_and_ends_with_a_change_idea(
    idea: Driver, consumer: Member
) -> None:
    assert idea.parent is not None
    assert idea.parent.parent is not None
    levels = [idea.parent.parent.level, idea.parent.level, idea.level]
    assert levels == ["primary", "secondary", "idea"]
    with pytest.raises(Refused, match="Nothing hangs below"):
        actions.add_driver(idea.plan, text="More", parent=idea, by=consumer)


def test_the_database_holds_no_main_driver_below_another_one(idea: Driver) -> None:
    rows = Driver.objects.within(idea.agency)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.filter(pk=idea.pk).update(parent=None)


def test_eight_is_the_most_beside_each_other(active: ActionPlan, consumer: Member) -> None:
    for n in range(8):
        actions.add_driver(active, text=f"Driver {n}", by=consumer)
    with pytest.raises(Refused, match="8 here already"):
        actions.add_driver(active, text="One more", by=consumer)
    with pytest.raises(Refused, match="8 here already"):
        actions.add_driver(active, text="", by=consumer)


def test_a_driver_changes_places_with_its_neighbor(active: ActionPlan, consumer: Member) -> None:
    first, second, third = (
        actions.add_driver(active, text=text, by=consumer) for text in ("One", "Two", "Three")
    )
    assert actions.move_driver(third, up=True, by=consumer)
    assert names(active) == ["One", "Three", "Two"]
    assert actions.move_driver(first, up=False, by=consumer)
    assert names(active) == ["Three", "One", "Two"]
    assert not actions.move_driver(third, up=True, by=consumer)
    assert not actions.move_driver(second, up=False, by=consumer)
    assert names(active) == ["Three", "One", "Two"]


def test_words_are_renamed_and_not_written_over_unseen(idea: Driver, consumer: Member) -> None:
    actions.rename_driver(idea, text="Two desks", version=1, by=consumer)
    with pytest.raises(ValidationError, match="changed this while"):
        actions.rename_driver(idea, text="Three desks", version=1, by=consumer)
    with pytest.raises(ValidationError):
        actions.rename_driver(idea, text=" ", by=consumer)


def test_what_hangs_below_goes_as_well_unless_it_was_tried(
    idea: Driver, active: ActionPlan, consumer: Member
) -> None:
    assert idea.parent is not None
    cycle = actions.plan_cycle(active, title="Try it", change_idea=idea, by=consumer)
    with pytest.raises(Refused, match="test or an action step was made"):
        actions.take_off_driver(idea.parent, by=consumer)
    actions.take_away_cycle(cycle, by=consumer)
    assert actions.take_off_driver(idea.parent, by=consumer) == 2
    assert Driver.objects.within(idea.agency).filter(plan=active).count() == 1


def test_a_test_is_of_a_change_idea_of_its_own_plan(
    idea: Driver, active: ActionPlan, consumer: Member
) -> None:
    with pytest.raises(ValidationError) as error:
        actions.plan_cycle(active, title="Try it", change_idea=idea.parent, by=consumer)
    assert list(error.value.message_dict) == ["change_idea"]


@pytest.mark.parametrize(
    ("person", "may"),
    [("consumer", True), ("provider", True), ("facilitator", True), ("manager", False)],
)
def test_who_sits_in_the_cell_draws(
    person: str, may: bool, idea: Driver, request: pytest.FixtureRequest
) -> None:
    by = request.getfixturevalue(person)
    assert (rules.charting_drivers(idea.plan, by) is None) is may
    assert (rules.taking_off(idea, by, tried=False) is None) is may


def test_the_drawing_holds_every_word_and_no_box_covers_another(
    idea: Driver, active: ActionPlan, consumer: Member
) -> None:
    for text in ("How the room feels to people who come for the first time", "The phone"):
        main = actions.add_driver(active, text=text, by=consumer)
        for n in range(3):
            actions.add_driver(active, text=f"Part {n}", parent=main, by=consumer)
    rows = list(Driver.objects.within(active.agency).filter(plan=active))
    for picture in pictures(active.aim, tree(rows)):
        said = " ".join(words for box in picture.boxes for _, words in box.lines)
        assert len(picture.boxes) == len(rows) + 1
        for row in rows:
            assert row.text.split()[-1] in said
        for box in picture.boxes:
            assert box.x >= 0
            assert box.x + box.width <= picture.width
            assert box.y >= 0
            assert box.y + box.height <= picture.height
        for depth in range(4):
            column = sorted(
                (box.y, box.y + box.height) for box in picture.boxes if box.depth == depth
            )
            assert all(a[1] <= b[0] for a, b in itertools.pairwise(column))


def test_the_page_draws_lists_and_leads_on_within_its_budget(
    idea: Driver,
    active: ActionPlan,
    agency: Agency,
    consumer: Member,
    manager: Member,
    login: Login,
) -> None:
    client = login(consumer)
    url = at(agency, "cells:drivers", pk=active.pk)
    few = assert_budget(client, url)
    for n in range(6):
        actions.add_driver(active, text=f"Driver {n}", by=consumer)
    assert assert_budget(client, url) == few
    shown = client.get(url).content.decode()
    assert shown.count("<svg xmlns") == 2
    assert " style=" not in shown.partition("<main")[2]
    assert at(agency, "cells:driver", pk=idea.pk) in shown
    assert at(agency, "cells:driver", pk=idea.pk) not in login(manager).get(url).content.decode()
    page = client.get(at(agency, "cells:driver", pk=idea.pk)).content.decode()
    for name in ("plan_cycle", "add_step"):
        link = at(agency, page_name(name), pk=active.pk) + f"?idea={code_of(idea)}"
        assert link in page
        form = client.get(link).context["form"]
        assert idea.text in (form["title" if name == "plan_cycle" else "what"].value())


def test_a_driver_is_added_moved_and_taken_off_on_its_pages(
    idea: Driver, active: ActionPlan, agency: Agency, consumer: Member, login: Login
) -> None:
    client = login(consumer)

    def send(url: str, **given: Any) -> None:
        form = client.get(url).context["form"]
        hidden = {each.name: each.value() for each in form.hidden_fields()}
        assert client.post(url, {**hidden, **given}).status_code == 302

    send(at(agency, "cells:add_driver", pk=active.pk), text="The phone")
    main = Driver.objects.within(agency).get(text="The phone")
    send(
        at(agency, "cells:add_driver", pk=active.pk) + f"?below={code_of(main)}", text="On Fridays"
    )
    assert Driver.objects.within(agency).get(text="On Fridays").parent_id == main.pk
    send(at(agency, "cells:move_driver", pk=main.pk))
    assert names(active)[0] == "The phone"
    send(at(agency, "cells:move_driver", pk=main.pk), down="1")
    assert names(active)[1] == "The phone"
    shown = client.get(at(agency, "cells:take_off", pk=main.pk)).content.decode()
    assert re.search(r"This goes as well:.*On Fridays", shown, re.DOTALL)
    send(at(agency, "cells:take_off", pk=main.pk))
    assert "The phone" not in names(active)
    for below in ("x", "99999", str(UUID(int=9))):
        url = at(agency, "cells:add_driver", pk=active.pk) + f"?below={below}"
        assert client.get(url).status_code == 404


def test_nothing_hangs_below_a_driver_of_another_plan(
    idea: Driver, active: ActionPlan, raised: Raise, chosen_too: Any, consumer: Member
) -> None:
    other = raised("Another one")
    chosen_too(other)
    other.refresh_from_db()
    plan = actions.begin_plan(other, by=consumer)
    with pytest.raises(Driver.DoesNotExist):
        actions.add_driver(plan, text="x", parent=idea.parent, by=consumer)


def test_an_action_step_keeps_the_change_idea_that_it_was_made_of(
    idea: Driver, active: ActionPlan, consumer: Member, login: Login
) -> None:
    agency, client = active.agency, login(consumer)
    new = at(agency, "cells:add_step", pk=active.pk)
    form = client.get(f"{new}?idea={code_of(idea)}").context["form"]
    assert (form["what"].value(), form["change_idea"].value()) == (idea.text, code_of(idea))
    step = actions.add_step(
        active,
        what="Buy a desk",
        owner=consumer,
        due=agency.today(),
        change_idea=idea,
        by=consumer,
    )
    for page in (
        at(agency, "cells:drivers", pk=active.pk),
        at(agency, "cells:driver", pk=idea.pk),
    ):
        shown = client.get(page).text
        assert "Action step: Buy a desk" in shown
        assert at(agency, "cells:step", pk=step.pk) in shown
    for page in (at(agency, "cells:step", pk=step.pk), at(agency, "cells:plan", pk=active.pk)):
        assert idea.text in client.get(page).text
    assert idea.parent is not None
    with pytest.raises(Refused, match="or an action step was made of this"):
        actions.take_off_driver(idea.parent, by=consumer)
    values: dict[str, Any] = {"what": "Buy it", "owner": consumer, "due": step.due, "by": consumer}
    with pytest.raises(ValidationError) as caught:
        actions.change_step(step, change_idea=idea.parent, **values)
    assert set(caught.value.message_dict) == {"change_idea"}
    assert actions.change_step(step, **values).change_idea is None
