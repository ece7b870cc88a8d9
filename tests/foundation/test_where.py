"""docs/where.md names one symbol for each common change, and each symbol exists."""

import ast
import re
from pathlib import Path

import pytest

from tests.foundation.test_source import ROOT
from tests.sources import parsed

ROW = re.compile(
    r"^\| (?P<change>[^|`]+) \| `(?P<path>[\w/]+\.py):(?P<symbol>\w+)` \|$", re.MULTILINE
)
LEAST = 30


def symbols(source: str) -> set[str]:
    """What a module defines at top level: classes, functions and assigned names."""
    found: set[str] = set()
    for node in parsed(source).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {
                name.id
                for target in node.targets
                for name in ast.walk(target)
                if isinstance(name, ast.Name)
            }
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return found


def missing(text: str, root: Path) -> list[str]:
    """The symbols in a table that are not where it says."""
    return [
        f"{row['path']}:{row['symbol']}"
        for row in ROW.finditer(text)
        if not (root / row["path"]).is_file()
        or row["symbol"] not in symbols((root / row["path"]).read_text())
    ]


def test_every_change_leads_to_a_symbol_that_is_there() -> None:
    text = (ROOT / "docs/where.md").read_text()
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    # All rows except the table's head and the line below it.
    assert len(rows) - 2 == len(ROW.findall(text)) >= LEAST
    assert missing(text, ROOT) == []


@pytest.mark.parametrize(
    "named", ["house.py:gone", "gone.py:QUORUM", "house.py:inner", "house.py:imported"]
)
def test_a_symbol_that_is_not_there_is_found(tmp_path: Path, named: str) -> None:
    (tmp_path / "house.py").write_text(
        "from other import imported\n"
        "QUORUM = 2\nFIRST, LAST = 1, 2\nkept: dict[str, str] = {}\n"
        "class Seat:\n    inner = 1\ndef seeing() -> bool:\n    return True\n"
    )
    there = ["QUORUM", "FIRST", "LAST", "kept", "Seat", "seeing"]
    table = "".join(f"| A change | `house.py:{each}` |\n" for each in there)
    assert missing(f"{table}| Another | `{named}` |\n", tmp_path) == [named]
