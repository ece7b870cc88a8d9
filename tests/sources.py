"""Sources as syntax trees, cached, since many tests read all of the project's modules."""

import ast
from functools import cache


@cache
def parsed(source: str) -> ast.Module:
    """The tree of a module's text. It is shared, so callers must not change it."""
    return ast.parse(source)
