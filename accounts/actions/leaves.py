"""Leaves: people leave, return as the same member, and mistaken leaves are undone."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from accounts import rules
from accounts.leaves import Clip, Given, LateLeave, Leave
from accounts.models import Member, RoleGrant, Standing
from accounts.permissions import Role
from foundation import events
from foundation.models import Agency, TenantModel, TenantQuerySet
from foundation.refusals import enforce

# What a leave cuts short, by code. Upper apps cut and restore their own rows.
CUT: dict[str, type[RoleGrant] | type[Standing]] = {"role": RoleGrant, "standing": Standing}


@transaction.atomic
def end_membership(member: Member, *, on: date, by: Member, why: LateLeave | str = "") -> Member:
    """End the membership on that day, and the person's roles and standings with it.

    `why` is stored for a day that has passed, and for the person's first day.
    """
    hold_administrators(by.agency)
    member = Member.objects.within(by.agency).select_for_update().get(pk=member.pk)
    enforce(rules.ending_membership(member, by, by.agency.today()))
    if on < rules.begin_of_time(member):
        raise ValidationError({"on": _("This is before the day on which the person came.")})
    if rules.leave_needs_reason(member, on, by.agency.today()) and not why:
        raise ValidationError(
            {"why": _("This changes days that have passed. Say why it is written down only now.")}
        )
    leave = end_all(member, on, by=by, why=why)
    events.record(
        "member.left",
        member,
        by=by,
        member=member.pk,
        on=on.isoformat(),
        leave=leave.pk,
        why=leave.why,
    )
    return member


def end_all(member: Member, on: date, *, by: Member, why: LateLeave | str) -> Leave:
    """End the membership, roles and standings, even earlier than planned; inside an action."""
    today = by.agency.today()
    since = rules.begin_of_time(member)
    late = rules.leave_needs_reason(member, on, today)
    leave = leave_of(member) or Leave(agency=by.agency, member=member, since=since)
    leave.on, leave.entered_on, leave.by, leave.why = on, today, by, why if late else ""
    leave.save()
    for what, model in CUT.items():
        # Any: the query sets of roles and standings share no type.
        rows: Any = model.objects.within(by.agency)
        for row in rows.filter(Q(until=None) | Q(until__gt=on), member=member):
            note_cut(leave, what, row)
            row.until = max(on, row.since)
            row.save(update_fields=["until"])
    member.until = on
    member.version += 1
    member.save(update_fields=["until", "version"])
    return leave


def note_cut(leave: Leave, what: str, row: Given) -> None:
    """Record a row's planned end before the leave cuts it short."""
    Clip.objects.within(leave.agency).get_or_create(
        agency=leave.agency,
        leave=leave,
        what=what,
        row=row.pk,
        defaults=_how_it_ends(row),
    )


def leave_of(member: Member) -> Leave | None:
    """The leave under which the person is gone or will go; one query if a last day is known."""
    if member.until is None:
        return None
    return Leave.objects.within(member.agency).running().filter(member=member).first()


def save_within(
    what: str, row: Given, *, instead_of: Given | None = None, **ending: str | None
) -> None:
    """Save a row given to a member, cut off at their last day if one is known.

    `instead_of`: the row it replaces, which the leave may have cut already; `ending`: other fields
    that end with the membership.
    """
    member = Member.objects.within(row.agency).select_for_update().get(pk=row.member_id)
    leave = leave_of(member)
    if leave is None:
        row.save()
        return
    clips = Clip.objects.within(leave.agency).filter(leave=leave, what=what)
    before = clips.filter(row=instead_of.pk).first() if instead_of is not None else None
    if before is not None:
        kept = {"until": before.until, "ending": before.ending, "ends_by": before.ends_by}
    elif row.until is None or row.until > leave.on:
        kept = _how_it_ends(row)
    else:
        row.save()
        return
    row.until = max(leave.on, row.since)
    for field, value in ending.items():
        setattr(row, field, value)
    row.save()
    clips.update_or_create(agency=leave.agency, leave=leave, what=what, row=row.pk, defaults=kept)


def _how_it_ends(row: Given) -> dict[str, Any]:
    """The columns of a Clip; only seats have the last two."""
    return {
        "until": row.until,
        "ending": getattr(row, "ending", ""),
        "ends_by": getattr(row, "ends_by_id", None),
    }


@transaction.atomic
def take_leave_back(leave: Leave, *, by: Member) -> Member:
    """Undo a mistaken leave: what it cut short continues as planned.

    Whatever has ended independently since then stays ended.
    """
    member = Member.objects.within(by.agency).select_for_update().get(pk=leave.member_id)
    leave = Leave.objects.within(by.agency).select_for_update().get(pk=leave.pk)
    today = by.agency.today()
    enforce(rules.taking_leave_back(leave, member, by, today))
    leave.taken_back_on, leave.taken_back_by = today, by
    leave.save(update_fields=["taken_back_on", "taken_back_by"])
    member.until = None
    member.version += 1
    member.save(update_fields=["until", "version"])
    for what, model in CUT.items():
        # Any: the query sets of roles and standings share no type.
        rows: Any = model.objects.within(by.agency)
        for clip, row in cut_by(leave, what, rows):
            row.until = clip.until
            row.save(update_fields=["until"])
    events.record("member.leave_taken_back", member, by=by, member=member.pk, leave=leave.pk)
    return member


def cut_by[T: TenantModel](
    leave: Leave, what: str, rows: TenantQuerySet[T]
) -> list[tuple[Clip, T]]:
    """Rows the leave cut short and nothing has ended since, with their planned ends."""
    clips = {
        clip.row: clip for clip in Clip.objects.within(leave.agency).filter(leave=leave, what=what)
    }
    as_cut = Greatest(F("since"), Value(leave.on))
    cut = rows.filter(pk__in=clips, until=as_cut).select_for_update(of=("self",)).order_by("pk")
    return [(clips[row.pk], row) for row in cut]


@transaction.atomic
def bring_back(member: Member, *, by: Member) -> Member:
    """Let somebody who left take part again from today on, as the same member.

    Their past stays theirs; roles, standings and seats must be given anew.
    """
    member = Member.objects.within(by.agency).select_for_update().get(pk=member.pk)
    today = by.agency.today()
    enforce(rules.bringing_back(member, by, today))
    leaves = Leave.objects.within(by.agency).running().filter(member=member)
    leaves.update(returned_on=today)
    member.until = None
    member.version += 1
    member.save(update_fields=["until", "version"])
    events.record("member.returned", member, by=by, member=member.pk)
    return member


def hold_administrators(agency: Agency) -> None:
    """Lock the administrators' roles, so that no other action ends one meanwhile."""
    grants = RoleGrant.objects.within(agency).filter(role=Role.ADMINISTRATOR, until=None)
    list(grants.select_for_update().order_by("pk"))
