"""Which other work is asked about, and who may write it down."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from compensation.plan.models import PlanVersion, RateRule, WorkKind
from compensation.plan.rates import table
from compensation.plan.reading import in_force
from foundation.models import Agency, TenantQuerySet
from foundation.refusals import Refusal
from groups import rules as group_rules
from groups.models import Group, Meeting

# What somebody gives for a meeting beside the time in it.
BESIDE_MEETINGS = (WorkKind.PREPARATION, WorkKind.TRAVEL)


def asked_about(agency: Agency, on: date) -> list[WorkKind]:
    """Other work for a meeting of that day that the plan pays; nobody is asked about the rest."""
    plan = in_force(agency, on)
    if plan is None:
        return []
    rates = table(plan)
    return [work for work in BESIDE_MEETINGS if work in rates.own]


def late_before(agency: Agency, now: datetime) -> datetime | None:
    """Meetings that start before it are called off late now; None if the plan pays no such thing.

    Not those of a day that is over.
    """
    plan = in_force(agency, agency.date_of(now))
    rate = None if plan is None else table(plan).of(WorkKind.LATE_CANCELLATION)
    return None if rate is None else now + timedelta(hours=rate.hours_ahead)


def recording(meeting: Meeting, by: Member, asked: list[WorkKind]) -> Refusal | None:
    """Whoever records who came; `asked`: what the plan of that day pays."""
    if refusal := group_rules.recording(meeting, by):
        return refusal
    if not asked:
        return Refusal(
            _("The payment plan of that day pays no other work for a meeting."),
            _("An administrator can write a new version of the plan."),
        )
    return None


def rates_of_orientation(agency: Agency, on: date) -> TenantQuerySet[RateRule]:
    """What the plan of that day pays for an orientation: one rule, or none."""
    plans = PlanVersion.objects.within(agency).in_force(on)
    rates = RateRule.objects.within(agency).paying().filter(work=WorkKind.ORIENTATION)
    return rates.filter(plan__in=plans)


def orienting(group: Group, by: Member) -> Refusal | None:
    """Whoever runs the group writes down who had an orientation, if today's plan pays it."""
    if refusal := group_rules.running(group, by):
        return refusal
    if not rates_of_orientation(by.agency, by.agency.today()).exists():
        return Refusal(
            _("The payment plan pays no orientation."),
            _("An administrator can write a new version of the plan."),
        )
    return None


def orienting_member(group: Group, member: Member, by: Member) -> Refusal | None:
    """Nobody writes down their own."""
    if member.pk == by.pk:
        return Refusal(
            _("You can’t write down your own orientation."),
            _("Ask somebody else who runs this group, or an administrator."),
        )
    return orienting(group, by)
