"""Waiting items in plans: steps, reviews, tests, baselines."""

from datetime import date

from django.db.models import (
    Exists,
    OuterRef,
    Q,
)
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.ideas.models import OpportunityState
from cells.plans.models.cycles import PDSACycle
from cells.plans.models.plans import (
    STILL_OPEN,
    ActionPlan,
    ActionStep,
    BaselineChange,
    OutcomeStandard,
    PlanStatus,
    StepDependency,
    SustainPlan,
)
from groups.models import Seat
from groups.rules import RUNNING_OFFICES
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRows, page, register


def _goes_on(cell: str, on: date) -> Q:
    """A condition on rows in a cell: it is not closed, so there is still something to do."""
    closed = f"{cell}__group__closed"
    return Q(**{closed: None}) | Q(**{f"{closed}__gt": on})


def _steps(member: Member, on: date) -> WaitingRows:
    steps = ActionStep.objects.within(member.agency).still_open()
    first = StepDependency.objects.within(member.agency).filter(
        step=OuterRef("pk"), needed__status__in=STILL_OPEN
    )
    mine = steps.filter(
        Q(owner=member) | Q(co_owner=member),
        ~Exists(first),
        _goes_on("plan__opportunity__cell", on),
        plan__status=PlanStatus.ACTIVE,
    )
    return WaitingRows(mine, label="what", due="due")


def _reviews(member: Member, on: date) -> WaitingRows:
    plans = ActionPlan.objects.within(member.agency).filter(
        _goes_on("opportunity__cell", on),
        looked_at_by=member,
        status=PlanStatus.ACTIVE,
        next_review_on__lte=on,
        opportunity__state=OpportunityState.CHOSEN,
    )
    return WaitingRows(plans, label="opportunity__title", due="next_review_on")


def _cycles(member: Member, on: date) -> WaitingRows:
    """Tests whose next part is due: to be started, recorded, studied, or concluded.

    A started test is completed whatever happened to its idea.
    """
    cycles = PDSACycle.objects.within(member.agency).unfinished().filter(leader=member)
    due = cycles.filter(
        Q(
            _goes_on("plan__opportunity__cell", on),
            started_on=None,
            from_day__lte=on,
            plan__status=PlanStatus.ACTIVE,
            plan__opportunity__state=OpportunityState.CHOSEN,
        )
        | Q(started_on__isnull=False, done_on=None, to_day__lte=on)
        | Q(done_on__isnull=False)
    )
    return WaitingRows(due, label="title", due="to_day")


def _lasting(member: Member, on: date) -> WaitingRows:
    rows = SustainPlan.objects.within(member.agency).filter(
        looked_at_by=member, next_look_on__lte=on
    )
    rows = rows.exclude(plan__slipped_on__isnull=False, plan__left_on=None)
    return WaitingRows(rows, label="plan__opportunity__title", due="next_look_on", subject="plan")


def _slips(member: Member, on: date) -> WaitingRows:
    """Finished plans that slipped, in cells the member runs or plans they review."""
    seats = Seat.objects.within(member.agency).on(on)
    running = seats.filter(member=member, office__in=RUNNING_OFFICES).values("group")
    plans = ActionPlan.objects.within(member.agency).filter(
        Q(opportunity__cell__group__in=running)
        | (Q(looked_at_by=member) & _goes_on("opportunity__cell", on))
        | Q(sustain__looked_at_by=member, sustain__ended_on=None),
        slipped_on__isnull=False,
        left_on=None,
    )
    return WaitingRows(plans, label="opportunity__title")


def _baselines(member: Member, on: date) -> WaitingRows:
    """Plans under way with a changed baseline, for their reviewers and people who run the cell."""
    seats = Seat.objects.within(member.agency).on(on)
    running = seats.filter(member=member, office__in=RUNNING_OFFICES).values("group")
    seated = seats.filter(member=member).values("group")
    changes = BaselineChange.objects.within(member.agency).open().filter(standard=OuterRef("pk"))
    standards = OutcomeStandard.objects.within(member.agency).filter(
        Exists(changes),
        Q(plan__opportunity__cell__group__in=running)
        | Q(plan__looked_at_by=member, plan__opportunity__cell__group__in=seated),
        _goes_on("plan__opportunity__cell", on),
        plan__status=PlanStatus.ACTIVE,
    )
    return WaitingRows(standards, label="plan__opportunity__title")


register(
    WaitingKind(
        code="cells.step",
        area=Area.PLANS,
        title=_("Do your part: %(label)s"),
        minutes=15,
        rows=_steps,
        url=page("cells:step"),
    )
)
register(
    WaitingKind(
        code="cells.review",
        area=Area.PLANS,
        title=_("Look at how it goes: %(label)s"),
        minutes=10,
        rows=_reviews,
        url=page("cells:review"),
    )
)
register(
    WaitingKind(
        code="cells.baseline",
        area=Area.PLANS,
        title=_("The baseline of a plan has changed. Confirm it and the goal: %(label)s"),
        minutes=10,
        rows=_baselines,
        url=page("cells:baseline"),
    )
)
register(
    WaitingKind(
        code="cells.cycle",
        area=Area.PLANS,
        title=_("Go on with the small test: %(label)s"),
        minutes=10,
        rows=_cycles,
        url=page("cells:cycle"),
    )
)
register(
    WaitingKind(
        code="cells.lasting",
        area=Area.PLANS,
        title=_("Check that it lasts: %(label)s"),
        minutes=10,
        rows=_lasting,
        url=page("cells:look_on"),
    )
)
register(
    WaitingKind(
        code="cells.slipped",
        area=Area.PLANS,
        title=_("What got better has slipped. Say what to do: %(label)s"),
        minutes=10,
        rows=_slips,
        url=page("cells:look_on"),
    )
)
