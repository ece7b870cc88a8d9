"""A public class name has one meaning in the project."""

import ast
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from tests.foundation.test_source import APPS, ROOT, sources
from tests.sources import parsed

# Repeated names, and why. May only shrink.
TWICE = {
    "Command": "Django finds a management command by this name",
    "DatabaseWrapper": "Django finds a database backend by this name",
}


def classes(source: str) -> set[str]:
    """The public classes that a module defines at top level."""
    return {
        node.name
        for node in parsed(source).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }


def repeated(paths: Iterable[Path]) -> dict[str, list[str]]:
    """By name, the files that define a class of it, if there are several."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        for name in classes(path.read_text()):
            found[name].append(str(path))
    return {name: files for name, files in found.items() if len(files) > 1}


def test_a_class_name_means_one_thing_in_the_house() -> None:
    found = repeated(sources(*APPS, "foundation", "devtools"))
    assert {name: files for name, files in found.items() if name not in TWICE} == {}


def test_the_list_of_names_that_stand_twice_only_shrinks() -> None:
    assert set(TWICE) <= set(repeated([*sources(*APPS, "foundation", "devtools"), ROOT / "run.py"]))


def test_a_name_that_stands_twice_is_found(tmp_path: Path) -> None:
    here, there = tmp_path / "here.py", tmp_path / "there.py"
    here.write_text("class Result: ...\nclass _Row: ...\nclass Here:\n    class Meta: ...\n")
    there.write_text("class Result: ...\nclass _Row: ...\nclass There:\n    class Meta: ...\n")
    assert repeated([here, there]) == {"Result": [str(here), str(there)]}
