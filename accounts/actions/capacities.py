"""Standings and roles: dated, never overwritten."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import lending, rules
from accounts.actions.leaves import hold_administrators, save_within
from accounts.models import Member, RoleGrant, Standing, StandingKind
from accounts.permissions import Role
from foundation import events
from foundation.refusals import enforce

# Colleagues know these anyway, so "prefer not to say" hides only the other standings.
AT_WORK = (StandingKind.PROVIDER, StandingKind.MANAGER)


@transaction.atomic
def grant_role(member: Member, *, role: Role, since: date, by: Member) -> RoleGrant:
    """Grant a role from that day on; never for past days."""
    member = _locked(member, by)
    today = by.agency.today()
    enforce(rules.granting(member, by, today))
    if since < today:
        raise ValidationError({"since": _("A role can’t begin in the past.")})
    enforce(rules.granting(member, by, since))
    held = RoleGrant.objects.within(by.agency).filter(member=member, role=role)
    if held.filter(Q(until=None) | Q(until__gt=since)).exists():
        raise ValidationError({"role": _("The person has this role already.")})
    grant = RoleGrant(agency=by.agency, member=member, role=role, since=since)
    save_within("role", grant)
    events.record("role.granted", grant, by=by, member=member.pk, role=role.value)
    return grant


@transaction.atomic
def end_role(grant: RoleGrant, *, by: Member) -> RoleGrant:
    """End the role today, effective at once."""
    hold_administrators(by.agency)
    grant = RoleGrant.objects.within(by.agency).select_for_update().get(pk=grant.pk)
    today = by.agency.today()
    enforce(rules.ending_role(grant, by, today))
    grant.until = max(today, grant.since)
    grant.save(update_fields=["until"])
    events.record("role.ended", grant, by=by, member=grant.member_id, role=grant.role)
    return grant


@transaction.atomic
def lend_role(
    member: Member, *, role: Role, holder: Member, since: date, until: date, by: Member
) -> RoleGrant:
    """Let somebody act in a role from `since` until before `until`, in the holder's place.

    Raises ValidationError: a day in the past, an end before it begins, or they have the role.
    """
    member = _locked(member, by)
    enforce(lending.lending(role, member, holder, by, since))
    if since < by.agency.today():
        raise ValidationError({"since": _("A role can’t begin in the past.")})
    if until <= since:
        raise ValidationError({"until": _("The last day comes before the first one.")})
    held = RoleGrant.objects.within(by.agency).filter(member=member, role=role)
    if held.filter(Q(until=None) | Q(until__gt=since), since__lt=until).exists():
        raise ValidationError({"member": _("The person has this role already.")})
    grant = RoleGrant(agency=by.agency, member=member, role=role, since=since, until=until)
    save_within("role", grant)
    events.record("role.granted", grant, by=by, member=member.pk, role=role.value)
    return grant


@transaction.atomic
def end_lent_role(grant: RoleGrant, *, holder: Member, by: Member) -> RoleGrant:
    """End a role that was lent before its days are over, effective at once."""
    grant = RoleGrant.objects.within(by.agency).select_for_update().get(pk=grant.pk)
    today = by.agency.today()
    enforce(lending.ending_lent(grant, holder, by, today))
    grant.until = max(today, grant.since)
    grant.save(update_fields=["until"])
    events.record("role.ended", grant, by=by, member=grant.member_id, role=grant.role)
    return grant


@transaction.atomic
def write_standing(
    member: Member,
    *,
    kind: StandingKind,
    since: date,
    by: Member,
    employed_peer: bool = False,
) -> Standing:
    """Record a standing from that day on; a member may have several at once."""
    member = _locked(member, by)
    enforce(rules.writing_standing(member, kind, by, by.agency.today()))
    if employed_peer and kind != StandingKind.PRIMARY_CONSUMER:
        raise ValidationError(
            {"employed_peer": _("Only a person who uses services can be an employed peer.")}
        )
    held = Standing.objects.within(by.agency).filter(member=member, kind=kind)
    if held.filter(Q(until=None) | Q(until__gt=since)).exists():
        raise ValidationError({"kind": _("This is written down already for these days.")})
    if kind == StandingKind.UNDISCLOSED:
        return _fall_silent(member, since, by)
    enforce(rules.writing_standing(member, kind, by, since))
    standing = Standing(
        agency=by.agency, member=member, kind=kind, employed_peer=employed_peer, since=since
    )
    save_within("standing", standing)
    events.record("standing.written", standing, by=by, member=member.pk)
    return standing


@transaction.atomic
def write_standings(
    said: Mapping[Member, StandingKind], *, since: date, by: Member
) -> list[Standing]:
    """Record how several people take part from that day on: all of them, or none."""
    return [write_standing(member, kind=kind, since=since, by=by) for member, kind in said.items()]


@transaction.atomic
def end_standing(standing: Standing, *, on: date, by: Member) -> Standing:
    """End the standing; the day before `on` is its last."""
    standing = Standing.objects.within(by.agency).select_for_update().get(pk=standing.pk)
    enforce(rules.ending_standing(standing, by))
    if on < standing.since:
        raise ValidationError({"on": _("This is before the day on which it began.")})
    standing.until = on
    standing.save(update_fields=["until"])
    events.record("standing.ended", standing, by=by, member=standing.member_id)
    return standing


@transaction.atomic
def prefer_not_to_say(*, by: Member) -> Standing:
    """Replace the member's standings with "prefer not to say" from today; only they can undo it."""
    member = _locked(by, by)
    today = by.agency.today()
    if rules.prefers_not_to_say(member, today):
        return (
            Standing.objects.within(by.agency)
            .on(today)
            .get(member=member, kind=StandingKind.UNDISCLOSED)
        )
    return _fall_silent(member, today, by)


@transaction.atomic
def let_standing_be_written(*, by: Member) -> None:
    """Withdraw "prefer not to say", so that an administrator may record a standing again."""
    member = _locked(by, by)
    today = by.agency.today()
    silent = Standing.objects.within(by.agency).on(today)
    for standing in silent.filter(member=member, kind=StandingKind.UNDISCLOSED):
        standing.until = today
        standing.save(update_fields=["until"])
        events.record("standing.ended", standing, by=by, member=member.pk)


def _fall_silent(member: Member, since: date, by: Member) -> Standing:
    standings = Standing.objects.within(by.agency)
    running = standings.filter(Q(until=None) | Q(until__gt=since), member=member)
    for standing in running.exclude(kind__in=AT_WORK):
        standing.until = max(since, standing.since)
        standing.save(update_fields=["until"])
    silence = Standing(agency=by.agency, member=member, kind=StandingKind.UNDISCLOSED, since=since)
    save_within("standing", silence)
    events.record("standing.written", silence, by=by, member=member.pk)
    return silence


def _locked(member: Member, by: Member) -> Member:
    """Lock the person, so that nobody else changes their standings or permissions meanwhile."""
    return Member.objects.within(by.agency).select_for_update().get(pk=member.pk)
