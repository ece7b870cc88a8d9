"""What waits for a member in their cells: votes, steps, numbers, looks at how it goes."""

from collections.abc import Callable
from datetime import date

from django.db.models import Case, DateField, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells import periods, secrecy
from cells.models import (
    ActionPlan,
    ActionStep,
    Ballot,
    DataPoint,
    Frequency,
    Measure,
    OutcomeStandard,
    PDSACycle,
    PlanStatus,
    PriorityRound,
    RoundStatus,
    SilentIdea,
)
from foundation.addresses import at
from groups.models import Seat
from notifications.waiting import Kind, Row, Rows, register


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
    rounds = PriorityRound.objects.within(member.agency).ended(on).filter(opened_by=member)
    return Rows(rounds, label="cell__group__name", due="closes_on")


def _steps(member: Member, on: date) -> Rows:
    steps = ActionStep.objects.within(member.agency).still_open()
    mine = steps.filter(owner=member, plan__status=PlanStatus.ACTIVE)
    return Rows(mine, label="what", due="due")


def _numbers(member: Member, on: date) -> Rows:
    """The last period that is over has neither a number nor a word that there is none."""
    latest = Case(
        *(
            When(frequency=frequency, then=Value(periods.latest(frequency, on)))
            for frequency in Frequency.values
        ),
        output_field=DateField(),
    )
    there = DataPoint.objects.within(member.agency).filter(
        measure=OuterRef("pk"), period=OuterRef("latest_period")
    )
    measures = Measure.objects.within(member.agency).in_use().annotate(latest_period=latest)
    plans = OutcomeStandard.objects.within(member.agency).filter(plan__status=PlanStatus.ACTIVE)
    mine = measures.filter(
        ~Exists(there),
        collected_by=member,
        pk__in=plans.values("measure"),
        cell__group__closed=None,
    )
    return Rows(mine, label="name")


def _reviews(member: Member, on: date) -> Rows:
    plans = ActionPlan.objects.within(member.agency).filter(
        looked_at_by=member, status=PlanStatus.ACTIVE, next_review_on__lte=on
    )
    return Rows(plans, label="opportunity__title", due="next_review_on")


def _cycles(member: Member, on: date) -> Rows:
    """Tests whose next part is due: to be started, written down, compared, or acted upon."""
    cycles = PDSACycle.objects.within(member.agency).filter(
        leader=member, ended_on=None, plan__status=PlanStatus.ACTIVE
    )
    due = cycles.filter(
        Q(started_on=None, from_day__lte=on)
        | Q(started_on__isnull=False, done_on=None, to_day__lte=on)
        | Q(done_on__isnull=False)
    )
    return Rows(due, label="title", due="to_day")


def _page(name: str) -> Callable[[Member, Row], str]:
    return lambda member, row: at(member.agency, name, pk=row.subject_id)


register(
    Kind(
        code="cells.vote",
        title=_("Vote on what comes first: %(label)s"),
        minutes=3,
        rows=_votes,
        url=_page("cells:round"),
    )
)
register(
    Kind(
        code="cells.silence",
        title=_("Write down your ideas: %(label)s"),
        minutes=5,
        rows=_silence,
        url=_page("cells:round"),
    )
)
register(
    Kind(
        code="cells.close_vote",
        title=_("The last day to vote is over. Close the vote: %(label)s"),
        minutes=2,
        rows=_closings,
        url=_page("cells:round"),
    )
)
register(
    Kind(
        code="cells.step",
        title=_("Do your part: %(label)s"),
        minutes=15,
        rows=_steps,
        url=_page("cells:step"),
    )
)
register(
    Kind(
        code="cells.number",
        title=_("Write down the latest number: %(label)s"),
        minutes=3,
        rows=_numbers,
        url=_page("cells:record"),
    )
)
register(
    Kind(
        code="cells.review",
        title=_("Look at how it goes: %(label)s"),
        minutes=10,
        rows=_reviews,
        url=_page("cells:review"),
    )
)
register(
    Kind(
        code="cells.cycle",
        title=_("Go on with the small test: %(label)s"),
        minutes=10,
        rows=_cycles,
        url=_page("cells:cycle"),
    )
)
