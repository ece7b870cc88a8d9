"""Apps laid out by domain: the root index names all domains, and nobody imports from it."""

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.foundation.test_source import APPS, ROOT, sources
from tests.sources import nodes

BY_DOMAIN = ["compensation", "dialogues"]
INDEXES = ("models", "tasks")


def imported(source: str) -> Iterator[str]:
    """The project's modules, and the names in them, that a file imports."""
    for node in nodes(source):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)
        elif isinstance(node, ast.Import):
            yield from (each.name for each in node.names)


def domains(app: Path, module: str) -> set[str]:
    """The folders of an app that have this module, as a file or as a folder."""
    files = {*app.glob(f"*/{module}.py"), *app.glob(f"*/{module}/__init__.py")}
    return {file.relative_to(app).parts[0] for file in files}


def unnamed(app: Path, module: str) -> set[str]:
    """Domains whose models Django, or whose jobs Celery, would not find."""
    named = set(imported((app / f"{module}.py").read_text()))
    return {
        domain
        for domain in domains(app, module)
        if not any(each.startswith(f"{app.name}.{domain}.{module}") for each in named)
    }


@pytest.mark.parametrize("app", BY_DOMAIN)
@pytest.mark.parametrize("module", INDEXES)
def test_the_index_names_every_domain(app: str, module: str) -> None:
    assert domains(ROOT / app, module)
    assert unnamed(ROOT / app, module) == set()


@pytest.mark.parametrize("app", BY_DOMAIN)
def test_nobody_imports_from_the_index(app: str) -> None:
    indexes = {f"{app}.{module}" for module in INDEXES}
    found = [
        str(path.relative_to(ROOT))
        for path in sources(
            *{each.name for each in ROOT.iterdir() if (each / "__init__.py").exists()}
        )
        if indexes & set(imported(path.read_text()))
    ]
    assert found == []


def test_a_domain_that_the_index_forgets_is_found(tmp_path: Path) -> None:
    for domain in ("claims", "plan"):
        (tmp_path / domain).mkdir()
        (tmp_path / domain / "models.py").write_text("")
    app = tmp_path.name
    (tmp_path / "models.py").write_text(f"from {app}.plan import models as plan\n")
    assert unnamed(tmp_path, "models") == {"claims"}


@pytest.mark.parametrize(
    "planted",
    [
        "from compensation.models import Claim",
        "from compensation import models",
        "import compensation.models",
        "def late():\n    from compensation.models import Claim",
    ],
)
def test_an_import_from_the_index_is_found(planted: str) -> None:
    assert "compensation.models" in set(imported(planted))


# Percent of the product's Python lines. Only cells may be larger, since its domains structure it.
MOST_OF_AN_APP, MOST_OF_A_DOMAIN, LARGER = 20, 8, "cells"
LAID_OUT_BY_DOMAIN = (*BY_DOMAIN, "cells", "measures")


def too_large(lines: Mapping[str, int]) -> list[str]:
    """Apps and domains with too large a share, by the lines of each file."""
    by_app, by_domain = Counter[str](), Counter[str]()
    for path, count in lines.items():
        app, *inner = Path(path).parts
        by_app[app] += count
        if app in LAID_OUT_BY_DOMAIN and len(inner) > 1:
            by_domain[f"{app}/{inner[0]}"] += count
    del by_app[LARGER]
    whole = sum(lines.values())
    return sorted(
        name
        for shares, most in ((by_app, MOST_OF_AN_APP), (by_domain, MOST_OF_A_DOMAIN))
        for name, count in shares.items()
        if 100 * count > most * whole
    )


def test_no_room_outgrows_the_house() -> None:
    paths = sources(*APPS, "foundation")
    lines = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in paths}
    assert too_large(lines) == []


def test_a_room_that_is_too_large_is_found() -> None:
    lines = {"cells/plans/a.py": 9, "cells/ideas/a.py": 7, "groups/a.py": 21, "charts/a.py": 63}
    assert too_large(lines) == ["cells/plans", "charts", "groups"]
