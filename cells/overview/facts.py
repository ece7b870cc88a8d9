"""Facts about many cells at once, in one query."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.anybody import anybody
from accounts.models import Member, Standing, StandingKind
from cells.cell.models import Cell, CellQuerySet
from cells.cell.place import settle, with_place
from cells.ideas.models import Opportunity, OpportunityState
from cells.overview.stages import Facts, MissionStage, TookPart, stage
from cells.plans.models import ActionPlan, ActionStep, EvaluationReview, PlanStatus
from cells.policies import SIGNAL_YEAR
from cells.ranking import secrecy
from cells.ranking.choices import choices
from cells.ranking.models import (
    Ballot,
    BallotReceipt,
    PriorityRound,
    RankingMethod,
    RoundEntry,
    RoundStatus,
)
from foundation import prepared
from foundation.columns import Columns, columns_of
from foundation.models import Agency
from groups.models import (
    Attendance,
    Decision,
    DecisionStatus,
    Meeting,
    MeetingStatus,
    Position,
    Seat,
    SeatQuerySet,
)

THIS = OuterRef("pk")


@dataclass(frozen=True)
class MeetingAhead:
    """A cell's next planned meeting."""

    pk: int
    starts_at: datetime
    place: str


@dataclass(frozen=True)
class CellFacts:
    """What is on record of a cell on a day, for one reader.

    The cell has its group and the reader's place in it loaded. `decides`: its group has an open
    decision. `last_plan`: the one that began last.
    """

    cell: Cell
    known: Facts
    took_part: Sequence[TookPart]
    meeting: MeetingAhead | None
    decides: bool
    last_plan: int | None

    @property
    def stage(self) -> MissionStage:
        return stage(self.known)


@dataclass(frozen=True)
class _Columns:
    """The annotations of each cell."""

    ideas: int
    voters: int
    open_round: int | None
    closes_on: date | None
    voted: bool | None
    last_round: int | None
    undecided: bool | None
    deciding: int | None
    decides: bool
    to_plan: int | None
    active_plan: int | None
    review_on: date | None
    meeting: int | None
    meeting_at: datetime
    meeting_place: str
    last_choice: int | None
    last_plan: int | None
    has_ideas: bool
    has_reviews: bool
    consumers_identify: bool
    consumers_rank: bool
    consumers_choose: bool
    consumers_plan: bool
    consumers_evaluate: bool


def facts_of(cells: CellQuerySet, member: Member, on: date) -> list[CellFacts]:
    """The facts of each of these cells for this member, in their order; one query."""
    return [_facts(cell, member.agency) for cell in _asked(cells, member, on)]


def kept_facts_of(
    which: Callable[[Member, date], CellQuerySet], member: Member, on: date, row: int = 0
) -> list[CellFacts]:
    """The same of the cells that a module's function chooses, with a query that is built once.

    `row`: the key for which the function has `prepared.ROW`.
    """
    anyone = anybody(member, on, secrecy.voters)
    stand_ins = {**anyone.stand_ins, prepared.ROW: "row"}

    def build() -> CellQuerySet:
        return _asked(which(anyone.member, on), anyone.member, on)

    kept = prepared.prepared(("cells.facts", which, *anyone.key), build, stand_ins)
    found = kept.models({**anyone.values, "row": row})
    return [_facts(cell, member.agency) for cell in found]


def _asked(cells: CellQuerySet, member: Member, on: date) -> CellQuerySet:
    agency = member.agency
    return (
        with_place(cells, member, on)
        .annotate(**latest(agency))
        .annotate(**_where(member, on))
        .annotate(**_meeting(agency, on))
        .annotate(**_took_part(agency, on))
    )


def _facts(cell: Cell, agency: Agency) -> CellFacts:
    cell.agency = cell.group.agency = agency
    settle(cell, cell)
    row = columns_of(_Columns, cell)
    meeting = (
        MeetingAhead(row.meeting, row.meeting_at, row.meeting_place)
        if row.meeting is not None
        else None
    )
    known = Facts(
        ideas=row.ideas,
        voters=row.voters,
        open_round=row.open_round,
        closes_on=row.closes_on,
        voted=bool(row.voted),
        ranked=row.last_round if row.undecided else None,
        deciding=row.deciding,
        to_plan=row.to_plan,
        active_plan=row.active_plan,
        review_on=row.review_on,
    )
    return CellFacts(cell, known, _parts(row), meeting, row.decides, row.last_plan)


def _parts(row: _Columns) -> list[TookPart]:
    """Whether consumers took part in each stage."""
    return [
        TookPart(MissionStage.IDENTIFY, row.has_ideas, row.consumers_identify),
        TookPart(MissionStage.RANK, row.last_round is not None, row.consumers_rank),
        TookPart(MissionStage.CHOOSE, row.last_choice is not None, row.consumers_choose),
        TookPart(MissionStage.PLAN, row.last_plan is not None, row.consumers_plan),
        TookPart(MissionStage.EVALUATE, row.has_reviews, row.consumers_evaluate),
    ]


def _where(member: Member, on: date) -> Columns:
    agency = member.agency
    raised = Opportunity.objects.within(agency).filter(cell=THIS).to_rank()
    seats = Seat.objects.within(agency).on(on).voting().filter(group=OuterRef("group"))
    started = PriorityRound.objects.within(agency).started().filter(cell=THIS)
    open_rounds = started.filter(status=RoundStatus.OPEN)
    mine = Ballot.objects.within(agency).filter(secrecy.ballot_of(member))
    entries = RoundEntry.objects.within(agency).filter(round=THIS)
    chosen_since = entries.filter(opportunity__chosen_on__gte=OuterRef("ended_on"))
    undecided = entries.filter(opportunity__state=OpportunityState.RAISED)
    last_round = PriorityRound.objects.within(agency).filter(pk=OuterRef("last_round"))
    still = last_round.annotate(undecided=Exists(undecided) & ~Exists(chosen_since))
    decisions = Decision.objects.within(agency).filter(status=DecisionStatus.OPEN)
    deciding = choices(agency).filter(group=OuterRef("group"), status=DecisionStatus.OPEN)
    chosen = Opportunity.objects.within(agency).filter(cell=THIS, state=OpportunityState.CHOSEN)
    active = ActionPlan.objects.within(agency).filter(
        opportunity__cell=THIS, status=PlanStatus.ACTIVE
    )
    without_plan = chosen.exclude(plan__status=PlanStatus.ACTIVE).order_by("chosen_on", "pk")
    return {
        "ideas": Coalesce(
            Subquery(raised.order_by().values("cell").annotate(n=Count("pk")).values("n")), 0
        ),
        "voters": Coalesce(Subquery(seats.values("group").annotate(n=Count("pk")).values("n")), 0),
        "open_round": Subquery(started.values("pk")[:1]),
        "closes_on": Subquery(open_rounds.values("closes_on")[:1]),
        "voted": Subquery(open_rounds.annotate(mine=Exists(mine)).values("mine")[:1]),
        "undecided": Subquery(still.values("undecided")[:1]),
        "deciding": Subquery(deciding.values("pk")[:1]),
        "decides": Exists(decisions.filter(group=OuterRef("group"))),
        "to_plan": Subquery(without_plan.values("plan")[:1]),
        "active_plan": Subquery(active.order_by("next_review_on", "pk").values("pk")[:1]),
        "review_on": Subquery(active.order_by("next_review_on", "pk").values("next_review_on")[:1]),
    }


def _meeting(agency: Agency, on: date) -> Columns:
    planned = Meeting.objects.within(agency).filter(
        group=OuterRef("group"), status=MeetingStatus.PLANNED, on__gte=on
    )
    first = planned.order_by("starts_at")
    return {
        "meeting": Subquery(first.values("pk")[:1]),
        "meeting_at": Subquery(first.values("starts_at")[:1]),
        "meeting_place": Subquery(first.values("place")[:1]),
    }


def latest(agency: Agency) -> Columns:
    """Annotations of cells: the latest vote, choice and plan, where consumers should take part."""
    closed = PriorityRound.objects.within(agency).filter(cell=THIS, status=RoundStatus.CLOSED)
    decisions = choices(agency).filter(group=OuterRef("group"), status=DecisionStatus.ADOPTED)
    plans = ActionPlan.objects.within(agency).filter(
        opportunity__cell=THIS, activated_on__isnull=False
    )
    plan = plans.order_by("-activated_on", "-pk")
    return {
        "last_round": Subquery(closed.order_by("-ended_on", "-pk").values("pk")[:1]),
        "last_choice": Subquery(decisions.order_by("-decided_on", "-pk").values("pk")[:1]),
        "last_plan": Subquery(plan.values("pk")[:1]),
        "last_plan_begun": Subquery(plan.values("begun_on")[:1]),
        "last_plan_activated": Subquery(plan.values("activated_on")[:1]),
    }


def _took_part(agency: Agency, on: date) -> Columns:
    since = on - SIGNAL_YEAR.span(agency, on)
    lately = Opportunity.objects.within(agency).filter(cell=THIS, raised_on__gt=since)
    receipts = BallotReceipt.objects.within(agency).filter(
        round=OuterRef("last_round"), seat__in=_seats(agency)
    )
    positions = Position.objects.within(agency).current()
    reviews = EvaluationReview.objects.within(agency).filter(plan=OuterRef("last_plan"))
    came = Attendance.objects.within(agency).filter(
        standing=StandingKind.PRIMARY_CONSUMER, employed_peer=False
    )
    # For a ranking in a room, the attendance of that day's meeting.
    there = came.filter(meeting__group=OuterRef("cell__group"), meeting__on=OuterRef("ended_on"))
    on_paper = PriorityRound.objects.within(agency).filter(
        Exists(there), pk=OuterRef("last_round"), method=RankingMethod.PAPER
    )
    planned_together = came.filter(
        meeting__group=OuterRef("group"),
        meeting__on__range=(OuterRef("last_plan_begun"), OuterRef("last_plan_activated")),
    )
    owned = ActionStep.objects.within(agency).filter(
        plan=OuterRef("last_plan"), owner__in=_seats(agency).values("member")
    )
    looked = reviews.filter(
        Exists(came.filter(meeting=OuterRef("meeting")))
        | Q(by__in=_seats(agency).filter(group=OuterRef(OuterRef("group"))).values("member"))
    )
    return {
        "has_ideas": Exists(lately),
        "has_reviews": Exists(reviews),
        "consumers_identify": Exists(lately.filter(by_consumers(agency))),
        "consumers_rank": Exists(receipts) | Exists(on_paper),
        "consumers_choose": Exists(
            positions.of_voters(on, _seats(agency)).filter(decision=OuterRef("last_choice"))
        ),
        "consumers_plan": Exists(planned_together) | Exists(owned),
        "consumers_evaluate": Exists(looked),
    }


def by_consumers(agency: Agency) -> Exists:
    """A condition on opportunities: their author was a consumer that day."""
    return Exists(
        Standing.objects.within(agency).filter(
            Q(until=None) | Q(until__gt=OuterRef("raised_on")),
            member=Coalesce(OuterRef("on_behalf_of"), OuterRef("raised_by")),
            kind=StandingKind.PRIMARY_CONSUMER,
            employed_peer=False,
            since__lte=OuterRef("raised_on"),
        )
    )


def _seats(agency: Agency) -> SeatQuerySet:
    return Seat.objects.within(agency).of_consumers()
