"""A plan that a committee has ratified, for tests of what comes after that."""

from datetime import date

from accounts.models import Member
from compensation.plan import actions
from compensation.plan.models import PlanVersion
from groups.models import Decision, DecisionStatus, Group, GroupKind


def ratify(version: PlanVersion, *, by: Member) -> PlanVersion:
    """Let a committee that is closed since have ratified this draft today."""
    today = by.agency.today()
    committee = Group.objects.within(by.agency).create(
        kind=GroupKind.COMMITTEE, name="Former committee", opened=today, closed=today
    )
    version.ratification = Decision.objects.within(by.agency).create(
        group=committee,
        title="Ratify the plan",
        text=version.text,
        subject_type=PlanVersion.subject_code,
        subject_id=version.pk,
        proposed_by=by,
        opened_on=today,
        status=DecisionStatus.OPEN,
    )
    version.ratification.become(DecisionStatus.ADOPTED)
    version.ratification.decided_on = today
    version.ratification.save()
    version.ratified_on = today
    version.save()
    return version


def adopt(version: PlanVersion, *, on: date, by: Member) -> PlanVersion:
    """Ratify it, and put it in force from that day."""
    return actions.adopt(ratify(version, by=by), on=on, by=by)
