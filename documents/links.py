"""Titles and addresses of versions, for those who may see them."""

from django.utils.translation import gettext as _

from accounts.models import Member
from documents import rules
from documents.models import DocumentKind, Version
from foundation import links
from foundation.addresses import at
from foundation.links import Link


def version(pk: int, reader: Member) -> Link | None:
    versions = Version.objects.within(reader.agency).select_related("document")
    found = versions.filter(pk=pk).first()
    if found is None or not rules.seeing(found, reader):
        return None
    title = _("%(document)s, version %(number)d") % {
        "document": DocumentKind(found.document.kind).label,
        "number": found.number,
    }
    return Link(title, at(reader.agency, "documents:version", pk=pk))


links.register("documents.version", version)
