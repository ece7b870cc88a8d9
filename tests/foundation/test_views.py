"""A page calls rules and reading modules, never another page; and defines no rules."""

import ast
from pathlib import Path

import pytest

from tests.foundation.test_source import APPS, ROOT, sources
from tests.sources import nodes, parsed


def is_view(path: Path) -> bool:
    return path.stem == "views" or "views" in path.parts


def views_imported(source: str, house: frozenset[str] = frozenset(APPS)) -> list[str]:
    """Modules of views in this project that a source imports."""
    found = []
    for node in nodes(source):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
        elif isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        else:
            continue
        ours = [name for name in names if name.split(".")[0] in house]
        found += [name for name in ours if "views" in name.split(".")][:1]
    return found


def rules_in(source: str) -> list[str]:
    """Functions of a module that return a refusal or None."""
    return [
        node.name
        for node in parsed(source).body
        if isinstance(node, ast.FunctionDef)
        and node.returns is not None
        and ast.unparse(node.returns) == "Refusal | None"
    ]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_only_addresses_import_views() -> None:
    found = {
        f"{named(path)}: {module}"
        for path in sources(*APPS, "foundation")
        if not path.stem.endswith("urls")
        for module in views_imported(path.read_text())
    }
    assert found == set()


def test_no_rule_is_written_in_a_view() -> None:
    found = {
        f"{named(path)}:{rule}"
        for path in sources(*APPS)
        if is_view(path)
        for rule in rules_in(path.read_text())
    }
    assert found == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from groups.views import paper", ["groups.views"]),
        ("from groups.views.finding import group_of", ["groups.views.finding"]),
        ("from groups import views", ["groups.views"]),
        ("import cells.plans.views.plans", ["cells.plans.views.plans"]),
        ("def late() -> None:\n    from safety.views import contacts", ["safety.views"]),
        ("from django.contrib.auth.views import redirect_to_login", []),
        ("from groups import rules", []),
    ],
)
def test_an_import_of_views_is_found(source: str, found: list[str]) -> None:
    assert views_imported(source) == found


def test_a_rule_in_a_view_is_found() -> None:
    assert rules_in("def closing(by: Member) -> Refusal | None: ...") == ["closing"]
    assert not rules_in("def page(request: AgencyRequest) -> HttpResponse: ...")
    assert is_view(Path("cells/plans/views/plans.py"))
    assert is_view(Path("groups/views.py"))
    assert not is_view(Path("groups/rules.py"))
