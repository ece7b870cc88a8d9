"""What is on record of many cells at once: one query, whatever their number."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Member, Standing, StandingKind
from cells.cell.models import Cell, CellQuerySet
from cells.cell.place import with_place
from cells.ideas.models import Opportunity, OpportunityState
from cells.overview.stages import Facts, MissionStage, TookPart
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
from foundation.models import Agency
from groups.models import (
    Attendance,
    DecisionStatus,
    Meeting,
    MeetingStatus,
    Position,
    Seat,
)

THIS = OuterRef("pk")


@dataclass(frozen=True)
class MeetingAhead:
    """The next meeting of a cell that is planned."""

    pk: int
    starts_at: datetime
    place: str


def with_facts(cells: CellQuerySet, member: Member, on: date) -> CellQuerySet:
    """Each with its group, where it is, whether consumers took part, and the member's place."""
    agency = member.agency
    return (
        with_place(cells, member, on)
        .annotate(**_where(member, on))
        .annotate(**_meeting(agency, on))
        .annotate(**_latest(agency))
        .annotate(**_took_part(agency, on))
    )


def facts(cell: Cell) -> Facts:
    """The facts of a cell that came with `with_facts`."""
    row: Any = cell
    return Facts(
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


def took_part(cell: Cell) -> list[TookPart]:
    """Whether consumers took part in each stage of a cell that came with `with_facts`."""
    row: Any = cell
    return [
        TookPart(MissionStage.IDENTIFY, row.has_ideas, row.consumers_identify),
        TookPart(MissionStage.RANK, row.last_round is not None, row.consumers_rank),
        TookPart(MissionStage.CHOOSE, row.last_choice is not None, row.consumers_choose),
        TookPart(MissionStage.PLAN, row.last_plan is not None, row.consumers_plan),
        TookPart(MissionStage.EVALUATE, row.has_reviews, row.consumers_evaluate),
    ]


def meeting(cell: Cell) -> MeetingAhead | None:
    """The next meeting of a cell that came with `with_facts`."""
    row: Any = cell
    if row.meeting is None:
        return None
    return MeetingAhead(row.meeting, row.meeting_at, row.meeting_place)


def _where(member: Member, on: date) -> dict[str, Any]:
    agency = member.agency
    raised = Opportunity.objects.within(agency).filter(cell=THIS).to_rank()
    seats = Seat.objects.within(agency).on(on).voting().filter(group=OuterRef("group"))
    started = PriorityRound.objects.within(agency).started().filter(cell=THIS)
    open_rounds = started.filter(status=RoundStatus.OPEN)
    mine = Ballot.objects.within(agency).filter(secrecy.ballot_of(member))
    entries = RoundEntry.objects.within(agency).filter(round=THIS)
    chosen_since = entries.filter(opportunity__chosen_on__gte=OuterRef("ended_on"))
    undecided = entries.filter(opportunity__state=OpportunityState.RAISED)
    closed = PriorityRound.objects.within(agency).filter(cell=THIS, status=RoundStatus.CLOSED)
    latest = closed.order_by("-ended_on", "-pk").annotate(
        undecided=Exists(undecided) & ~Exists(chosen_since)
    )
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
        "last_round": Subquery(latest.values("pk")[:1]),
        "undecided": Subquery(latest.values("undecided")[:1]),
        "deciding": Subquery(deciding.values("pk")[:1]),
        "to_plan": Subquery(without_plan.values("plan")[:1]),
        "active_plan": Subquery(active.order_by("next_review_on", "pk").values("pk")[:1]),
        "review_on": Subquery(active.order_by("next_review_on", "pk").values("next_review_on")[:1]),
    }


def _meeting(agency: Agency, on: date) -> dict[str, Any]:
    planned = Meeting.objects.within(agency).filter(
        group=OuterRef("group"), status=MeetingStatus.PLANNED, on__gte=on
    )
    first = planned.order_by("starts_at")
    return {
        "meeting": Subquery(first.values("pk")[:1]),
        "meeting_at": Subquery(first.values("starts_at")[:1]),
        "meeting_place": Subquery(first.values("place")[:1]),
    }


def _latest(agency: Agency) -> dict[str, Any]:
    """The latest choice, plan and look: what consumers are asked to have taken part in."""
    decisions = choices(agency).filter(group=OuterRef("group"), status=DecisionStatus.ADOPTED)
    plans = ActionPlan.objects.within(agency).filter(
        opportunity__cell=THIS, activated_on__isnull=False
    )
    plan = plans.order_by("-activated_on", "-pk")
    return {
        "last_choice": Subquery(decisions.order_by("-decided_on", "-pk").values("pk")[:1]),
        "last_plan": Subquery(plan.values("pk")[:1]),
        "last_plan_begun": Subquery(plan.values("begun_on")[:1]),
        "last_plan_activated": Subquery(plan.values("activated_on")[:1]),
    }


def _took_part(agency: Agency, on: date) -> dict[str, Any]:
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
    # Of a ranking in a room, by the list of who came to the meeting of that day.
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
    """Of opportunities: that their author was a consumer on the day."""
    return Exists(
        Standing.objects.within(agency).filter(
            Q(until=None) | Q(until__gt=OuterRef("raised_on")),
            member=Coalesce(OuterRef("on_behalf_of"), OuterRef("raised_by")),
            kind=StandingKind.PRIMARY_CONSUMER,
            employed_peer=False,
            since__lte=OuterRef("raised_on"),
        )
    )


def _seats(agency: Agency) -> Any:
    return Seat.objects.within(agency).of_consumers()
