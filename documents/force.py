"""Which version is in force on a day, and when its next review is due."""

from collections.abc import Iterable
from datetime import date

from documents.models import Version
from foundation.months import months_later
from foundation.once import once


@once
def in_force(agencies: Iterable[int], kind: str, on: date) -> dict[int, Version]:
    """By agency key, the version of that document in force on that day; one query."""
    versions = Version.objects.across(agencies).of(kind).in_force(on)
    versions = versions.select_related("document", "terms")
    return {version.agency_id: version for version in versions}


def review_by(version: Version, months: int) -> date | None:
    """The first day on which a version in force is past its review date."""
    return months_later(version.in_force_on, months) if version.in_force_on else None
