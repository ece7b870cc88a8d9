"""Upper apps' annotations on the one query for each request's member."""

from collections.abc import Callable

from django.db.models.expressions import BaseExpression, Combinable, Value

from foundation.models import Agency

type Expression = BaseExpression | Combinable

_annotations: dict[str, Callable[[Agency, Value], Expression]] = {}


def register(name: str, expression: Callable[[Agency, Value], Expression]) -> None:
    """Annotate `request.member` with an expression over Member, under this name.

    It is built from an agency and a moment, which are stand-ins for the request's.
    """
    _annotations[name] = expression


def request_annotations(agency: Agency, moment: Value) -> dict[str, Expression]:
    return {name: expression(agency, moment) for name, expression in _annotations.items()}
