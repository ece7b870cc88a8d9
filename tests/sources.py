"""Source texts as trees; many tests look through all of the house's modules."""

import ast
from functools import cache


@cache
def parsed(source: str) -> ast.Module:
    """The tree of a module's text. It is shared: whoever reads it changes nothing in it."""
    return ast.parse(source)
