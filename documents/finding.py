"""Look up a document's kind or a version by address; 404 unless the member may see it."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404

from documents import rules
from documents.models import DocumentKind, Version, VersionStatus
from foundation.http import AgencyRequest
from foundation.models import Event


@dataclass(frozen=True)
class ShownOn:
    """The version of a document that was in force on the day that a page shows."""

    version: Version
    on: date


def kind_of(kind: str) -> DocumentKind:
    try:
        return DocumentKind(kind)
    except ValueError:
        raise Http404 from None


def versions_of(request: AgencyRequest, kind: str | None = None) -> list[Version]:
    """Versions the member may see, newest first; of one document or of all."""
    versions = Version.objects.within(request.agency).select_related("document", "terms")
    if kind is not None:
        versions = versions.of(kind)
    found = versions.order_by("document_id", "-number")
    return [version for version in found if rules.seeing(version, request.member)]


def version_of(request: AgencyRequest, pk: int) -> Version:
    versions = Version.objects.within(request.agency).select_related("document", "terms")
    version = get_object_or_404(versions, pk=pk)
    if not rules.seeing(version, request.member):
        raise Http404
    return version


def with_siblings(request: AgencyRequest, pk: int) -> tuple[Version, list[Version]]:
    """The version, and all its document's versions that the member may see, newest first."""
    versions = Version.objects.within(request.agency).select_related("document", "terms")
    found = versions.filter(document__versions=pk).order_by("-number")
    seen = [version for version in found if rules.seeing(version, request.member)]
    version = next((each for each in seen if each.pk == pk), None)
    if version is None:
        raise Http404
    return version, seen


def began_from_starter(version: Version) -> bool:
    """Whether its first words came from the starter text; the record of events says so."""
    events = Event.objects.within(version.agency).filter(name="document.begun_from_starter")
    return events.filter(subject_type=version.subject_code, subject_id=version.pk).exists()


def newest_in_force(versions: list[Version], on: date) -> Version | None:
    """Of one document's versions, the one in force on that day."""
    came = [each for each in versions if each.in_force_on is not None and each.in_force_on <= on]
    return max(came, key=lambda version: version.number, default=None)


def before(version: Version, versions: list[Version]) -> Version | None:
    """The newest version that had come into force before this one."""
    came = [
        each for each in versions if each.in_force_on is not None and each.number < version.number
    ]
    return max(came, key=lambda each: each.number, default=None)


def status_of(version: Version, versions: list[Version], on: date) -> VersionStatus:
    """The version's status among all versions of its document."""
    if version.proposed_on is None or version.proposed_on > on:
        return VersionStatus.DRAFT
    current = newest_in_force(versions, on)
    if current is not None and current.pk == version.pk:
        return VersionStatus.IN_FORCE
    if current is not None and current.number > version.number:
        return VersionStatus.SUPERSEDED
    return VersionStatus.PROPOSED
