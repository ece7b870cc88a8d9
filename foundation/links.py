"""From a subject's type and id to its title and address, for a reader who may see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from accounts.models import Member


@dataclass(frozen=True)
class Link:
    title: str | Promise
    url: str


Resolver = Callable[[int, "Member"], Link | None]

_resolvers: dict[str, Resolver] = {}


def register(subject_type: str, resolver: Resolver) -> None:
    """Answer for subjects of this type, as `label_lower` writes it."""
    _resolvers[subject_type] = resolver


def link(subject_type: str, subject_id: int, reader: "Member") -> Link | None:
    """The subject's link, or None where it is unknown or this reader may not see it."""
    resolver = _resolvers.get(subject_type)
    return resolver(subject_id, reader) if resolver else None
