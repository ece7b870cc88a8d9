"""The only write path for people: founding an agency, entering members, standings and roles."""

from datetime import date

from django.db import transaction

from accounts import rules
from accounts.models import Member, RoleGrant, Standing, StandingKind, User
from accounts.permissions import Role
from foundation import events, tenancy
from foundation.models import Agency
from foundation.refusals import enforce


@transaction.atomic
def found_agency(
    *, slug: str, name: str, timezone: str, administrator: str, email: str
) -> tuple[Agency, Member]:
    """Create an agency and its first administrator, who signs in with a code by e-mail.

    Raises ValidationError when the slug, the name or the time zone is not usable.
    """
    agency = Agency(slug=slug, name=name, timezone=timezone)
    agency.full_clean()
    agency.save()
    with tenancy.entering(agency):
        user = User.objects.filter(email=email.lower()).first()
        if user is None:
            user = User(email=email)
            user.set_unusable_password()
            user.full_clean()
            user.save()
        member = Member.objects.within(agency).create(
            user=user, name=administrator, display_name=administrator, since=agency.today()
        )
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
) -> Member:
    """Enter a person into the program, as what they take part and with which roles."""
    enforce(rules.managing_people(by))
    member = Member.objects.within(by.agency).create(
        user=user,
        name=name,
        display_name=display_name,
        since=since,
        language=language,
        contact=contact,
    )
    for kind in standings:
        Standing.objects.within(by.agency).create(member=member, kind=kind, since=since)
    for role in roles:
        RoleGrant.objects.within(by.agency).create(member=member, role=role, since=since)
    events.record("member.entered", member, by=by)
    return member
