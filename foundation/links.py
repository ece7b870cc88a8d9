"""From a subject's type and id to its title and address, for readers who may see it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast
from django.utils.functional import Promise

from foundation.addresses import at

if TYPE_CHECKING:
    from accounts.models import Member


@dataclass(frozen=True)
class Link:
    title: str | Promise
    url: str


Resolver = Callable[[int, "Member"], Link | None]
Resolvers = Callable[[Collection[int], "Member"], dict[int, Link]]
Seen = Callable[["Member"], Any]


@dataclass(frozen=True)
class Named:
    """Subjects with a title column; `rows` selects those a reader may know of.

    `name` is the column or an expression; `worded` makes a title of its value; `key` is the column
    in the page's address, for subjects shown on another subject's page. `page` is that page's name,
    or a function that makes the address for a reader and such a key.
    """

    page: str | Callable[["Member", int], str]
    rows: Callable[["Member"], Any]
    name: Any
    worded: Callable[[str], str] = str
    key: str = "pk"

    def url(self, reader: "Member", key: int) -> str:
        if isinstance(self.page, str):
            return at(reader.agency, self.page, pk=key)
        return self.page(reader, key)


_named: dict[str, Named] = {}
_resolvers: dict[str, Resolver] = {}
_at_once: dict[str, Resolvers] = {}
_seen: dict[str, Seen] = {}


def register(subject_type: str, resolver: Resolver) -> None:
    """Register a resolver for one subject type, the code of its model (`subject_code`)."""
    _resolvers[subject_type] = resolver


def register_many(subject_type: str, resolvers: Resolvers) -> None:
    """Register resolvers for one subject type that take one or many ids in the same queries."""
    _at_once[subject_type] = resolvers


def register_named(subject_type: str, named: Named) -> None:
    """Register a subject type that is resolved together with others in a single query."""
    _named[subject_type] = named
    _seen[subject_type] = named.rows


def register_seen(subject_type: str, rows: Seen) -> None:
    """Register who may know of a subject type that `register_named` does not cover."""
    _seen[subject_type] = rows


def is_known(subject_type: str) -> bool:
    """Whether an app has registered who may know of this subject type."""
    return subject_type in _seen


def known_types() -> set[str]:
    """All subject types for which an app has registered who may know of them."""
    return set(_seen)


def seen_by(reader: "Member", type_field: str, id_field: str) -> Q:
    """Rows whose subject the reader may know of; none of an unregistered type."""
    seen = Q(pk__in=[])
    for subject_type, rows in _seen.items():
        subjects = rows(reader).order_by().values("pk")
        # In this order: the database then looks only among subjects of the row's own type.
        seen |= Q((type_field, subject_type), (f"{id_field}__in", subjects))
    return seen


def link(subject_type: str, subject_id: int, reader: "Member") -> Link | None:
    """The subject's link; None if it is unknown or hidden from this reader."""
    return links(subject_type, [subject_id], reader).get(subject_id)


def links(subject_type: str, ids: Collection[int], reader: "Member") -> dict[int, Link]:
    """The links, by key, of those subjects that this reader may see."""
    if subject_type in _named:
        rows = _titles(subject_type, reader, Q(pk__in=ids)) if ids else ()
        return {pk: titled(kind, key, name, reader) for kind, pk, key, name in rows}
    if subject_type in _at_once:
        return _at_once[subject_type](ids, reader)
    resolver = _resolvers.get(subject_type)
    if resolver is None:
        return {}
    found = {key: resolver(key, reader) for key in dict.fromkeys(ids)}
    return {key: link for key, link in found.items() if link is not None}


def named_kinds() -> tuple[str, ...]:
    """The subject types that are registered as named."""
    return tuple(_named)


def titles(reader: "Member", chosen: Callable[[str], Any]) -> Any:
    """A query set of the type, key, key of the page and title of named subjects.

    `chosen` makes the condition on the subjects of a type. The reader may know of all of them.
    """
    parts = [_titles(kind, reader, chosen(kind)) for kind in _named]
    return parts[0].union(*parts[1:], all=True)


def titled(kind: str, key: int, name: str, reader: "Member") -> Link:
    """The link of a row of `titles`."""
    return Link(_named[kind].worded(name), _named[kind].url(reader, key))


def found_singly(subject_type: str) -> bool:
    """Whether subjects of this type have a page but no title that `named` could give."""
    return subject_type in _at_once or subject_type in _resolvers


def _titles(kind: str, reader: "Member", chosen: Any) -> Any:
    named = _named[kind]
    columns = (
        Value(kind, output_field=CharField()),
        F("pk"),
        F(named.key),
        Cast(named.name, CharField()),
    )
    return named.rows(reader).filter(chosen).order_by().values_list(*columns)
