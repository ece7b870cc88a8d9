"""The standing in which a member joins a group or a meeting, copied onto the row."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from accounts.models import Member, Standing, StandingKind


class TakenAs(NamedTuple):
    kind: StandingKind
    employed_peer: bool = False


# Of several standings, one employed by the agency comes first, so that nobody counts as a consumer
# unless somebody says so.
_ORDER = (
    StandingKind.MANAGER,
    StandingKind.PROVIDER,
    StandingKind.PRIMARY_CONSUMER,
    StandingKind.FAMILY_MEMBER,
    StandingKind.OTHER,
    StandingKind.UNDISCLOSED,
)


def standings(members: Iterable[Member], on: date) -> Mapping[int, list[TakenAs]]:
    """Each member's standings on that day, by member key, the default first."""
    found: dict[int, list[TakenAs]] = {member.pk: [] for member in members}
    one = next(iter(members), None)
    if one is None:
        return found
    for row in Standing.objects.within(one.agency).on(on).filter(member__in=found):
        found[row.member_id].append(TakenAs(StandingKind(row.kind), row.employed_peer))
    for each in found.values():
        each.sort(key=lambda taken: _ORDER.index(taken.kind))
    return found


def taken_as(member: Member, on: date) -> TakenAs:
    """The default standing on that day; undisclosed if there is none."""
    held = standings([member], on)[member.pk]
    return held[0] if held else TakenAs(StandingKind.UNDISCLOSED)
