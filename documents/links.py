"""Titles and addresses of versions, for those who may see them."""

from django.db.models import CharField, F, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from accounts.models import Member
from documents import rules
from documents.models import DocumentKind, Version
from foundation import links
from foundation.addresses import at
from foundation.links import Link, Named
from foundation.models import TenantQuerySet


def title(version: Version) -> str:
    """The document's name and the version's number."""
    return _title(version.document.kind, version.number)


def _title(kind: str, number: int) -> str:
    words = {"document": DocumentKind(kind).label, "number": number}
    return _("%(document)s, version %(number)d") % words


def of(version: Version, reader: Member) -> Link | None:
    """The link to a version whose document is loaded; no query."""
    if not rules.seeing(version, reader):
        return None
    return Link(title(version), at(reader.agency, "documents:version", pk=version.pk))


def _seen(reader: Member) -> TenantQuerySet[Version]:
    rows = Version.objects.within(reader.agency)
    return rows if rules.drafting(reader) is None else rows.exclude(proposed_on=None)


def _worded(name: str) -> str:
    kind, number = name.split(" ")
    return _title(kind, int(number))


_NAME = Concat(F("document__kind"), Value(" "), F("number"), output_field=CharField())
links.register_named("document_version", Named("documents:version", _seen, _NAME, _worded))
