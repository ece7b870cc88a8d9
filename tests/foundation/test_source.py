"""What the first wall bans in the product's source, and the limit on file length."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

from tests.sources import nodes

ROOT = Path(__file__).resolve().parents[2]
APPS = [
    "accounts",
    "cells",
    "measures",
    "charts",
    "compensation",
    "concerns",
    "cqi_portal",
    "dialogues",
    "documents",
    "evidence",
    "groups",
    "indicators",
    "notifications",
    "oversight",
    "privacy",
    "quarterly",
    "recovery",
    "safety",
    "satisfaction",
    "starters",
    "surveyors",
]
BANNED = {"everything", "_default_manager", "_base_manager", "history"}
# How a date is formatted, in templates and in code.
WRITTEN = re.compile(r"""(?:\bdate:|date_format\([^"\n]*,\s*)"([^"]*)\"""")
MODULES = {"utils", "helpers", "managers", "services"}


def sources(*folders: str) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def offences(source: str) -> list[str]:
    """Line and name of each way around the door."""
    found = []
    for node in nodes(source):
        if isinstance(node, ast.Attribute) and node.attr in BANNED:
            found.append(f"{node.lineno} .{node.attr}")
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"get_object_or_404", "get_list_or_404"}
            and isinstance(node.args[0], ast.Name)
            and node.args[0].id[0].isupper()
        ):
            found.append(f"{node.lineno} {node.func.id}(Model)")
    return found


@pytest.mark.parametrize("app", APPS)
def test_application_code_goes_through_the_door(app: str) -> None:
    paths = sources(app)
    assert paths
    found = {str(path.relative_to(ROOT)): offences(path.read_text()) for path in paths}
    assert {name: bad for name, bad in found.items() if bad} == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Cell.everything.all()", ["1 .everything"]),
        ("x = 1\nCell._default_manager.all()", ["2 ._default_manager"]),
        ("Cell._base_manager.all()", ["1 ._base_manager"]),
        ("cell.history.all()", ["1 .history"]),
        ("get_object_or_404(Cell, pk=1)", ["1 get_object_or_404(Model)"]),
        ("get_list_or_404(Cell)", ["1 get_list_or_404(Model)"]),
        ("get_object_or_404(cells, pk=1)\nCell.objects.within(agency)", []),
    ],
)
def test_each_way_around_the_door_is_found(source: str, found: list[str]) -> None:
    assert offences(source) == found


def test_the_door_is_asked_of_every_app_of_the_product() -> None:
    installed = {
        config.name for config in apps.get_app_configs() if (ROOT / config.name).is_dir()
    } - {"devtools"}
    # Foundation defines the door itself; charts have no models.
    assert installed - {"foundation"} <= set(APPS)


def too_long(folder: Path) -> list[str]:
    """Files of more than 500 lines."""
    paths = [folder] if folder.is_file() else sorted(folder.rglob("*.py"))
    return [
        str(path)
        for path in paths
        if "migrations" not in path.parts and len(path.read_text().splitlines()) > 500
    ]


def test_no_file_outgrows_500_lines() -> None:
    folders = [*APPS, "foundation", "devtools", "tests", "run.py"]
    assert [each for folder in folders for each in too_long(ROOT / folder)] == []


def test_a_file_of_501_lines_is_found(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "fits.py").write_text("x = 1\n" * 500)
    long = tmp_path / "deep" / "long.py"
    long.write_text("x = 1\n" * 501)
    assert too_long(tmp_path) == [str(long)]


def vague(folder: Path) -> list[str]:
    """Modules and packages with meaningless names."""
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix in {".py", ""}]
    return [str(path) for path in paths if path.stem in MODULES]


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [each for app in [*APPS, "foundation", "devtools"] for each in vague(ROOT / app)] == []


def test_a_name_that_says_nothing_is_found(tmp_path: Path) -> None:
    (tmp_path / "services").mkdir()
    names = ["utils.py", "helpers.py", "managers.py", "services/cells.py", "quorum.py"]
    for name in names:
        (tmp_path / name).touch()
    found = {Path(each).name for each in vague(tmp_path)}
    assert found == {"utils.py", "helpers.py", "managers.py", "services"}


def days_without_a_year(text: str) -> list[str]:
    return [each for each in WRITTEN.findall(text) if set("jd") & set(each) and "Y" not in each]


@pytest.mark.parametrize("folder", [*APPS, "foundation", "templates"])
def test_a_day_is_written_with_its_year(folder: str) -> None:
    """In January, it would otherwise be taken for a date of the new year."""
    paths = [*sources(folder), *sorted((ROOT / folder).rglob("*.html"))]
    found = [f"{path}: {each}" for path in paths for each in days_without_a_year(path.read_text())]
    assert found == []


def test_a_day_without_its_year_is_found() -> None:
    assert days_without_a_year('{{ item.due|date:"F j" }} {{ item.due|date:"F j, Y" }}') == ["F j"]
    assert days_without_a_year('formats.date_format(day, "M d")') == ["M d"]
    assert not days_without_a_year('formats.date_format(first, "F") + date_format(day, "F Y")')
