"""The plan in force, and how much longer it lasts."""

from dataclasses import dataclass
from datetime import date, timedelta

from compensation.plan.models import PlanVersion
from foundation.founding import FOUNDING_NOTICE
from foundation.models import Agency
from groups.models import Group, GroupKind


def in_force(agency: Agency, on: date) -> PlanVersion | None:
    """The version in force on that day; one query."""
    return PlanVersion.objects.within(agency).in_force(on).first()


def committee(agency: Agency, on: date) -> Group | None:
    """The oversight committee, which ratifies plans; one query."""
    return Group.objects.within(agency).open(on).filter(kind=GroupKind.COMMITTEE).first()


@dataclass(frozen=True)
class PlanEnd:
    """The last day of a provisional plan, and what keeps it."""

    last_day: date
    soon: bool
    asked: bool  # whether the committee is deciding on it


def end_of(version: PlanVersion, on: date) -> PlanEnd | None:
    """When a provisional plan ends unless it is ratified; None for any other, and once it ended."""
    if not version.provisional or version.ratified_on is not None or not version.holds(on):
        return None
    assert version.until is not None
    last = version.until - timedelta(days=1)
    return PlanEnd(last, on >= last - FOUNDING_NOTICE.span, version.ratification_id is not None)
