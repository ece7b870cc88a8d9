"""A plan in force, a group, and a meeting attended by a consumer and staff."""

from decimal import Decimal

from django.utils import timezone

from accounts.models import Member
from compensation.choosing import actions as choosing
from compensation.claims.models import Claim
from compensation.plan import actions as planning
from compensation.plan.models import PlanVersion
from devtools import ratified
from devtools.seating import seat
from devtools.states import state
from foundation.models import Agency
from groups.actions import hold, open_group, plan_meeting, record_attendance
from groups.models import Group, GroupKind, Meeting


@state
def plan(established: None, administrator: Member, agency: Agency) -> PlanVersion:
    version = planning.draft(
        text="We pay people for the time they give.",
        hourly_rate=Decimal("20.00"),
        daily_cap=Decimal("50.00"),
        due_days=14,
        by=administrator,
    )
    return ratified.adopt(version, on=agency.today(), by=administrator)


@state
def council(agency: Agency, administrator: Member, consumer: Member, provider: Member) -> Group:
    today = agency.today()
    group = open_group(
        agency, kind=GroupKind.COUNCIL, name="Consumer council", by=administrator, on=today
    )
    for member in (consumer, provider):
        seat(group, member, since=today, by=administrator)
    return group


@state
def meeting(council: Group, administrator: Member) -> Meeting:
    return plan_meeting(council, starts_at=timezone.now(), by=administrator)


def attend(meeting: Meeting, by: Member, present: dict[Member, str]) -> None:
    hold(meeting, by=by)
    record_attendance(
        meeting, present={member: Decimal(hours) for member, hours in present.items()}, by=by
    )


@state
def earned(
    plan: PlanVersion,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    provider: Member,
    agency: Agency,
) -> Claim:
    """Two hours of a consumer who accepted payment, awaiting approval."""
    choosing.elect(consumer, choice="accept", on=agency.today())
    attend(meeting, administrator, {consumer: "2.00", provider: "2.00"})
    return Claim.objects.within(agency).get(member=consumer)
