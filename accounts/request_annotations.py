"""What upper apps want known of the member of every request, within the one query for it."""

from collections.abc import Callable

from django.db.models.expressions import BaseExpression, Combinable

from foundation.models import Agency

_annotations: dict[str, Callable[[Agency], BaseExpression | Combinable]] = {}


def register(name: str, expression: Callable[[Agency], BaseExpression | Combinable]) -> None:
    """Annotate `request.member` with this expression over Member, under this name."""
    _annotations[name] = expression


def request_annotations(agency: Agency) -> dict[str, BaseExpression | Combinable]:
    return {name: expression(agency) for name, expression in _annotations.items()}
