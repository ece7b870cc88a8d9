"""Links to erasures and requests: for administrators, and for who asked."""

from django.utils.translation import gettext_lazy as _

from accounts import rules as account_rules
from accounts.models import Member
from foundation import links
from foundation.addresses import at
from foundation.links import Link
from foundation.models import TenantQuerySet
from privacy.erasing.models import Erasure, ErasureRequest, Mention


def _erasures(reader: Member) -> TenantQuerySet[Erasure]:
    rows = Erasure.objects.within(reader.agency)
    return rows if account_rules.managing_people(reader) is None else rows.none()


def _requests(reader: Member) -> TenantQuerySet[ErasureRequest]:
    rows = ErasureRequest.objects.within(reader.agency)
    return rows if account_rules.managing_people(reader) is None else rows.filter(member=reader)


def _erasure(subject_id: int, reader: Member) -> Link | None:
    if not _erasures(reader).filter(pk=subject_id).exists():
        return None
    return Link(
        _("Texts that may name a former member"),
        at(reader.agency, "privacy:erasure", pk=subject_id),
    )


def _request(subject_id: int, reader: Member) -> Link | None:
    request = _requests(reader).filter(pk=subject_id).first()
    if request is None:
        return None
    if request.member_id == reader.pk:
        return Link(_("Erase my information"), at(reader.agency, "privacy:erase_me"))
    return Link(
        _("A request to erase information"),
        at(reader.agency, "accounts:erase", pk=request.member_id),
    )


def _mentions(reader: Member) -> TenantQuerySet[Mention]:
    rows = Mention.objects.within(reader.agency)
    return rows if account_rules.managing_people(reader) is None else rows.none()


links.register_seen("mention", _mentions)
links.register("erasure", _erasure)
links.register("erasure_request", _request)
links.register_seen("erasure", _erasures)
links.register_seen("erasure_request", _requests)
