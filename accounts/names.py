"""Whether a reader may see in what standing a member takes part."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from accounts.models import Audience, Consent, Member
from accounts.permissions import Permission


def standings_open_to(
    reader: Member, members: Iterable[Member], *, on: date, group_id: int = 0
) -> set[int]:
    """The keys of those members whose standing this reader may see on this day.

    All, for a reader whose work needs it; else the reader and those who let the agency, the
    public, or the group (whose page it is shown on, and in which the reader sits) see it.
    """
    keys = {member.pk for member in members}
    if reader.may(Permission.SEE_STANDINGS):
        return keys
    audiences = Q(audience__in=[Audience.AGENCY, Audience.PUBLIC])
    if group_id:
        audiences |= Q(audience=Audience.GROUP, group_id=group_id)
    consents = Consent.objects.within(reader.agency).on(on).filter(audiences, member__in=keys)
    return (keys & {reader.pk}) | set(consents.values_list("member_id", flat=True))
