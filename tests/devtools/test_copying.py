"""Copies of expressions equal those of Python's own way."""

from copy import copy
from typing import Any

import pytest
from django.db.models import Count, Exists, ExpressionWrapper, F, IntegerField, OuterRef, Q, Value
from django.db.models.expressions import BaseExpression, Case, RawSQL, Subquery, When
from django.db.models.functions import Cast, Coalesce, Now

from accounts.models import Member

OTHERS = Member.everything.filter(pk=OuterRef("pk"))
EXPRESSIONS: dict[str, Any] = {
    "value": Value(3, IntegerField()),
    "function": Coalesce("name", Value("")),
    "cast": Cast("pk", IntegerField()),
    "now": Now(),
    "aggregate": Count("pk", filter=Q(name="")),
    "subquery": Subquery(OTHERS.values("pk")),
    "exists": Exists(OTHERS),
    "case": Case(When(name="", then=Value(1)), default=Value(2)),
    "wrapper": ExpressionWrapper(F("pk") + 1, IntegerField()),
    "raw": RawSQL("%s", [1]),
}


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_a_copy_holds_the_same_and_is_another(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expression: BaseExpression = EXPRESSIONS[name]
    monkeypatch.setitem(vars(expression), "convert_value", repr)  # Computed afresh for each copy.
    at_once = copy(expression)
    monkeypatch.delattr(BaseExpression, "__copy__")
    ordinary = copy(expression)
    assert at_once is not expression
    assert type(at_once) is type(ordinary)
    assert (
        vars(at_once).keys() == vars(ordinary).keys() == vars(expression).keys() - {"convert_value"}
    )
    assert all(vars(at_once)[key] is value for key, value in vars(ordinary).items())
