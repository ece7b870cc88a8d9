"""Titles and addresses of subjects of many types, asked with one kept query."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Func, QuerySet

from accounts.anybody import anybody
from accounts.models import Member
from foundation import links, prepared
from foundation.links import Link

Subject = tuple[str, int]


def named(subjects: Iterable[Subject], reader: Member) -> dict[Subject, Link]:
    """The links, by type and key, of named subjects that this reader may see.

    One query for all types, whichever are asked for: each set of types would be a statement of its
    own. It reads no policies.
    """
    keys: dict[str, list[int]] = {kind: [] for kind in links.named_kinds()}
    for kind, key in subjects:
        if kind in keys:
            keys[kind].append(key)
    if not any(keys.values()):
        return {}
    on = reader.agency.today()
    anyone = anybody(reader, on, ruled=False)
    lists = {_stand_in(number): kind for number, kind in enumerate(keys)}
    asked = prepared.prepared(
        (named, *keys, *anyone.key), lambda: _rows(anyone.member), anyone.stand_ins | lists
    )
    return {
        (kind, pk): links.titled(kind, key, title, reader)
        for kind, pk, key, title in asked.tuples({**anyone.values, **keys})
    }


def _rows(reader: Member) -> QuerySet[Any]:
    numbers = {kind: number for number, kind in enumerate(links.named_kinds())}

    def chosen(kind: str) -> Func:
        return prepared.one_of_keys("pk", _stand_in(numbers[kind]))

    rows: QuerySet[Any] = links.titles(reader, chosen)
    return rows


def _stand_in(number: int) -> int:
    return prepared.KEYS + number


def links_of(subjects: Iterable[Subject], reader: Member) -> dict[Subject, Link]:
    """The links of subjects of any types, in one query for all named ones."""
    asked = {*subjects}
    found = named(asked, reader)
    others: dict[str, list[int]] = defaultdict(list)
    for kind, key in asked:
        if kind not in links.named_kinds():
            others[kind].append(key)
    for kind, ids in others.items():
        found |= {(kind, pk): link for pk, link in links.links(kind, ids, reader).items()}
    return found
