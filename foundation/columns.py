"""From what a query brought with a row to a read model that says which columns there are."""

from dataclasses import fields
from typing import TYPE_CHECKING

from django.db.models import Model, Q
from django.db.models.expressions import BaseExpression

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

# What a query is asked to bring with each row, by name.
Columns = dict[str, BaseExpression | Q]


def columns_of[R: "DataclassInstance"](kind: type[R], row: Model) -> R:
    """The annotations of the row that are called as the fields of `kind`, all of them.

    Only for the function that asked for them: what leaves it is the read model, never the row
    with its annotations.
    """
    return kind(**{each.name: getattr(row, each.name) for each in fields(kind)})
