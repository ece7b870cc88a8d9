"""A group's composition on a day, in a fixed number of queries, and what may be told of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from accounts.dated import holding
from accounts.models import Member, StandingKind
from foundation import prepared
from foundation.models import Agency
from groups.models import Group, GroupQuerySet
from groups.policies import ACTIVE, FAMILY, PEERS, SHARE
from indicators.registry import Settings
from indicators.rules import comparing_days


@dataclass(frozen=True)
class Composition:
    """The voting seats of a group on a day."""

    agency_id: int
    group_id: int
    kind: str
    voting: int
    consumers: int
    """Primary consumers whom the agency does not employ."""
    employed_peers: int
    family_members: int
    active: bool
    """It exists, and had a voting seat in the last 30 days."""

    def counted(self, *, peers: bool = False, family: bool = False) -> int:
        """The consumers, with those whom a dated policy includes."""
        return (
            self.consumers
            + (self.employed_peers if peers else 0)
            + (self.family_members if family else 0)
        )


def enough(consumers: int, voting: int, percent: int = SHARE.default) -> bool:
    """Whether consumers are at least this percentage of voting members; in integers."""
    return 100 * consumers >= percent * voting


def missing(consumers: int, voting: int, percent: int = SHARE.default) -> int:
    """How many more consumers' seats would be enough if nobody else left.

    The smallest k >= 0 with 100 (consumers + k) >= percent (voting + k); percent < 100.
    """
    return max(0, -((100 * consumers - percent * voting) // (100 - percent)))


COLUMNS = (
    "agency_id",
    "pk",
    "kind",
    "voting",
    "consumers",
    "employed_peers",
    "family_members",
    "lately",
)


def _counted(groups: GroupQuerySet, on: date) -> QuerySet[Group, Any]:
    voting = Q(seats__voting=True) & holding(on, "seats__")
    consumer = voting & Q(seats__standing=StandingKind.PRIMARY_CONSUMER)
    # A seat that was given and ended on the same day was never held.
    ended = Q(seats__until__gt=on - ACTIVE.span) & Q(seats__until__gt=F("seats__since"))
    lately = Q(Q(seats__until=None) | ended, seats__voting=True, seats__since__lte=on)
    return groups.values("agency_id", "pk", "kind").annotate(
        voting=Count("seats", filter=voting),
        consumers=Count("seats", filter=consumer & Q(seats__employed_peer=False)),
        employed_peers=Count("seats", filter=consumer & Q(seats__employed_peer=True)),
        family_members=Count(
            "seats", filter=voting & Q(seats__standing=StandingKind.FAMILY_MEMBER)
        ),
        lately=Count("seats", filter=lately),
    )


def composition(groups: GroupQuerySet, on: date) -> list[Composition]:
    """The composition of each of these groups on that day, in their order; one query."""
    rows = _counted(groups.open(on), on)
    return [_told(*(row[name] for name in COLUMNS)) for row in rows]


def composition_of(agency: Agency, keys: Iterable[int], on: date) -> list[Composition]:
    """The same of the groups with these keys, with a query that is built once."""
    asked, values = prepared.of_keys(_of_keys, agency, on, keys)
    return [_told(*row) for row in asked.tuples(values)]


def _of_keys(agency: Agency, on: date) -> QuerySet[Group, object]:
    groups = Group.objects.within(agency).filter(prepared.one_of_keys("pk"))
    return _counted(groups.open(on), on)


def _told(
    agency_id: int,
    group_id: int,
    kind: str,
    voting: int,
    consumers: int,
    employed_peers: int,
    family_members: int,
    lately: int,
) -> Composition:
    return Composition(
        agency_id=agency_id,
        group_id=group_id,
        kind=kind,
        voting=voting,
        consumers=consumers,
        employed_peers=employed_peers,
        family_members=family_members,
        active=lately > 0,
    )


@dataclass(frozen=True)
class ConsumerShare:
    """What a page may say about a group's consumers."""

    told: bool
    met: bool = False
    missing: int = 0


def share(found: Composition, reader: Member, *, settings: Settings) -> ConsumerShare | None:
    """What this reader may know, under the indicator's settings; None without voting members.

    Only readers who may see standings: to others, "enough" or "one more" would reveal the standing
    of whoever came or left last. The committee reads of it in its reviews.
    """
    if found.voting == 0:
        return None
    if comparing_days(True, reader) is not None:
        return ConsumerShare(told=False)
    goal = settings.number(SHARE)
    consumers = found.counted(peers=settings.flag(PEERS), family=settings.flag(FAMILY))
    return ConsumerShare(
        True, enough(consumers, found.voting, goal), missing(consumers, found.voting, goal)
    )
