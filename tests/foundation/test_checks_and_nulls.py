"""No check of a row is unknown: PostgreSQL lets those pass, as if they held.

`months >= 1` says nothing against a row without months. So each condition of each model is tried
with every mix of its columns' values and nulls, in SQL's three truths; a mix that makes all of it
unknown is a row that the check lets in unseen.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.db.models import CheckConstraint, F, Model, Q

# Stands for any value that the condition does not name.
OTHER = object()
COMPARED = {"gt", "gte", "lt", "lte", "range", "startswith", "regex", "contains"}
Truth = bool | None
Lookup = tuple[str, Any]


def lookups(condition: Q) -> Iterator[Lookup]:
    for part in condition.children:
        if isinstance(part, Q):
            yield from lookups(part)
        else:
            yield part if isinstance(part, tuple) else ("", part)


def column_of(name: str) -> tuple[str, str]:
    column, _separator, lookup = name.partition("__")
    return column, lookup or "exact"


def is_open(lookup: Lookup) -> bool:
    """Whether it can be true or false whatever its column's value is called."""
    name, value = lookup
    compared = column_of(name)[1].split("__")[-1] in COMPARED
    return compared or not name or hasattr(value, "resolve_expression")


def plain(value: Any) -> bool:
    return not hasattr(value, "resolve_expression") and not isinstance(value, list | dict)


class Row:
    """One mix of values: each column's, None for null; and how the open lookups come out."""

    def __init__(self, columns: dict[str, Any], answers: dict[str, bool]) -> None:
        self.columns, self.answers = columns, answers

    def truth(self, condition: Q, *, negated: bool = False) -> Truth:
        """What the condition comes to, as SQL evaluates what Django writes."""
        negated ^= condition.negated
        found = [
            self.truth(part, negated=negated)
            if isinstance(part, Q)
            else self._of(part if isinstance(part, tuple) else ("", part), negated=negated)
            for part in condition.children
        ]
        if condition.connector == Q.AND:
            whole = False if False in found else None if None in found else True
        else:
            whole = True if True in found else None if None in found else False
        return (None if whole is None else not whole) if condition.negated else whole

    def _of(self, lookup: Lookup, *, negated: bool) -> Truth:
        name, value = lookup
        column, kind = column_of(name)
        if kind == "isnull":
            return (self.columns[column] is None) == bool(value)
        if kind == "exact" and value is None:
            return self.columns[column] is None
        other = str(getattr(value, "name", "")) if isinstance(value, F) else ""
        if None in (self.columns.get(column, OTHER), self.columns.get(other, OTHER)):
            # In a negation Django adds that the column is not null.
            return False if negated else None
        if is_open(lookup):
            return self.answers[repr(lookup)]
        return self.columns[column] in (value if kind == "in" else [value])


def unknown(model: type[Model], condition: Q) -> dict[str, Any] | None:
    """Values that make the condition unknown; None if there are none."""
    asked = list(lookups(condition))
    columns: dict[str, list[Any]] = {}
    for name, value in asked:
        if name:
            column, kind = column_of(name)
            values = columns.setdefault(column, [OTHER])
            named = [value] if kind == "exact" and plain(value) else []
            named = list(value) if kind == "in" and not is_open((name, value)) else named
            values += [each for each in named if each is not None and each not in values]
    for column, values in columns.items():
        if model._meta.get_field(column).null:
            values.append(None)
    opened = list(dict.fromkeys(repr(each) for each in asked if is_open(each)))
    for mix in product(*columns.values()):
        if None not in mix:
            continue
        for answers in product((True, False), repeat=len(opened)):
            row = Row(dict(zip(columns, mix, strict=True)), dict(zip(opened, answers, strict=True)))
            if row.truth(condition) is None:
                return row.columns
    return None


def checks() -> Sequence[tuple[type[Model], CheckConstraint]]:
    return [
        (model, constraint)
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint) and isinstance(constraint.condition, Q)
    ]


def test_no_check_is_unknown_for_a_row_with_nulls() -> None:
    found = checks()
    assert len(found) > 300
    let_in = {
        f"{model.__name__}.{constraint.name}": mix
        for model, constraint in found
        if isinstance(constraint.condition, Q)
        and (mix := unknown(model, constraint.condition)) is not None
    }
    assert let_in == {}


@pytest.mark.parametrize(
    ("condition", "lets_in"),
    [
        # With nullable columns `closed_by` and `closed_on`.
        (Q(closed_on__gte=F("opens")), True),
        (Q(closed_on__isnull=False, closed_on__gte=F("opens")), False),
        (Q(closed_on=None) | Q(closed_on__gte=F("opens")), False),
        (Q(lost=False) | Q(answered=0), True),
        (Q(lost=False) | Q(answered__isnull=False, answered=0), False),
        (~Q(answered=0), False),
    ],
)
def test_it_tells_checks_that_hold_from_unknown_ones(condition: Q, *, lets_in: bool) -> None:
    model = apps.get_model("satisfaction", "SurveyRound")
    assert (unknown(model, condition) is not None) == lets_in
