"""Every event the product records has words for the activity page."""

import ast
from collections.abc import Iterator

from accounts import activity
from tests.foundation.test_source import APPS, sources
from tests.sources import nodes

RECORDERS = {"record", "_record"}


def names(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from names(node.body)
        yield from names(node.orelse)


def recorded() -> set[str]:
    found = set()
    for path in sources(*APPS):
        for node in nodes(path.read_text()):
            if isinstance(node, ast.Call) and node.args:
                called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
                called = node.func.id if isinstance(node.func, ast.Name) else called
                if called in RECORDERS:
                    found |= {name for name in names(node.args[0]) if "." in name}
    return found


def test_every_event_has_words() -> None:
    found = recorded()
    assert len(found) > 50
    unknown = {name for name in found if activity.words(name) == as_it_is(name)}
    assert unknown == set()


def as_it_is(name: str) -> str:
    return name.replace(".", ": ").replace("_", " ")
