"""The agencies that a user belongs to."""

from collections.abc import Iterable

from accounts.models import Member, User
from foundation import tenancy
from foundation.models import Agency


def agencies_of(user: User) -> list[Agency]:
    """The agencies in which the user is or was a member, by name.

    Former members still find there what is theirs.
    """
    agencies = {agency.pk: agency for agency in Agency.objects.all()}
    with tenancy.across():
        rows = Member.objects.across(agencies).filter(user=user)
        mine = list(rows.values_list("agency_id", "since"))
    begun = {agency_id for agency_id, since in mine if since <= agencies[agency_id].today()}
    return sorted((agencies[pk] for pk in begun), key=lambda agency: agency.name)


def without_any(users: Iterable[int]) -> list[User]:
    """Those of these users, by key, who are and were a member of no agency; two queries."""
    keys = set(users)
    agencies = list(Agency.objects.values_list("pk", flat=True))
    with tenancy.across():
        rows = Member.objects.across(agencies).filter(user__in=keys)
        members = set(rows.values_list("user", flat=True))
    return list(User.objects.filter(pk__in=keys - members))


def belongs_elsewhere(member: Member) -> bool:
    """Whether the member's user is, or was, a member of another agency as well."""
    others = Agency.objects.exclude(pk=member.agency_id).values_list("pk", flat=True)
    keys = list(others)
    if not keys:
        return False
    with tenancy.across():
        return Member.objects.across(keys).filter(user=member.user_id).exists()
