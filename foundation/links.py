"""From a subject's type and id to its title and address, for a reader who may see it."""

from collections.abc import Callable, Collection
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
Resolvers = Callable[[Collection[int], "Member"], dict[int, Link]]

_resolvers: dict[str, Resolver] = {}
_at_once: dict[str, Resolvers] = {}


def register(subject_type: str, resolver: Resolver) -> None:
    """Answer for subjects of this type, as `label_lower` writes it."""
    _resolvers[subject_type] = resolver


def register_many(subject_type: str, resolvers: Resolvers) -> None:
    """Answer for subjects of this type, one or many in the same queries."""
    _at_once[subject_type] = resolvers


def link(subject_type: str, subject_id: int, reader: "Member") -> Link | None:
    """The subject's link, or None where it is unknown or this reader may not see it."""
    return links(subject_type, [subject_id], reader).get(subject_id)


def links(subject_type: str, ids: Collection[int], reader: "Member") -> dict[int, Link]:
    """By key, the links of those of the subjects that this reader may see."""
    if subject_type in _at_once:
        return _at_once[subject_type](ids, reader)
    resolver = _resolvers.get(subject_type)
    if resolver is None:
        return {}
    found = {key: resolver(key, reader) for key in dict.fromkeys(ids)}
    return {key: link for key, link in found.items() if link is not None}
