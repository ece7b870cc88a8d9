"""Who may see a member's standing: one rule for every page."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from accounts.dated import DatedQuerySet
from accounts.models import Audience, Consent, Member
from accounts.permissions import Permission

PUBLIC = Q(audience=Audience.PUBLIC)
IN_THE_AGENCY = PUBLIC | Q(audience=Audience.AGENCY)


def standings_open_to(
    reader: Member | None,
    members: Iterable[Member],
    *,
    on: date,
    group_id: int = 0,
) -> set[int]:
    """The keys of the members whose standing this reader may see that day; one query.

    All, for a reader whose work needs it; otherwise the reader's own and those who let this
    audience see it that day. `group_id` is the group on whose page it would be shown, given only if
    the reader sits in that group. No reader means the public.
    """
    keys = {member.pk: member.agency_id for member in members}
    if not keys:
        return set()
    if reader is None:
        consents = Consent.objects.across(set(keys.values())).filter(PUBLIC)
        return _giving(consents, keys, on)
    if reader.may(Permission.SEE_STANDINGS):
        return set(keys)
    audience = IN_THE_AGENCY
    if group_id:
        audience |= Q(audience=Audience.GROUP, group_id=group_id)
    consents = Consent.objects.within(reader.agency).filter(audience)
    return ({reader.pk} & set(keys)) | _giving(consents, keys, on)


def standing_shown(member: Member, reader: Member | None, *, on: date, group_id: int = 0) -> bool:
    """The same for one member."""
    return member.pk in standings_open_to(reader, [member], on=on, group_id=group_id)


def _giving(consents: DatedQuerySet[Consent], keys: Iterable[int], on: date) -> set[int]:
    return set(consents.on(on).filter(member__in=list(keys)).values_list("member_id", flat=True))
