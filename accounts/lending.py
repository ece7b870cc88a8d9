"""Who lets whom act in a role for some days, and who ends that early."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Member, RoleGrant
from accounts.permissions import LENT, Role
from accounts.rules import managing_people, taking_part
from foundation.refusals import Refusal


def lending(role: Role, member: Member, holder: Member, by: Member, on: date) -> Refusal | None:
    """Letting somebody act in a role for some days, in the place of who holds it."""
    if role not in LENT:
        return Refusal(_("Nobody can stand in for this role."))
    if by.pk != holder.pk and (refusal := managing_people(by)):
        return refusal
    held = RoleGrant.objects.within(by.agency).on(by.agency.today())
    # What is lent has an end, and is not lent on.
    if not held.filter(member=holder, role=role, until=None).exists():
        return Refusal(
            _("Only somebody who has this role without an end can be stood in for."),
            _("Choose the person who has it, or ask an administrator."),
        )
    if member.pk == holder.pk:
        return Refusal(_("Nobody can stand in for themselves."), _("Choose somebody else."))
    if member.user_id is None:
        return Refusal(_("This person can’t sign in."), _("Choose somebody who can."))
    return taking_part(member, on)


def ending_lent(grant: RoleGrant, holder: Member, by: Member, on: date) -> Refusal | None:
    """Ending it early: who is stood in for, who stands in, or an administrator."""
    if by.pk not in {holder.pk, grant.member_id} and (refusal := managing_people(by)):
        return refusal
    if grant.until is not None and grant.until <= on:
        return Refusal(_("This role has already been ended."))
    return None
