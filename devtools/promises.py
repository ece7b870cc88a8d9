"""Which tests hold each promise: read from their marks, without running them."""

import ast
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
MARK = "promise"


def held(tests: Path = ROOT / "tests") -> dict[str, list[str]]:
    """By a promise's code, the tests marked with it, as pytest names them."""
    found = defaultdict(list)
    for path in sorted(tests.rglob("test_*.py")):
        for function in ast.parse(path.read_text("utf-8")).body:
            if isinstance(function, ast.FunctionDef) and function.name.startswith("test_"):
                for code in _codes(function):
                    found[code].append(f"{path.relative_to(tests.parent)}::{function.name}")
    return dict(sorted(found.items()))


def _codes(function: ast.FunctionDef) -> Iterator[str]:
    for decorator in function.decorator_list:
        if (
            isinstance(decorator, ast.Call)
            and isinstance(decorator.func, ast.Attribute)
            and decorator.func.attr == MARK
        ):
            for each in decorator.args:
                assert isinstance(each, ast.Constant), f"a plain code at {function.name}"
                yield str(each.value)


def written() -> str:
    """The text of `cqi_portal/promises.json`."""
    return json.dumps(held(), indent=1) + "\n"
