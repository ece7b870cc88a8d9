"""What the first wall bans in the product's source, and the bound on a file's length."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = [
    "accounts",
    "cells",
    "measures",
    "charts",
    "compensation",
    "cqi_portal",
    "dialogues",
    "documents",
    "groups",
    "indicators",
    "notifications",
    "oversight",
    "safety",
    "satisfaction",
]
BANNED = {"everything", "_default_manager", "_base_manager", "history"}
# How a day is written, in templates and in code.
WRITTEN = re.compile(r"""(?:\bdate:|date_format\([^"\n]*,\s*)"([^"]*)\"""")
MODULES = {"utils", "helpers", "managers", "services"}


def sources(*folders: str) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def offences(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and node.attr in BANNED:
            found.append(f"{path.relative_to(ROOT)}:{node.lineno} .{node.attr}")
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"get_object_or_404", "get_list_or_404"}
            and isinstance(node.args[0], ast.Name)
            and node.args[0].id[0].isupper()
        ):
            found.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.func.id}(Model)")
    return found


@pytest.mark.parametrize("app", APPS)
def test_application_code_goes_through_the_door(app: str) -> None:
    assert [each for path in sources(app) for each in offences(path)] == []


def test_the_ban_finds_what_it_bans(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text("Cell.everything.all()\nget_object_or_404(Cell, pk=1)\ncell.history.all()\n")
    banned = [
        node.attr
        for node in ast.walk(ast.parse(planted.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in BANNED
    ]
    assert banned == ["everything", "history"]


def test_no_file_outgrows_500_lines() -> None:
    folders = [*APPS, "foundation", "devtools", "tests"]
    long = {
        str(path.relative_to(ROOT)): count
        for path in [*sources(*folders), ROOT / "run.py"]
        if (count := len(path.read_text().splitlines())) > 500
    }
    assert long == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [
        str(path.relative_to(ROOT))
        for path in sources(*APPS, "foundation", "devtools")
        if path.stem in MODULES
    ]
    assert vague == []


def days_without_a_year(text: str) -> list[str]:
    return [each for each in WRITTEN.findall(text) if set("jd") & set(each) and "Y" not in each]


@pytest.mark.parametrize("folder", [*APPS, "foundation", "templates"])
def test_a_day_is_written_with_its_year(folder: str) -> None:
    """What is read in January would else be taken for the year that begins."""
    paths = [*sources(folder), *sorted((ROOT / folder).rglob("*.html"))]
    found = [f"{path}: {each}" for path in paths for each in days_without_a_year(path.read_text())]
    assert found == []


def test_a_day_without_its_year_is_found() -> None:
    assert days_without_a_year('{{ item.due|date:"F j" }} {{ item.due|date:"F j, Y" }}') == ["F j"]
    assert days_without_a_year('formats.date_format(day, "M d")') == ["M d"]
    assert not days_without_a_year('formats.date_format(first, "F") + date_format(day, "F Y")')
