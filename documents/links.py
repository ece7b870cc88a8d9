"""Titles and addresses of versions, for those who may see them."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from accounts.models import Member
from documents import rules
from documents.models import DocumentKind, Version
from foundation import links
from foundation.addresses import at
from foundation.links import Link


def title(version: Version) -> str:
    """Which document it is, and its number."""
    return _("%(document)s, version %(number)d") % {
        "document": DocumentKind(version.document.kind).label,
        "number": version.number,
    }


def of(version: Version, reader: Member) -> Link | None:
    """Of a version that came with its document; no query."""
    if not rules.seeing(version, reader):
        return None
    return Link(title(version), at(reader.agency, "documents:version", pk=version.pk))


def versions(ids: Collection[int], reader: Member) -> dict[int, Link]:
    rows = Version.objects.within(reader.agency).select_related("document").filter(pk__in=ids)
    return {row.pk: link for row in rows if (link := of(row, reader)) is not None}


links.register_many("documents.version", versions)
