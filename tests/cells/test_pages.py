"""Each page answers who may see it, within its budget, however many rows there are."""

from typing import Any

from accounts.models import Member
from cells.models import ActionPlan, Measure, PriorityRound
from foundation.addresses import at
from foundation.models import Agency
from tests.conftest import Login


def test_pages_of_a_cell_are_drawn(
    active: ActionPlan,
    ranking: PriorityRound,
    measure: Measure,
    agency: Agency,
    login: Login,
    consumer: Member,
    facilitator: Member,
) -> None:
    cell = ranking.cell
    step = active.steps.get()
    pages: list[tuple[str, dict[str, Any]]] = [
        ("cells", {}),
        ("idea", {}),
        ("measures", {}),
        ("cell", {"pk": cell.pk}),
        ("raise", {"pk": cell.pk}),
        ("opportunities", {"pk": cell.pk}),
        ("opportunity", {"pk": active.opportunity_id}),
        ("plan", {"pk": active.pk}),
        ("add_step", {"pk": active.pk}),
        ("review", {"pk": active.pk}),
        ("step", {"pk": step.pk}),
        ("change_step", {"pk": step.pk}),
        ("drop_step", {"pk": step.pk}),
        ("round", {"pk": ranking.pk}),
        ("measure", {"pk": measure.pk}),
        ("numbers", {"pk": measure.pk}),
        ("define", {"pk": cell.pk}),
        ("change_measure", {"pk": measure.pk}),
        ("record", {"pk": measure.pk}),
        ("upload", {"pk": measure.pk}),
        ("retire", {"pk": measure.pk}),
    ]
    for member in (consumer, facilitator):
        client = login(member)
        for name, kwargs in pages:
            answer = client.get(at(agency, f"cells:{name}", **kwargs))
            assert answer.status_code == 200, (name, answer.status_code)
