"""What waits for a member in their cells: votes, steps, numbers, looks at how it goes."""

from collections.abc import Callable
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    Case,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells import duties, periods, secrecy
from cells.models import (
    ActionPlan,
    ActionStep,
    Ballot,
    BaselineChange,
    Cell,
    DataPoint,
    Frequency,
    ImportDraft,
    Measure,
    MeasureQuerySet,
    Opportunity,
    OpportunityState,
    OutcomeStandard,
    PDSACycle,
    PlanStatus,
    PriorityRound,
    RoundStatus,
    SilentIdea,
    StepDependency,
    SustainPlan,
)
from cells.models.plans import STILL_OPEN
from cells.overdue import overdue
from cells.policies import LATE_PERIODS
from foundation.addresses import at
from groups.models import Seat
from groups.rules import RUNNING_OFFICES, works_with_groups
from notifications.areas import Area
from notifications.waiting import Kind, Row, Rows, register

# So many of the latest periods are looked through for late numbers.


def _goes_on(cell: str, on: date) -> Q:
    """Of rows in a cell: it is not closed. In one that is, there is nothing to do any more."""
    closed = f"{cell}__group__closed"
    return Q(**{closed: None}) | Q(**{f"{closed}__gt": on})


def _votes(member: Member, on: date) -> Rows:
    seats = Seat.objects.within(member.agency).on(on).voting().filter(member=member)
    mine = Ballot.objects.within(member.agency).filter(secrecy.ballot_of(member))
    rounds = PriorityRound.objects.within(member.agency).open()
    waiting = rounds.filter(~Exists(mine), cell__group__in=seats.values("group"), closes_on__gte=on)
    return Rows(waiting, label="cell__group__name", due="closes_on")


def _silence(member: Member, on: date) -> Rows:
    """Ideas are asked for, and the member has not written one down."""
    seats = Seat.objects.within(member.agency).on(on).filter(member=member)
    written = SilentIdea.objects.within(member.agency).filter(round=OuterRef("pk"), member=member)
    rounds = PriorityRound.objects.within(member.agency).filter(status=RoundStatus.GATHERING)
    mine = rounds.filter(~Exists(written), cell__group__in=seats.values("group"))
    return Rows(mine, label="question")


def _closings(member: Member, on: date) -> Rows:
    """Of those who run the cell; where nobody does any more, of all who work with groups."""
    seats = Seat.objects.within(member.agency).on(on)
    running = seats.filter(member=member, office__in=RUNNING_OFFICES).values("group")
    mine = Q(opened_by=member) | Q(cell__group__in=running)
    if works_with_groups(member):
        mine |= duties.run_by_nobody(member.agency, on, "cell__group")
    rounds = PriorityRound.objects.within(member.agency).ended(on).filter(mine)
    return Rows(rounds, label="cell__group__name", due="closes_on")


def _left_behind(member: Member, on: date) -> Rows:
    """Cells in which something waits for somebody who is gone: of those who can hand it over."""
    seats = Seat.objects.within(member.agency).on(on)
    running = seats.filter(member=member, office__in=RUNNING_OFFICES).values("group")
    mine = Q(group__in=running)
    if works_with_groups(member):
        mine |= duties.run_by_nobody(member.agency, on)
    return Rows(duties.cells_left_behind(member.agency, on).filter(mine), label="group__name")


def _overdue(member: Member, on: date) -> Rows:
    """Cells that the member runs, with ideas that have stayed where they are for too long."""
    seats = Seat.objects.within(member.agency).on(on)
    running = seats.filter(member=member, office__in=RUNNING_OFFICES).values("group")
    late = overdue(
        Opportunity.objects.within(member.agency).filter(cell=OuterRef("pk")), member.agency, on
    )
    cells = Cell.objects.within(member.agency).filter(group__in=running, group__closed=None)
    return Rows(cells.filter(Exists(late)), label="group__name")


def _steps(member: Member, on: date) -> Rows:
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
    return Rows(mine, label="what", due="due")


def _collected(member: Member) -> MeasureQuerySet:
    """The measures whose numbers the member writes down, period by period."""
    measures = Measure.objects.within(member.agency).in_use().periodic()
    return measures.filter(collected_by=member)


def _numbers(member: Member, on: date) -> Rows:
    """The last period that is over has neither a number nor a word that there is none."""
    latest = {frequency: periods.latest(frequency, on) for frequency in Frequency.values}
    plans = OutcomeStandard.objects.within(member.agency).filter(plan__status=PlanStatus.ACTIVE)
    open_still = [
        _lacks(member, frequency, period) & ~Q(frequency=frequency, **_late(frequency, period, on))
        for frequency, period in latest.items()
    ]
    mine = _collected(member).filter(reduce(or_, open_still), pk__in=plans.values("measure"))
    return Rows(mine, label="name")


def _late_numbers(member: Member, on: date) -> Rows:
    """One of the last periods lacks its number, and its due day is over."""
    late: list[tuple[Q, date]] = []
    for frequency in Frequency.values:
        period = periods.latest(frequency, on)
        for _step in range(LATE_PERIODS.value(member.agency, on)):
            lacking = _lacks(member, frequency, period) & Q(**_late(frequency, period, on))
            late.append((lacking, periods.due(frequency, period, 0)))
            period = periods.before(frequency, period)
    ended = Case(
        *(When(lacking, then=Value(last_day)) for lacking, last_day in late),
        output_field=DateField(),
    )
    mine = _collected(member).filter(reduce(or_, (lacking for lacking, _day in late)))
    due = ExpressionWrapper(ended + F("lag"), output_field=DateField())
    return Rows(mine, label="name", due=due)


def _lacks(member: Member, frequency: str, period: date) -> Q:
    points = DataPoint.objects.within(member.agency)
    there = points.filter(measure=OuterRef("pk"), period=period)
    return Q(~Exists(there), frequency=frequency)


def _late(frequency: str, period: date, on: date) -> dict[str, Any]:
    """The due day of the period is over, and the measure was defined before the period ended."""
    over = (on - periods.due(frequency, period, 0)).days
    return {"lag__lt": over, "defined_on__lt": periods.following(frequency, period)}


def _files(member: Member, on: date) -> Rows:
    """Files of numbers that the member chose and did not save; those are kept for a day only."""
    seats = Seat.objects.within(member.agency).on(on).filter(member=member)
    drafts = (
        ImportDraft.objects.within(member.agency)
        .to_go_on_with()
        .filter(
            Q(measure__collected_by=member) | Q(measure__cell__group__in=seats.values("group")),
            uploaded_by=member,
        )
    )
    return Rows(drafts, label="measure__name")


def _reviews(member: Member, on: date) -> Rows:
    plans = ActionPlan.objects.within(member.agency).filter(
        _goes_on("opportunity__cell", on),
        looked_at_by=member,
        status=PlanStatus.ACTIVE,
        next_review_on__lte=on,
        opportunity__state=OpportunityState.CHOSEN,
    )
    return Rows(plans, label="opportunity__title", due="next_review_on")


def _cycles(member: Member, on: date) -> Rows:
    """Tests whose next part is due: to be started, written down, compared, or acted upon.

    One that has started is written to its end, whatever became of its idea.
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
    return Rows(due, label="title", due="to_day")


def _lasting(member: Member, on: date) -> Rows:
    rows = SustainPlan.objects.within(member.agency).filter(
        looked_at_by=member, next_look_on__lte=on
    )
    rows = rows.exclude(plan__slipped_on__isnull=False, plan__left_on=None)
    return Rows(rows, label="plan__opportunity__title", due="next_look_on", subject="plan")


def _slips(member: Member, on: date) -> Rows:
    """Finished plans that slipped: of cells that the member runs, or that they look at."""
    seats = Seat.objects.within(member.agency).on(on)
    running = seats.filter(member=member, office__in=RUNNING_OFFICES).values("group")
    plans = ActionPlan.objects.within(member.agency).filter(
        Q(opportunity__cell__group__in=running)
        | (Q(looked_at_by=member) & _goes_on("opportunity__cell", on))
        | Q(sustain__looked_at_by=member, sustain__ended_on=None),
        slipped_on__isnull=False,
        left_on=None,
    )
    return Rows(plans, label="opportunity__title")


def _baselines(member: Member, on: date) -> Rows:
    """Plans under way whose frozen baseline was touched: for who looks at them or runs the cell."""
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
    return Rows(standards, label="plan__opportunity__title")


def _page(name: str) -> Callable[[Member, Row], str]:
    return lambda member, row: at(member.agency, name, pk=row.subject_id)


register(
    Kind(
        code="cells.vote",
        area=Area.VOTES,
        title=_("Vote on what comes first: %(label)s"),
        minutes=3,
        rows=_votes,
        url=_page("cells:round"),
        codes=secrecy.voters,
    )
)
register(
    Kind(
        code="cells.silence",
        area=Area.VOTES,
        title=_("Write down your ideas: %(label)s"),
        minutes=5,
        rows=_silence,
        url=_page("cells:round"),
    )
)
register(
    Kind(
        code="cells.close_vote",
        area=Area.VOTES,
        title=_("The last day to vote is over. Close the vote or give more time: %(label)s"),
        minutes=2,
        rows=_closings,
        url=_page("cells:round"),
    )
)
register(
    Kind(
        code="cells.left_behind",
        area=Area.IDEAS,
        title=_("Somebody is gone. Say who goes on with what they did: %(label)s"),
        minutes=5,
        rows=_left_behind,
        url=_page("cells:hand_over"),
    )
)
register(
    Kind(
        code="cells.overdue",
        area=Area.IDEAS,
        title=_("Some improvement ideas wait too long: %(label)s"),
        minutes=10,
        rows=_overdue,
        url=lambda member, row: (
            at(member.agency, "cells:opportunities", pk=row.subject_id) + "?state=overdue"
        ),
    )
)
register(
    Kind(
        code="cells.step",
        area=Area.PLANS,
        title=_("Do your part: %(label)s"),
        minutes=15,
        rows=_steps,
        url=_page("cells:step"),
    )
)
register(
    Kind(
        code="cells.number",
        area=Area.NUMBERS,
        title=_("Write down the latest number: %(label)s"),
        minutes=3,
        rows=_numbers,
        url=_page("cells:record"),
    )
)
register(
    Kind(
        code="cells.late_number",
        area=Area.NUMBERS,
        title=_("A number is late. Write it down: %(label)s"),
        minutes=3,
        rows=_late_numbers,
        url=_page("cells:record"),
    )
)
register(
    Kind(
        code="cells.file",
        area=Area.NUMBERS,
        title=_("Check and save your file: %(label)s"),
        minutes=3,
        rows=_files,
        url=_page("cells:import"),
    )
)
register(
    Kind(
        code="cells.review",
        area=Area.PLANS,
        title=_("Look at how it goes: %(label)s"),
        minutes=10,
        rows=_reviews,
        url=_page("cells:review"),
    )
)
register(
    Kind(
        code="cells.baseline",
        area=Area.PLANS,
        title=_("The baseline of a plan has changed. Confirm it and the goal: %(label)s"),
        minutes=10,
        rows=_baselines,
        url=_page("cells:baseline"),
    )
)
register(
    Kind(
        code="cells.cycle",
        area=Area.PLANS,
        title=_("Go on with the small test: %(label)s"),
        minutes=10,
        rows=_cycles,
        url=_page("cells:cycle"),
    )
)
register(
    Kind(
        code="cells.lasting",
        area=Area.PLANS,
        title=_("Look whether it lasts: %(label)s"),
        minutes=10,
        rows=_lasting,
        url=_page("cells:look_on"),
    )
)
register(
    Kind(
        code="cells.slipped",
        area=Area.PLANS,
        title=_("What got better has slipped. Say what to do: %(label)s"),
        minutes=10,
        rows=_slips,
        url=_page("cells:look_on"),
    )
)
