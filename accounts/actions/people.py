"""Founding agencies, and entering and editing people."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import rules
from accounts.actions.naming import hold_names, name_apart
from accounts.actions.users import make_user
from accounts.models import EmailLevel, Member, RoleGrant, Standing, StandingKind, User
from accounts.permissions import Role
from foundation import events, tenancy
from foundation.models import Agency
from foundation.refusals import enforce


@transaction.atomic
def found_agency(
    *,
    slug: str,
    name: str,
    timezone: str,
    administrator: str,
    email: str,
    sandbox: bool = False,
    part2: bool | None = None,
) -> tuple[Agency, Member]:
    """Create an agency and its first administrator, who signs in with e-mailed codes.

    `sandbox`: for practice, with made-up people only. `part2`: whether it is a program under
    42 CFR Part 2, if that is known; else its administrators are asked.

    Raises ValidationError if the slug, name, time zone or address is unusable.
    """
    if not email:
        raise ValidationError({"email": _("The administrator needs an e-mail address.")})
    agency = Agency(slug=slug, name=name, timezone=timezone, sandbox=sandbox, part2=part2)
    agency.full_clean()
    agency.save()
    with tenancy.entering(agency):
        user = User.objects.filter(email=email.lower()).first() or make_user(email=email)
        member = Member(
            agency=agency,
            user=user,
            name=administrator,
            display_name=administrator,
            since=agency.today(),
        )
        member.full_clean(exclude=["agency", "user"])
        member.save()
        RoleGrant.objects.within(agency).create(
            member=member, role=Role.ADMINISTRATOR, since=agency.today()
        )
        events.record("agency.founded", member, by=None)
    return agency, member


@transaction.atomic
def enter_member(
    *,
    by: Member,
    name: str,
    display_name: str,
    since: date,
    standings: tuple[StandingKind, ...] = (),
    roles: tuple[Role, ...] = (),
    user: User | None = None,
    language: str = "en",
    contact: str = "",
    addition: str = "",
) -> Member:
    """Add a person to the program with their standings and roles."""
    hold_names(by.agency)
    enforce(rules.entering(by, by.agency.today(), roles=roles, standings=standings))
    member = Member(
        agency=by.agency,
        user=user,
        name=name,
        display_name=display_name,
        addition=addition,
        since=since,
        language=language,
        contact=contact,
    )
    name_apart(member)
    member.save()
    for kind in standings:
        Standing.objects.within(by.agency).create(member=member, kind=kind, since=since)
    events.record("member.entered", member, by=by, member=member.pk)
    for role in roles:
        grant = RoleGrant.objects.within(by.agency).create(member=member, role=role, since=since)
        events.record("role.granted", grant, by=by, member=member.pk, role=role.value)
    return member


def change_member(
    member: Member,
    *,
    by: Member,
    version: int,
    name: str,
    display_name: str,
    language: str,
    addition: str,
    contact: str,
) -> Member:
    """Edit a person's data."""
    facts = {
        "name": name,
        "display_name": display_name,
        "addition": addition,
        "language": language,
        "contact": contact,
    }
    return _change(member, by=by, version=version, facts=facts)


def change_own_profile(
    *,
    by: Member,
    version: int,
    display_name: str,
    language: str,
    email_level: EmailLevel,
    addition: str,
    contact: str,
) -> Member:
    """Edit one's own name, contact data and preferences."""
    facts = {
        "display_name": display_name,
        "addition": addition,
        "language": language,
        "email_level": email_level,
        "contact": contact,
    }
    return _change(by, by=by, version=version, facts=facts)


def tell_oneself_apart(*, by: Member, version: int, addition: str) -> Member:
    """Set the addition that others see after one's name, which somebody else here shares."""
    return _change(by, by=by, version=version, facts={"addition": addition})


@transaction.atomic
def _change(member: Member, *, by: Member, version: int, facts: dict[str, Any]) -> Member:
    hold_names(by.agency)
    member = Member.objects.within(by.agency).select_for_update().get(pk=member.pk)
    enforce(rules.changing(member, by))
    if member.version != version:
        raise ValidationError(
            _("Somebody else has changed this in the meantime. Open the page again to see it.")
        )
    for field, value in facts.items():
        setattr(member, field, value)
    member.agency = by.agency
    name_apart(member)
    member.version += 1
    member.save(update_fields={*facts, "addition", "shown_number", "full_number", "version"})
    events.record("member.changed", member, by=by, member=member.pk)
    return member
