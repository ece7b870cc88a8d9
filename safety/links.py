"""Links from a message to the contact request, for who asked and who was chosen."""

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation import links
from foundation.addresses import at
from foundation.links import Link, Named
from foundation.models import TenantQuerySet
from safety import apart
from safety.models import Call, OutsideContact


def _call(subject_id: int, reader: Member) -> Link | None:
    calls = Call.objects.within(reader.agency).filter(pk=subject_id)
    found = calls.filter(Q(member=reader) | Q(chosen__member=reader)).first()
    if found is None:
        return None
    if found.member_id == reader.pk:
        return Link(_("Please contact me"), at(reader.agency, "safety:contact_me"))
    return Link(_("Please contact me"), at(reader.agency, "safety:call", pk=found.pk))


links.register("call", _call)


def _calls(reader: Member) -> TenantQuerySet[Call]:
    mine = Q(member=reader) | Q(chosen__member=reader)
    return Call.objects.within(reader.agency).filter(mine)


links.register_seen("call", _calls)
links.register_seen("outside_contact", lambda reader: OutsideContact.objects.within(reader.agency))
links.register_named(
    "no_contact",
    # Only the order's own page names the two people, never the activity list.
    Named(
        page="safety:no_contact",
        rows=apart.readable,
        name="reason",
        worded=lambda reason: gettext("A no-contact order"),
    ),
)
