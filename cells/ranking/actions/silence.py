"""The nominal group technique before its vote: silent ideas, read out in turn."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas.models import Opportunity, OpportunityKind
from cells.policies import VOTE_OPEN
from cells.ranking import rules
from cells.ranking.actions.rounds import (
    lock_votes,
    locked_round,
    raise_silent,
    start_voting,
    voting_seats,
    waiting_among,
)
from cells.ranking.models import PriorityRound, RankingMethod, RoundStatus, SilentIdea
from foundation import events
from foundation.edits import required
from foundation.refusals import enforce

# Until voting starts, a round has the default last day; then the one that is set.


@transaction.atomic
def gather(cell: Cell, *, question: str, by: Member) -> PriorityRound:
    """Ask everyone in the cell to write down ideas before anybody hears the others'."""
    today = by.agency.today()
    lock_votes(cell.pk, by)
    rounds = PriorityRound.objects.within(by.agency).filter(cell=cell)
    seats = voting_seats(cell, today)
    enforce(rules.gathering(cell, by, voters=len(seats), under_way=rounds.started().exists()))
    required(question=question)
    ranking = rounds.create(
        cell=cell,
        method=RankingMethod.NOMINAL,
        status=RoundStatus.GATHERING,
        question=question.strip(),
        votes_each=0,
        opened_by=by,
        opened_on=today,
        closes_on=today + VOTE_OPEN.span(cell.agency, today),
    )
    events.record("round.gathering", ranking, by=by, cell=cell.pk)
    return ranking


@transaction.atomic
def write_down(
    ranking: PriorityRound, *, kind: str, title: str, description: str = "", by: Member
) -> SilentIdea:
    """Record an idea that nobody else sees until all are read out."""
    ranking = locked_round(ranking, by)
    enforce(rules.writing_down(ranking, by))
    required(title=title)
    if kind not in OpportunityKind.values:
        raise ValidationError({"kind": _("Choose one of the two.")})
    idea: SilentIdea = ranking.silent_ideas.create(
        agency=by.agency,
        member=by,
        kind=kind,
        title=title.strip(),
        description=description.strip(),
    )
    return idea


@transaction.atomic
def go_round(ranking: PriorityRound, *, by: Member) -> PriorityRound:
    """Read the silent ideas out: they become ideas of the cell, one of each person in turn."""
    ranking = locked_round(ranking, by)
    ideas = ranking.silent_ideas.count()
    enforce(rules.going_round(ranking, by, ideas=ideas))
    for opportunity in raise_silent(ranking):
        ranking.entries.create(agency=by.agency, opportunity=opportunity)
    ranking.become(RoundStatus.TALKING)
    ranking.save(update_fields=["status"])
    events.record("round.talking", ranking, by=by, cell=ranking.cell_id, ideas=ideas)
    return ranking


@transaction.atomic
def rank_in_silence(
    ranking: PriorityRound, *, opportunities: Iterable[Opportunity], closes_on: date, by: Member
) -> PriorityRound:
    """Start the vote after the talk: each voting member ranks the ideas with a few cards."""
    ranking = locked_round(ranking, by)
    seats = voting_seats(ranking.cell, by.agency.today())
    waiting = Opportunity.objects.within(by.agency).filter(cell=ranking.cell_id)
    ideas = waiting.to_rank().count()
    enforce(rules.ranking_in_silence(ranking, by, ideas=ideas, voters=len(seats)))
    listed = waiting_among(ranking.cell, opportunities)
    return start_voting(ranking, listed, None, closes_on, seats, by)
