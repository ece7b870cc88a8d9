"""A cell on the page after its meeting: the steps since the last one, and where the cell stands."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Member
from cells.cell.models import Cell
from cells.overview.facts import facts_of
from cells.overview.stages import TITLES
from cells.plans.models import ActionStep, PlanStatus, StepStatus
from foundation import slots
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.paging import Few, few
from groups import meeting_parts
from groups.models import GroupKind, Meeting
from groups.presenting.after import LastTime

# More steps stand on the cell's page.
STEPS = 6


@dataclass(frozen=True)
class StepSince:
    """A step that was due since the last meeting."""

    what: str
    owner: str
    state: str
    tone: str
    href: str


@dataclass(frozen=True)
class StepsSince:
    """Some of these steps, and of how many they are."""

    steps: list[StepSince]
    few: Few[ActionStep]


def _since(request: AgencyRequest, last: LastTime) -> tuple[str, dict[str, StepsSince]] | None:
    """Steps of plans under way that were due, or got done, between the two meetings."""
    meeting = last.meeting
    if meeting.group.kind != GroupKind.CELL:
        return None
    rows = ActionStep.objects.within(request.agency).filter(
        plan__opportunity__cell__group=meeting.group_id, plan__status=PlanStatus.ACTIVE
    )
    due = Q(due__gte=last.on, due__lte=meeting.on)
    overdue = Q(due__lt=last.on, status__in=(StepStatus.TO_DO, StepStatus.STARTED))
    done = Q(status=StepStatus.DONE, ended_on__gte=last.on, ended_on__lte=meeting.on)
    rows = rows.filter(due | overdue | done).exclude(status=StepStatus.DROPPED)
    steps = few(rows.select_related("owner").order_by("due", "pk"), STEPS)
    if not steps:
        return None
    shown = StepsSince([_step(request, each) for each in steps], steps)
    return "cells/overview/steps_since.html", {"since": shown}


def _step(request: AgencyRequest, step: ActionStep) -> StepSince:
    return StepSince(
        what=step.what,
        owner=str(step.owner) if step.owner is not None else "",
        state=str(step.get_status_display()),
        tone="good" if step.status == StepStatus.DONE else "watch",
        href=at(request.agency, "cells:plan", pk=step.plan_id),
    )


def _foreseen(meeting: Meeting, reader: Member) -> list[str]:
    return []


def _stage(meeting: Meeting, reader: Member) -> list[str]:
    """The stage that the cell's records lead to now."""
    if meeting.group.kind != GroupKind.CELL:
        return []
    cells = Cell.objects.within(reader.agency).filter(group=meeting.group_id)
    return [
        _("The cell’s stage: %(stage)s.") % {"stage": TITLES[facts.stage]}
        for facts in facts_of(cells, reader, reader.agency.today())
    ]


slots.register("groups.after.last_time", _since)
meeting_parts.register_consequence(meeting_parts.Consequence(_foreseen, _stage))
