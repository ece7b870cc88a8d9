"""The pictures of the README and the guide, taken from the demo if `PICTURES=1`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from foundation import tenancy
from foundation.addresses import at
from foundation.models import Agency
from measures.definitions.models import Measure
from tests.browser.conftest import Visit

pytestmark = pytest.mark.xdist_group("demo")
Picture = Callable[[Page, str], Path]
TALL: ViewportSize = {"width": 1100, "height": 1440}
WIDE: ViewportSize = {"width": 1100, "height": 760}
# Pages that exist for each row: the first one is pictured.
OF: dict[str, Any] = {
    "cells:cell": Cell,
    "measures:measure": Measure,
    "cells:opportunity": Opportunity,
}


@pytest.mark.parametrize(
    ("person", "name", "heading", "picture_of"),
    [
        ("ada", "indicators:dashboard", "How the program is doing", "dashboard"),
        ("rosa", "home_of", "Hello, Rosa", "home"),
        ("femi", "cells:cell", "Planning Together", "cell"),
        ("femi", "measures:measure", "People who helped to write", "measure"),
        ("rosa", "cells:opportunity", "Give people their plan", "story"),
        ("rosa", "compensation:my_payments", "My payments", "payments"),
    ],
)
def test_a_page_is_pictured(
    person: str,
    name: str,
    heading: str,
    picture_of: str,
    demo: Agency,
    visit: Visit,
    picture: Picture,
) -> None:
    rows = OF.get(name)
    with tenancy.entering(demo):
        first = {"pk": rows.objects.within(demo).order_by("pk")[0].pk} if rows else {}
    page = visit(person, at(demo, name, **first))
    page.set_viewport_size(TALL if picture_of == "dashboard" else WIDE)
    expect(page.locator("h1")).to_contain_text(heading)
    assert picture(page, f"docs/pictures/{picture_of}.png").suffix == ".png"
