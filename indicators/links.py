"""Links to changed policies, which everybody may read."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation import links
from foundation.addresses import at
from foundation.links import Link
from foundation.models import PolicyChange


def _terms(pk: int, reader: Member) -> Link | None:
    return Link(_("Settings"), at(reader.agency, "indicators:settings"))


links.register("policy_change", _terms)
links.register_seen("policy_change", lambda reader: PolicyChange.objects.within(reader.agency))
