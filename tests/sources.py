"""Sources as syntax trees, cached, since many tests read all of the project's modules."""

import ast
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path


@cache
def parsed(source: str) -> ast.Module:
    """The tree of a module's text. It is shared, so callers must not change it."""
    return ast.parse(source)


@cache
def nodes(source: str) -> tuple[ast.AST, ...]:
    """All nodes of the tree, as `ast.walk` finds them: walking takes as long as parsing."""
    return tuple(ast.walk(parsed(source)))


def modules_below(root: Path, *, but: Collection[str]) -> Iterator[Path]:
    """The modules in the folders of this one, except for those that are named."""
    for folder in sorted(root.iterdir()):
        if folder.is_dir() and folder.name not in but:
            yield from sorted(folder.rglob("*.py"))
