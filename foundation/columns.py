"""From a query's annotations to a read model that declares its columns."""

from dataclasses import fields
from typing import TYPE_CHECKING

from django.db.models import Model, Q
from django.db.models.expressions import BaseExpression

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

# Annotations to add to each row, by name.
Columns = dict[str, BaseExpression | Q]


def columns_of[R: "DataclassInstance"](kind: type[R], row: Model) -> R:
    """Build `kind` from the row's annotations, which must match its fields by name.

    Only for the function that added the annotations: it returns the read model, never the annotated
    row.
    """
    return kind(**{each.name: getattr(row, each.name) for each in fields(kind)})
