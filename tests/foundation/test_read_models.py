"""Pages show read models: no attributes are attached to rows, and no `Any` is used."""

import ast
from collections.abc import Iterator

from django.apps import apps

from tests.foundation.test_source import ROOT, sources
from tests.sources import nodes

# Packages that comply; add each that is cleaned up.
ROOMS = ("cells/cell", "cells/handing_on", "cells/ideas", "cells/overview")

# Attributes set on other things than rows, or on a row under a column's name.
TOLD = {
    "cells/handing_on/actions/bringing_back.py: setattr": "a column that the closing changed",
    "cells/handing_on/actions/closing.py: setattr": "a column, whose old value is kept",
    "cells/handing_on/actions/duties.py: setattr": "the column of the person of a duty",
    "cells/handing_on/closing_form.py: queryset": "a field of a form",
    "cells/ideas/forms.py: initial": "a field of a form",
    "cells/ideas/forms.py: label_from_instance": "a field of a form",
    "cells/ideas/forms.py: queryset": "a field of a form",
    "cells/ideas/forms.py: widget": "a field of a form",
    "cells/overview/packet/paper.py: element": "a paragraph of ReportLab",
    "cells/overview/packet/tags.py: MarkInfo": "what a PDF holds",
    "cells/overview/packet/tags.py: StructParents": "what a PDF holds",
    "cells/overview/packet/tags.py: StructTreeRoot": "what a PDF holds",
    "cells/overview/packet/tags.py: Tabs": "what a PDF holds",
    "cells/overview/packet/tags.py: __NoDefault__": "what a PDF holds",
    "cells/overview/packet/tags.py: element": "a paragraph of ReportLab",
}

# How often a file uses `Any`, and for what. These numbers may only shrink.
ANY = {
    "cells/handing_on/actions/closing.py": (1, "values of columns, by their names"),
    "cells/handing_on/closing_form.py": (3, "what forms of Django take and give"),
    "cells/handing_on/duties.py": (3, "rows of the model that a kind names"),
    "cells/handing_on/forms.py": (2, "what forms of Django take and give"),
    "cells/handing_on/goes_on.py": (3, "rows of the model that is asked for"),
    "cells/handing_on/models.py": (2, "keys that may be empty, as in groups.models"),
    "cells/ideas/actions/opportunities.py": (2, "ids, codes and numbers of an event"),
    "cells/ideas/busy.py": (2, "rows of an app above, each with an idea"),
    "cells/ideas/forms.py": (7, "what forms of Django take and give"),
    "cells/overview/packet/layout.py": (2, "ReportLab has no types"),
    "cells/overview/packet/paper.py": (2, "ReportLab has no types"),
    "cells/overview/packet/tags.py": (5, "ReportLab has no types"),
}


def columns() -> set[str]:
    """The names of all columns, as objects and as keys."""
    fields = [field for model in apps.get_models() for field in model._meta.concrete_fields]
    return {name for field in fields for name in (field.name, field.attname)}


def hung(source: str, known: set[str]) -> Iterator[str]:
    """Attributes set on anything but `self` under a name that is no column."""
    for node in nodes(source):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "setattr":
            yield "setattr"
        if not isinstance(node, ast.Attribute) or not isinstance(node.ctx, ast.Store):
            continue
        own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
        if not own and node.attr not in known:
            yield node.attr


def untyped(source: str) -> int:
    """How often `Any` is used, not counting its import."""
    named = sum(isinstance(node, ast.Name) and node.id == "Any" for node in nodes(source))
    return named + sum(
        isinstance(node, ast.Constant) and node.value == "Any" for node in nodes(source)
    )


def in_rooms() -> Iterator[tuple[str, str]]:
    """Each file of these packages, by its path from the root, with its contents."""
    for room in ROOMS:
        for path in sources(room):
            yield str(path.relative_to(ROOT)), path.read_text()


def test_nothing_is_hung_on_a_row_that_is_no_column_of_it() -> None:
    known = columns()
    found = {f"{path}: {name}" for path, source in in_rooms() for name in hung(source, known)}
    assert found == set(TOLD)


def test_what_has_any_type_is_told_and_becomes_less() -> None:
    found = {path: count for path, source in in_rooms() if (count := untyped(source))}
    assert found == {path: count for path, (count, _why) in ANY.items()}


def test_what_is_hung_on_a_row_is_found() -> None:
    planted = "row.judged_by = 1\nrow.title = 'x'\nfor row.late in rows: pass\nself.late = 1\n"
    planted += "row.group.place_of: int = 3\nsetattr(row, 'n', 1)\nrow.n += row.m\n"
    assert sorted(hung(planted, {"title"})) == ["judged_by", "late", "n", "place_of", "setattr"]


def test_what_has_any_type_is_found() -> None:
    planted = "from typing import Any\nrow: Any = x\ndef f(a: list[Any]) -> 'Any': ...\n"
    assert untyped(planted) == 3
