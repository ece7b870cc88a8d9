"""Links from a message to the copy, for the person whose information it holds."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation import links
from foundation.addresses import at
from foundation.links import Link
from foundation.models import TenantQuerySet
from privacy.exports.models import DataCopy


def _mine(reader: Member) -> TenantQuerySet[DataCopy]:
    return DataCopy.objects.within(reader.agency).filter(member=reader)


def _copy(subject_id: int, reader: Member) -> Link | None:
    if not _mine(reader).filter(pk=subject_id).exists():
        return None
    return Link(_("A copy of your information"), at(reader.agency, "privacy:my_data"))


links.register("data_copy", _copy)
links.register_seen("data_copy", _mine)
