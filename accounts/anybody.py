"""A stand-in for all members with the same roles, so that one kept query answers for each."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from accounts.models import Member
from foundation import policies, prepared
from foundation.models import TenantModel


@dataclass(frozen=True)
class Anybody:
    """Whom a query is built for, what it is kept by, and the values of the member who asks.

    `member` has nothing but a key, an agency key, policies and roles: reading more while the query
    is built raises an error.
    """

    member: Member
    key: tuple[Hashable, ...]
    stand_ins: dict[Any, str]
    values: dict[str, Any]


def anybody(
    member: Member, on: date, *codes: Callable[[Member], tuple[str, ...]], ruled: bool = True
) -> Anybody:
    """Everybody who is like this member, on a day that the query is built with.

    Each of `codes` repeats what else is derived from the member's key in Python. `ruled`: the query
    depends on policies; reading one while another is built raises an error.
    """
    other: Member = prepared.of(Member, id=prepared.MEMBER, agency_id=prepared.AGENCY)
    other.agency = prepared.agency(member.agency if ruled else None, on)
    other.roles = member.roles
    stand_ins: dict[Any, str] = {prepared.MEMBER: "member", prepared.AGENCY: "agency"}
    values: dict[str, Any] = {"member": member.pk, "agency": member.agency_id}
    for derive in codes:
        for code, theirs in zip(derive(other), derive(member), strict=True):
            stand_ins[code], values[code] = code, theirs
    changes = policies.changes(member.agency) if ruled else ()
    key = (*stand_ins, on, member.roles, get_language(), *changes)
    return Anybody(other, key, stand_ins, values)


def kept[M: TenantModel](
    build: Callable[[Member, date], QuerySet[M]], member: Member, on: date, *, ruled: bool = True
) -> list[M]:
    """The rows of the query set that a function makes for a member and a day.

    It is made once for all members like this one, and kept by the function, which is a module's.
    """
    anyone = anybody(member, on, ruled=ruled)
    asked = prepared.prepared(
        (build, *anyone.key), lambda: build(anyone.member, on), anyone.stand_ins
    )
    found: list[M] = asked.models(anyone.values)
    for row in found:
        row.agency = member.agency
    return found


def kept_row[M: TenantModel](
    build: Callable[[Member, date], QuerySet[M]], member: Member, on: date, pk: int
) -> M | None:
    """The row with this key, of a query set with `prepared.ROW` in its place; None without one.

    As `kept`, but for what depends on no policies, so that a page need not read them.
    """
    found = kept_rows(build, member, on, row=pk)
    return found[0] if found else None


def kept_rows[M: TenantModel](
    build: Callable[[Member, date], QuerySet[M]], member: Member, on: date, **values: Any
) -> list[M]:
    """The rows of a query set with `prepared.ROW`, `CODE` or keys, passed by these names.

    As `kept_row`.
    """
    anyone = anybody(member, on, ruled=False)
    stand_ins = anyone.stand_ins | _PASSED
    asked = prepared.prepared((build, *anyone.key), lambda: build(anyone.member, on), stand_ins)
    found: list[M] = asked.models(anyone.values | values)
    for row in found:
        row.agency = member.agency
    return found


_PASSED: dict[Any, str] = {prepared.ROW: "row", prepared.KEYS: "keys", prepared.CODE: "code"}
