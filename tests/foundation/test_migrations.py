"""Data that a migration writes is in a migration of its own."""

import ast
import re
from pathlib import Path

import pytest

from tests.foundation.test_source import APPS, ROOT
from tests.sources import parsed

# PostgreSQL refuses to alter a table in the transaction that has just written to it; a database
# without rows does not show this.
WRITES = re.compile(r"^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\b", re.MULTILINE)
BODY = re.compile(r"\$\$.*?\$\$", re.DOTALL)
ONLY_WRITES = {"RunSQL", "RunPython"}


def mixes(source: str) -> bool:
    """Whether one migration both writes rows and changes tables."""
    tree = parsed(source)
    texts = [each.value for each in ast.walk(tree) if isinstance(each, ast.Constant)]
    writes = any(WRITES.search(BODY.sub("", text)) for text in texts if isinstance(text, str))
    operations = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "migrations"
    }
    return writes and not operations <= ONLY_WRITES


def files(app: str) -> list[Path]:
    return sorted((ROOT / app / "migrations").glob("0*.py"))


@pytest.mark.parametrize("app", [*APPS, "foundation"])
def test_rows_are_written_by_migrations_of_their_own(app: str) -> None:
    found = {str(path.relative_to(ROOT)) for path in files(app) if mixes(path.read_text())}
    assert found == set()


def test_one_that_does_both_is_found() -> None:
    writing = 'migrations.RunSQL("""\nINSERT INTO a SELECT 1;\n""")'
    trigger = 'migrations.RunSQL("CREATE FUNCTION f() AS $$\\nDELETE FROM a;\\n$$")'
    assert mixes(f"operations = [migrations.AddField(1), {writing}]")
    assert not mixes(f"operations = [{writing}]")
    assert not mixes(f"operations = [migrations.AddField(1), {trigger}]")
