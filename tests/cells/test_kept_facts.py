"""The facts of cells, asked with a query that is built once, are those of one built anew."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Member, StandingKind
from cells.cell.models import Cell
from cells.overview import finding
from cells.overview.at_work import IdeaAtWork, ideas_of
from cells.overview.facts import CellFacts, facts_of, kept_facts_of
from cells.overview.late import late_of
from cells.overview.partnership_signals import counts_of
from foundation import prepared
from foundation.models import Agency
from groups.composition import Composition, composition, composition_of
from groups.models import Group
from tests.conftest import Enter
from tests.keeping import WITH_DEMO, columns

pytestmark = WITH_DEMO
DAYS = (0, 30, 400)


def all_of(found: list[CellFacts]) -> list[tuple[object, ...]]:
    """The facts, and every column of the cells and their groups, with the reader's place."""
    return [
        (
            each,
            columns(each.cell),
            columns(each.cell.group),
            each.cell.agency,
            each.cell.group.agency,
        )
        for each in found
    ]


def test_they_are_the_same_for_everybody_in_the_demo(inside: Agency) -> None:
    """For all with a role, and a third of those without."""
    today, seated = inside.today(), 0
    cells = [*Cell.objects.within(inside).order_by("pk")]
    everybody = Member.objects.within(inside).on(today).with_roles(today)
    for number, person in enumerate(everybody.order_by("pk")):
        if not person.roles and number % 3:
            continue
        on, cell = today + timedelta(DAYS[number % len(DAYS)]), cells[number % len(cells)]
        visible = Cell.objects.within(inside).visible_to(person, on)
        built = facts_of(visible.open(on).order_by("group__name", "pk"), person, on)
        kept = kept_facts_of(finding._open, person, on)
        assert all_of(kept) == all_of(built)
        own = [each for each in built if vars(each.cell)["place_office"] is not None]
        assert all_of(kept_facts_of(finding._own, person, on)) == all_of(own)
        built = facts_of(visible.filter(pk=cell.pk), person, on)
        assert all_of(kept_facts_of(finding._one, person, on, cell.pk)) == all_of(built)
        seated += any(vars(each.cell)["place_office"] is not None for each in kept)
    assert seated > 10
    built_for = [key for key in prepared._kept if isinstance(key, tuple)]
    assert len({*built_for}) < len(everybody)


def test_ideas_at_work_are_the_same_for_each_cell_of_the_demo(
    inside: Agency, settings: Any
) -> None:
    found = 0
    for cell in Cell.objects.within(inside):
        ideas_of(inside, cell)
    for cell in Cell.objects.within(inside):
        kept = ideas_of(inside, cell)
        settings.PREPARED = False
        built = ideas_of(inside, cell)
        settings.PREPARED = True
        assert kept == built
        assert [*map(vars_of, kept.at_work)] == [*map(vars_of, built.at_work)]
        found += len(kept.at_work) + len(kept.done)
    assert found > 5


def test_the_composition_is_the_same_for_any_groups_of_the_demo(inside: Agency) -> None:
    today = inside.today()
    keys = [group.pk for group in Group.objects.within(inside).order_by("pk")]
    for some in (keys, keys[:3], []):
        for on in (today, today - timedelta(200)):
            kept = composition_of(inside, some, on)
            built = composition(Group.objects.within(inside).filter(pk__in=some), on)
            assert sorted(kept, key=_key) == sorted(built, key=_key)
    assert len(composition_of(inside, keys, today)) > 5


def _key(found: Composition) -> int:
    return found.group_id


def test_signals_and_overdue_work_are_the_same_for_any_cells_of_the_demo(
    inside: Agency, settings: Any
) -> None:
    """Overdue work shows some days later."""
    today, seats, overdue = inside.today(), 0, 0
    cells = [*Cell.objects.within(inside).order_by("pk")]
    for some in (cells, cells[::2], cells[:1], []):
        for on in (today, today + timedelta(60)):
            kept = counts_of(inside, some, on), late_of(inside, some, on)
            settings.PREPARED = False
            assert kept == (counts_of(inside, some, on), late_of(inside, some, on))
            settings.PREPARED = True
            assert kept[0].keys() == kept[1].keys() == {cell.pk for cell in some}
            seats += sum(each.seats for each in kept[0].values())
            overdue += sum(each.total for each in kept[1].values())
    assert seats > 50
    assert overdue > 5


def vars_of(each: IdeaAtWork) -> list[object]:
    plan = each.plan and {
        name: value for name, value in vars(each.plan).items() if name != "_state"
    }
    return [columns(each.idea), each.idea.agency, plan]


def test_a_hidden_cell_is_there_for_its_people_only(
    seated: Cell, consumer: Member, facilitator: Member, enter: Enter
) -> None:
    """Whoever of those without a role the query was built for."""
    today = seated.agency.today()
    stranger = enter("Zoe", StandingKind.PRIMARY_CONSUMER)
    assert stranger.roles == consumer.roles
    Group.objects.within(seated.agency).filter(pk=seated.group_id).update(hidden=True)
    for person, known in ((stranger, []), (consumer, [seated]), (stranger, [])):
        one = kept_facts_of(finding._one, person, today, seated.pk)
        assert [each.cell for each in one] == known
        assert [each.cell for each in kept_facts_of(finding._open, person, today)] == known
    assert kept_facts_of(finding._one, facilitator, today, seated.pk)


def test_whether_somebody_voted_is_their_own(
    cast: Callable[..., bool], seated: Cell, consumer: Member, second_consumer: Member
) -> None:
    today = seated.agency.today()

    def voted(person: Member) -> bool:
        (found,) = kept_facts_of(finding._one, person, today, seated.pk)
        return found.known.voted

    assert not voted(consumer)
    cast(consumer, 1, 2)
    assert voted(consumer)
    assert not voted(second_consumer)


def test_a_cell_takes_one_query(seated: Cell, consumer: Member) -> None:
    today = seated.agency.today()
    kept_facts_of(finding._one, consumer, today, seated.pk)
    with CaptureQueriesContext(connection) as queries:
        assert kept_facts_of(finding._one, consumer, today, seated.pk)
    assert len(queries) == 1
