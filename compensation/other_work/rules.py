"""Which other work is asked about, and who may write it down."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from compensation.plan.models import WorkKind
from compensation.plan.rates import table
from compensation.plan.reading import in_force
from foundation.models import Agency
from foundation.refusals import Refusal
from groups import rules as group_rules
from groups.models import Meeting

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
