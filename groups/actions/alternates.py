"""Alternates: named, agreed to, and stepping in while the other person is away."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from accounts.actions.leaves import save_within
from accounts.away import Away
from accounts.models import Member
from foundation import events
from foundation.models import Agency
from foundation.refusals import enforce
from groups import rules
from groups.actions.asks import count_ask
from groups.actions.seats import finish, locked
from groups.alternates import own_seat
from groups.models import Alternate, AlternateQuerySet, Ending, Group, Seat
from notifications.actions import tell


@transaction.atomic
def name_alternate(group: Group, member: Member, *, by: Member) -> Alternate:
    """Ask somebody to step in for `by` while they are away; whoever was named before is let go.

    They hear nothing of it while they must not meet somebody there. ValidationError: asked too
    often.
    """
    group = locked(group, by)
    today = by.agency.today()
    enforce(rules.naming_alternate(group, own_seat(by.agency, group.pk, by.pk, today), by))
    count_ask(member, field="member", by=by)
    open_rows = Alternate.objects.within(by.agency).open().filter(group=group)
    for earlier in open_rows.filter(holder=by).select_for_update():
        _end(_loaded(earlier, by.agency), by)
    row: Alternate = Alternate.objects.within(by.agency).create(
        group=group, holder=by, member=member, named_on=today
    )
    events.record("alternate.named", row, by=by)
    member.agency = by.agency
    if not rules.kept_from(row, member):
        tell(member, "alternate.named", subject=row, title=group.name)
    return row


@transaction.atomic
def agree_to_step_in(alternate: Alternate, *, by: Member) -> Alternate:
    """Agree to step in; refused in one sentence, whatever stands against it."""
    row = _locked(alternate, by)
    today = by.agency.today()
    seat = own_seat(by.agency, row.group_id, row.holder_id, today)
    enforce(rules.agreeing_to_step_in(row, seat, by))
    if row.accepted_on is None:
        row.accepted_on = today
        row.save(update_fields=["accepted_on"])
        events.record("alternate.agreed", row, by=by)
        tell(row.holder, "alternate.agreed", subject=row, title=row.group.name)
        recast(row)
    return row


@transaction.atomic
def end_alternate(alternate: Alternate, *, by: Member) -> Alternate:
    """End it, by either of the two; what the alternate said stays on record."""
    row = _locked(alternate, by)
    enforce(rules.ending_alternate(row, by))
    if row.ended_on is None:
        _end(row, by)
        other = row.holder if by.pk == row.member_id else row.member
        if not rules.kept_from(row, other):
            tell(other, "alternate.ended", subject=row, title=row.group.name)
    return row


def _end(row: Alternate, by: Member | None) -> None:
    row.ended_on = row.agency.today()
    row.save(update_fields=["ended_on"])
    events.record("alternate.ended", row, by=by)
    recast(row)


def recast_all(alternates: AlternateQuerySet, agency: Agency) -> None:
    """Bring the seats of these alternates in line with who is away; ends what has no ground."""
    rows = alternates.open().select_related("group", "holder", "member")
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        recast(_loaded(row, agency))


@transaction.atomic
def look_again(agency: Agency) -> None:
    """Judge anew, as facts that begin or end on a day have no event on that day."""
    away = Away.objects.within(agency).not_over(agency.today())
    rows = Alternate.objects.within(agency).accepted()
    recast_all(rows.filter(holder__in=away.values("member")), agency)


def recast(row: Alternate) -> None:
    """Let the alternate's seat hold exactly while the holder is away; inside an action.

    It has no vote of its own: a view that the alternate gives counts for the holder's seat.
    """
    agency, today = row.agency, row.agency.today()
    if row.ended_on is None and _is_groundless(row):
        _end(row, None)
        return
    seats = Seat.objects.within(agency).filter(Q(until=None) | Q(until__gt=today), stands_in=row)
    standing = seats.select_for_update().order_by("since", "pk").first()
    away = _time_away(row, today) if row.ended_on is None and row.accepted_on is not None else None
    if away is None:
        if standing is not None:
            _over(standing, today)
        return
    since = max(away.since, today)
    if standing is None:
        _begin(row, since, away.until)
    elif standing.until != away.until or standing.since > since:
        if standing.since > today:
            standing.since = since
        standing.until = away.until
        standing.save(update_fields=["since", "until"])
        events.record("seat.changed", standing, by=None, group=row.group_id, member=row.member_id)


def _is_groundless(row: Alternate) -> bool:
    """The holder's seat is over, or one of the two has gone."""
    today = row.agency.today()
    seats = Seat.objects.within(row.agency).filter(
        Q(until=None) | Q(until__gt=today), group=row.group_id, member=row.holder_id, stands_in=None
    )
    gone = any(each.erased_at or each.has_left for each in (row.holder, row.member))
    return gone or not seats.exists()


def _time_away(row: Alternate, today: date) -> Away | None:
    """The holder's time away that holds or comes, if the alternate fits the seat."""
    times = Away.objects.within(row.agency).not_over(today).filter(member=row.holder_id)
    away = times.order_by("since").first()
    seat = own_seat(row.agency, row.group_id, row.holder_id, today)
    return away if away is not None and rules.fitting(row, seat, today) is None else None


def _begin(row: Alternate, since: date, until: date | None) -> None:
    held = own_seat(row.agency, row.group_id, row.holder_id, row.agency.today())
    assert held is not None
    seat = Seat(
        agency=row.agency,
        group=row.group,
        member=row.member,
        standing=held.standing,
        employed_peer=held.employed_peer,
        voting=False,
        since=since,
        until=until,
        stands_in=row,
    )
    save_within("seat", seat, ending=Ending.PROGRAM, ends_by=None)
    events.record("seat.filled", seat, by=None, group=row.group_id, member=row.member_id)
    tell(row.member, "alternate.steps_in", subject=row, title=row.group.name)


def _over(seat: Seat, today: date) -> None:
    finish(seat, on=max(seat.since, today), ending=Ending.LEFT, by=None)


def _locked(alternate: Alternate, by: Member) -> Alternate:
    group = locked(alternate.group, by)
    rows = Alternate.objects.within(by.agency).select_related("holder", "member")
    row = rows.select_for_update(of=("self",)).get(pk=alternate.pk)
    row.group = group
    return _loaded(row, by.agency)


def _loaded(row: Alternate, agency: Agency) -> Alternate:
    row.agency = row.group.agency = row.holder.agency = row.member.agency = agency
    return row
