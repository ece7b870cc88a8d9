"""The first line of each person who came to a meeting, in a few queries for all of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from simple_history.utils import bulk_create_with_history

from accounts.models import Member, Standing
from compensation.claims.actions.claiming import begun, claim, plan_in_force, tell_of_cap
from compensation.claims.actions.given import GivenTime
from compensation.claims.models import Claim
from compensation.claims.models.owed import keep_owed
from compensation.offers.actions import offer_for_lines
from compensation.offers.models import Election
from compensation.offers.rules import PAID_STANDINGS
from compensation.other_work.models import OtherWork
from foundation import events
from foundation.models import Agency
from groups.models import Attendance


@dataclass(frozen=True)
class FirstLineFacts:
    """What the first lines of several people for one day rest on, by member key.

    `others` gave other time that day or have lines for it: what theirs come to depends on each
    other.
    """

    members: Mapping[int, Member]
    others: frozenset[int]
    employed_peers: frozenset[int]
    elections: Mapping[int, list[Election]]


@transaction.atomic
def claim_first(agency: Agency, given: Sequence[GivenTime]) -> None:
    """Bring the lines of attendances of one meeting to their worth, as `claim` does for each."""
    if not given or (plan := plan_in_force(agency, given[0].on)) is None:
        return
    facts = _facts(agency, given)
    lines = []
    for each in given:
        key = each.member.pk
        if key in facts.others:
            claim(each)
        elif each.standing not in PAID_STANDINGS and key not in facts.employed_peers:
            member, elections = facts.members[key], facts.elections[key]
            lines.append(begun(each, member, plan, others=(), elections=elections))
    made = bulk_create_with_history([line for line in lines if line is not None], Claim)
    if not made:
        return
    keep_owed(made)
    events.record_all("payment.earned", made, by=None)
    offer_for_lines([line.member for line in made], on=agency.today())
    for line in made:
        tell_of_cap(line)


def _facts(agency: Agency, given: Sequence[GivenTime]) -> FirstLineFacts:
    """Read them; the members are locked, in the order of their keys, until the transaction ends."""
    on, keys = given[0].on, sorted({each.member.pk for each in given})
    locked = Member.objects.within(agency).filter(pk__in=keys).order_by("pk")
    members = {row.pk: row for row in locked.select_for_update(no_key=True)}
    standings = Standing.objects.within(agency).on(on).filter(member__in=keys, employed_peer=True)
    elections: dict[int, list[Election]] = defaultdict(list)
    for row in Election.objects.within(agency).filter(member__in=keys).that_held():
        elections[row.member_id].append(row)
    return FirstLineFacts(
        members=members,
        others=_with_other_time(agency, keys, on, given),
        employed_peers=frozenset(standings.values_list("member", flat=True)),
        elections=elections,
    )


def _with_other_time(
    agency: Agency, keys: Sequence[int], on: date, given: Sequence[GivenTime]
) -> frozenset[int]:
    """Who of them gave other time that day, or has a line for it; three queries."""
    these = [each.attendance.pk for each in given if each.attendance is not None]
    attendances = Attendance.objects.within(agency).filter(member__in=keys, meeting__on=on)
    works = OtherWork.objects.within(agency).standing().filter(member__in=keys, on=on)
    # An attendance that is recorded again has lines of its own.
    lines = Claim.objects.within(agency).for_time()
    lines = lines.filter(Q(member__in=keys, service_on=on) | Q(attendance__in=these))
    asked = (attendances.exclude(pk__in=these), works, lines)
    return frozenset(key for rows in asked for key in rows.values_list("member", flat=True))
