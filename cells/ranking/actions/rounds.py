"""Secret ranking: opened, voted, closed; and the choice proposed from the result."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from random import SystemRandom

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Member, StandingKind
from cells.cell.models import Cell
from cells.ideas.actions import locked, put_on_list, tell_owners
from cells.ideas.models import Opportunity, OpportunityState
from cells.policies import RANKED, VOTE_LONGEST, VOTES_EACH
from cells.ranking import counting, rules, secrecy
from cells.ranking.choices import choices
from cells.ranking.models import (
    Ballot,
    BallotReceipt,
    PriorityRound,
    RankingMethod,
    RoundStatus,
    SilentIdea,
    VoterSide,
)
from foundation import anonymity, events, minimum
from foundation.refusals import enforce
from groups import actions as group_actions
from groups.models import Decision, DecisionStatus, Seat


def default_votes(ideas: int) -> int:
    """About a third of the list, at least one, at most the maximum per person."""
    return max(1, min(VOTES_EACH.value, round(ideas / 3)))


def side_of(seat: Seat) -> VoterSide:
    """The side whose votes a ballot adds to, if sides are counted separately."""
    if seat.is_consumer:
        return VoterSide.CONSUMERS
    staff = seat.standing in (StandingKind.PROVIDER, StandingKind.MANAGER) or seat.employed_peer
    return VoterSide.STAFF if staff else VoterSide.OTHERS


def voting_seats(cell: Cell, on: date) -> list[Seat]:
    seats = Seat.objects.within(cell.agency).on(on).voting().filter(group=cell.group_id)
    return list(seats.select_related("member"))


def locked_round(ranking: PriorityRound, by: Member) -> PriorityRound:
    rounds = PriorityRound.objects.within(by.agency).select_related("cell__group")
    return rounds.select_for_update(of=("self",)).get(pk=ranking.pk)


def lock_votes(cell: int, by: Member) -> None:
    """Let one person at a time start a vote in the cell, or bring a choice to its decision."""
    Cell.objects.within(by.agency).select_for_update().get(pk=cell)


@transaction.atomic
def open_round(
    cell: Cell,
    *,
    opportunities: Iterable[Opportunity],
    closes_on: date,
    votes_each: int | None = None,
    method: str = RankingMethod.MULTIVOTING,
    by: Member,
) -> PriorityRound:
    """Ask the cell's voting members which of these come first.

    With multivoting each has `votes_each` votes (about a third of the list if None), at most one
    per entry; the list determines the number of ranking cards. ValidationError: too few or too many
    for the method, not all of this cell and waiting to be ranked, a last day that is past or far
    away, more votes than leave a choice.
    """
    today = by.agency.today()
    lock_votes(cell.pk, by)
    listed = waiting_among(cell, opportunities)
    rounds = PriorityRound.objects.within(by.agency).filter(cell=cell)
    waiting = cell.opportunities.filter(state=OpportunityState.RAISED).count()
    seats = voting_seats(cell, today)
    enforce(
        rules.opening_round(
            cell, by, ideas=waiting, voters=len(seats), under_way=rounds.started().exists()
        )
    )
    ranking = PriorityRound(
        agency=by.agency, cell=cell, method=method, opened_by=by, opened_on=today
    )
    return start_voting(ranking, listed, votes_each, closes_on, seats, by)


def waiting_among(cell: Cell, opportunities: Iterable[Opportunity]) -> list[Opportunity]:
    """Lock these and return them in their order; ValidationError unless all wait to be ranked."""
    keys = [opportunity.pk for opportunity in opportunities]
    rows = cell.opportunities.filter(pk__in=keys, state=OpportunityState.RAISED)
    found = {row.pk: row for row in rows.select_for_update().order_by("pk")}
    if len(found) != len(set(keys)):
        raise ValidationError(
            {"opportunities": _("Choose from the ideas of this cell that wait to be ranked.")}
        )
    return list(found.values())


def start_voting(
    ranking: PriorityRound,
    listed: Sequence[Opportunity],
    votes_each: int | None,
    closes_on: date,
    seats: Sequence[Seat],
    by: Member,
) -> PriorityRound:
    """Start accepting ballots: the list is fixed, and their codes get a salt."""
    _check_list(ranking.method, len(listed))
    _check_last_day(closes_on, by.agency.today())
    salt = secrecy.new_salt()
    sides = Counter(str(side_of(seat)) for seat in seats)
    ranking.votes_each = _votes(ranking.method, votes_each, len(listed))
    ranking.become(RoundStatus.OPEN)
    ranking.closes_on = closes_on
    ranking.by_side = {VoterSide.CONSUMERS, VoterSide.STAFF} <= minimum.parts_shown(sides)
    ranking.salt, ranking.seal = salt, secrecy.seal(salt)
    ranking.save()
    there = set(ranking.entries.values_list("opportunity", flat=True))
    ranking.entries.exclude(opportunity__in=listed).delete()
    for opportunity in listed:
        if opportunity.pk not in there:
            ranking.entries.create(agency=by.agency, opportunity=opportunity)
    events.record(
        "round.opened",
        ranking,
        by=by,
        cell=ranking.cell_id,
        ideas=len(listed),
        votes=ranking.votes_each,
    )
    return ranking


def _check_list(method: str, listed: int) -> None:
    if listed not in rules.ENTRIES[method]:
        raise ValidationError(
            {
                "opportunities": _("Choose from %(least)d to %(most)d ideas.")
                % {"least": RANKED.value, "most": rules.ENTRIES[method].stop - 1}
            }
        )


def _votes(method: str, asked: int | None, listed: int) -> int:
    if method == RankingMethod.MATRIX:
        return 0
    if method == RankingMethod.NOMINAL:
        return counting.cards(listed)
    votes = default_votes(listed) if asked is None else asked
    most = min(VOTES_EACH.value, listed - 1)
    if not 1 <= votes <= most:
        raise ValidationError(
            {"votes_each": _("Give each person from 1 to %(most)d votes.") % {"most": most}}
        )
    return votes


def _check_last_day(closes_on: date, today: date) -> None:
    if not today <= closes_on <= today + VOTE_LONGEST.span:
        raise ValidationError(
            {
                "closes_on": _("Choose today or a day within %(days)s.")
                % {"days": VOTE_LONGEST.words}
            }
        )


@transaction.atomic
def close_round(ranking: PriorityRound, *, by: Member) -> PriorityRound:
    """Count, record who voted, and rewrite all ballots in random order, without codes."""
    ranking = locked_round(ranking, by)
    today = by.agency.today()
    ballots = Ballot.objects.within(by.agency).filter(round=ranking)
    seats = voters(ranking, today)
    codes = {ballot.code for ballot in ballots} & set(seats)
    enforce(
        rules.closing_round(
            ranking, by, today, cast=len(codes), still_to_vote=len(seats) - len(codes)
        )
    )
    # Members who have left the cell no longer decide in it; whose ballots these are is unknown.
    ballots.exclude(code__in=codes).delete()
    _count(ranking, list(ballots))
    receipts = [seats[code] for code in codes]
    SystemRandom().shuffle(receipts)
    for seat in receipts:
        BallotReceipt.objects.within(by.agency).create(
            round=ranking, member_id=seat.member_id, seat=seat
        )
    ballots.update(code="", side=VoterSide.UNKNOWN)
    anonymity.rewrite(Ballot.objects.within(by.agency).filter(round=ranking))
    ranking.ballots_cast = len(codes)
    _end(ranking, RoundStatus.CLOSED, today)
    events.record("round.closed", ranking, by=by, cell=ranking.cell_id)
    entries = ranking.entries.select_related("opportunity__raised_by", "opportunity__on_behalf_of")
    for entry in entries:
        tell_owners(entry.opportunity, "opportunity.ranked", place=entry.place, of=len(entries))
    return ranking


def voters(ranking: PriorityRound, on: date) -> dict[str, Seat]:
    """The cell's voting seats on that day, by the code of each member's ballot.

    Only these votes are counted. Empty if the server's key has changed.
    """
    found = voting_seats(ranking.cell, on)
    return {code: seat for seat in found if (code := secrecy.code(ranking, seat.member))}


def seats_during(ranking: PriorityRound, today: date) -> list[Seat]:
    """Voting seats held on any day of the round, each member's latest one last.

    Including those that ended on its first day: the member may have voted that morning.
    """
    seats = Seat.objects.within(ranking.agency).voting().select_related("member")
    held = Q(until=None) | Q(until__gte=ranking.opened_on)
    during = seats.filter(held, group=ranking.cell.group_id, since__lte=today)
    return list(during.order_by("since", "pk"))


def _count(ranking: PriorityRound, ballots: Sequence[Ballot]) -> None:
    """Store each entry's place, and what may be shown of the rest."""
    entries = list(ranking.entries.all())
    cast = [
        counting.Cast(
            tuple(ballot.choices), tuple(ballot.points), tuple(ballot.efforts), ballot.side
        )
        for ballot in ballots
    ]
    results = counting.count(ranking.method, [entry.pk for entry in entries], cast)
    places = counting.places(results, ballots=len(cast), dice=SystemRandom())
    if (sides := counting.sides(cast)) is not None:
        ranking.ballots_consumers, ranking.ballots_staff = sides
    for entry in entries:
        result = results[entry.pk]
        entry.place = places[entry.pk]
        if result.all is not None:
            entry.votes, entry.effort = result.all.points, result.all.efforts
        if result.consumers is not None and result.staff is not None:
            entry.votes_consumers = result.consumers.points
            entry.effort_consumers = result.consumers.efforts
            entry.votes_staff = result.staff.points
            entry.effort_staff = result.staff.efforts
        entry.save()


def _end(ranking: PriorityRound, status: RoundStatus, today: date) -> None:
    ranking.become(status)
    ranking.ended_on = today
    ranking.salt = ranking.seal = ""
    ranking.save()


def _in_turn(ranking: PriorityRound) -> list[SilentIdea]:
    """The first idea of each person, then the second of each, and so on."""
    of: dict[int, list[SilentIdea]] = defaultdict(list)
    for idea in ranking.silent_ideas.select_related("member").order_by("pk"):
        of[idea.member_id].append(idea)
    most = max(map(len, of.values()), default=0)
    return [ideas[turn] for turn in range(most) for ideas in of.values() if turn < len(ideas)]


def raise_silent(ranking: PriorityRound) -> list[Opportunity]:
    """Turn ideas written in silence into ideas of the cell, one of each person in turn."""
    raised = [
        put_on_list(ranking.cell, idea.title, idea.description, kind=idea.kind, by=idea.member)
        for idea in _in_turn(ranking)
    ]
    ranking.silent_ideas.all().delete()
    return raised


@transaction.atomic
def cancel_round(ranking: PriorityRound, *, by: Member) -> PriorityRound:
    """Cancel a vote: its ballots are destroyed, uncounted; silent ideas are kept."""
    ranking = locked_round(ranking, by)
    enforce(rules.calling_off(ranking, by))
    raise_silent(ranking)
    Ballot.objects.within(by.agency).filter(round=ranking).delete()
    _end(ranking, RoundStatus.CANCELLED, by.agency.today())
    events.record("round.cancelled", ranking, by=by, cell=ranking.cell_id)
    return ranking


@transaction.atomic
def extend_round(ranking: PriorityRound, *, closes_on: date, by: Member) -> PriorityRound:
    """Give people more time to vote."""
    ranking = locked_round(ranking, by)
    enforce(rules.ending_round(ranking, by))
    _check_last_day(closes_on, by.agency.today())
    ranking.closes_on = closes_on
    ranking.save(update_fields=["closes_on"])
    events.record("round.extended", ranking, by=by, cell=ranking.cell_id)
    return ranking


@transaction.atomic
def propose_choice(
    ranking: PriorityRound, *, opportunity: Opportunity, text: str, by: Member
) -> Decision:
    """Propose that the cell choose one of a closed round's opportunities."""
    lock_votes(ranking.cell_id, by)
    ranking = locked_round(ranking, by)
    deciding = choices(by.agency).filter(group=ranking.cell.group_id, status=DecisionStatus.OPEN)
    enforce(rules.proposing(ranking, by, under_way=deciding.exists()))
    opportunity = locked(opportunity.pk, by)
    listed = ranking.entries.filter(opportunity=opportunity).exists()
    if not listed or opportunity.state != OpportunityState.RAISED:
        raise ValidationError(
            {"opportunity": _("Choose from the ideas of this vote that are still open.")}
        )
    return _bring(ranking.cell, opportunity, text, by)


@transaction.atomic
def propose_together(cell: Cell, *, opportunity: Opportunity, text: str, by: Member) -> Decision:
    """Propose an idea without a vote, where too few could vote in secret."""
    lock_votes(cell.pk, by)
    ideas, under_way = together(cell)
    voters = len(voting_seats(cell, by.agency.today()))
    enforce(rules.choosing_together(cell, by, ideas=ideas, voters=voters, under_way=under_way))
    opportunity = locked(opportunity.pk, by)
    if opportunity.cell_id != cell.pk or opportunity.state != OpportunityState.RAISED:
        raise ValidationError({"opportunity": _("Choose from the ideas that are still open.")})
    return _bring(cell, opportunity, text, by)


def together(cell: Cell) -> tuple[int, bool]:
    """How many ideas wait to be chosen, and whether a vote or a decision is under way."""
    started = PriorityRound.objects.within(cell.agency).started().filter(cell=cell)
    deciding = choices(cell.agency).filter(group=cell.group_id, status=DecisionStatus.OPEN)
    waiting = cell.opportunities.filter(state=OpportunityState.RAISED).count()
    return waiting, started.exists() or deciding.exists()


def _bring(cell: Cell, opportunity: Opportunity, text: str, by: Member) -> Decision:
    decision = group_actions.propose(
        cell.group,
        title=_("Work on: %(title)s") % {"title": opportunity.title},
        text=text,
        subject=opportunity,
        by=by,
    )
    opportunity.decision = decision
    opportunity.version += 1
    opportunity.save(update_fields=["decision", "version"])
    return decision
