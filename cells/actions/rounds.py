"""Ranking in secret: opened, voted, closed; and the choice proposed from what came out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import SystemRandom

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member, StandingKind
from cells import rules, secrecy
from cells.actions.opportunities import locked, tell_owners
from cells.choices import choices
from cells.models import (
    Ballot,
    BallotReceipt,
    Cell,
    Opportunity,
    OpportunityState,
    PriorityRound,
    RoundEntry,
    RoundStatus,
    Side,
)
from cells.models.rounds import MOST_VOTES
from foundation import anonymity, events
from foundation.refusals import enforce
from groups import actions as group_actions
from groups.models import Decision, DecisionStatus, Seat

LONGEST = timedelta(days=90)


def default_votes(ideas: int) -> int:
    """About a third of the list, at least 1, at most 5."""
    return max(1, min(MOST_VOTES, round(ideas / 3)))


def side_of(seat: Seat) -> Side:
    """Whose votes a ballot's are, where they are counted apart."""
    if seat.is_consumer:
        return Side.CONSUMERS
    staff = seat.standing in (StandingKind.PROVIDER, StandingKind.MANAGER) or seat.employed_peer
    return Side.STAFF if staff else Side.OTHERS


def voting_seats(cell: Cell, on: date) -> list[Seat]:
    seats = Seat.objects.within(cell.agency).on(on).voting().filter(group=cell.group_id)
    return list(seats)


def _locked(ranking: PriorityRound, by: Member) -> PriorityRound:
    rounds = PriorityRound.objects.within(by.agency).select_related("cell__group")
    return rounds.select_for_update(of=("self",)).get(pk=ranking.pk)


@transaction.atomic
def open_round(
    cell: Cell,
    *,
    opportunities: Iterable[Opportunity],
    closes_on: date,
    votes_each: int | None = None,
    by: Member,
) -> PriorityRound:
    """Ask the cell's voting members which of these come first.

    Each has `votes_each` votes (about a third of the list if None), one for an entry at most.
    ValidationError: fewer than two or more than thirty, not all of this cell and waiting to be
    ranked, a last day that is past or far away, more votes than leave a choice.
    """
    today = by.agency.today()
    keys = {opportunity.pk for opportunity in opportunities}
    listed = list(
        cell.opportunities.filter(agency=by.agency, pk__in=keys)
        .filter(state=OpportunityState.RAISED)
        .select_for_update()
        .order_by("pk")
    )
    seats = voting_seats(cell, today)
    rounds = PriorityRound.objects.within(by.agency).filter(cell=cell)
    waiting = cell.opportunities.filter(state=OpportunityState.RAISED).count()
    enforce(
        rules.opening_round(
            cell, by, ideas=waiting, voters=len(seats), under_way=rounds.open().exists()
        )
    )
    votes = default_votes(len(listed)) if votes_each is None else votes_each
    _check_round(len(listed), len(keys), closes_on, votes, today)
    salt = secrecy.new_salt()
    sides = Counter(str(side_of(seat)) for seat in seats)
    ranking = PriorityRound.objects.within(by.agency).create(
        cell=cell,
        votes_each=votes,
        opened_by=by,
        opened_on=today,
        closes_on=closes_on,
        by_side={Side.CONSUMERS, Side.STAFF} <= anonymity.parts_shown(sides),
        salt=salt,
        seal=secrecy.seal(salt),
    )
    for opportunity in listed:
        ranking.entries.create(agency=by.agency, opportunity=opportunity)
    events.record("round.opened", ranking, by=by, cell=cell.pk, ideas=len(listed), votes=votes)
    return ranking


def _check_round(listed: int, asked: int, closes_on: date, votes: int, today: date) -> None:
    if listed != asked:
        raise ValidationError(
            {"opportunities": _("Choose from the ideas of this cell that wait to be ranked.")}
        )
    if listed not in rules.ENTRIES:
        raise ValidationError(
            {
                "opportunities": _("Choose from %(least)d to %(most)d ideas.")
                % {"least": rules.ENTRIES.start, "most": rules.ENTRIES.stop - 1}
            }
        )
    if not 1 <= votes <= min(MOST_VOTES, listed - 1):
        raise ValidationError(
            {
                "votes_each": _("Give each person from 1 to %(most)d votes.")
                % {"most": min(MOST_VOTES, listed - 1)}
            }
        )
    _check_last_day(closes_on, today)


def _check_last_day(closes_on: date, today: date) -> None:
    if not today <= closes_on <= today + LONGEST:
        raise ValidationError(
            {"closes_on": _("Choose a day from today on, in the next three months.")}
        )


@transaction.atomic
def cast(ranking: PriorityRound, *, choices: Sequence[RoundEntry], by: Member) -> bool:
    """Put the member's ballot into the box: one row, which bears nothing of the member.

    It is alone in its transaction: no event, no receipt, no submission goes with it. All ballots
    of the round are written anew with it, in random order, so that none tells when it was cast.
    False when the member had voted: the first ballot stays. ValidationError: none, too many, not
    listed.
    """
    ranking = _locked(ranking, by)
    if secrecy.has_voted(ranking, by):
        return False
    today = by.agency.today()
    seats = Seat.objects.within(by.agency).on(today).filter(group=ranking.cell.group_id)
    seat = seats.filter(member=by).first()
    enforce(rules.voting(ranking, seat, today, voted=False))
    assert seat is not None
    code = secrecy.code(ranking, by)
    enforce(rules.keeping_secret(code))
    assert code is not None
    keys = sorted({entry.pk for entry in choices})
    _check_choices(ranking, keys)
    ballot = Ballot(
        agency=by.agency,
        round=ranking,
        choices=keys,
        code=code,
        side=side_of(seat) if ranking.by_side else Side.UNKNOWN,
    )
    anonymity.rewrite(Ballot.objects.within(by.agency).filter(round=ranking), [ballot])
    return True


def _check_choices(ranking: PriorityRound, keys: Sequence[int]) -> None:
    if not keys:
        raise ValidationError({"choices": _("Choose at least one idea.")})
    if len(keys) > ranking.votes_each:
        raise ValidationError(
            {
                "choices": ngettext(
                    "You have %(votes)d vote. You chose %(chosen)d ideas.",
                    "You have %(votes)d votes. You chose %(chosen)d ideas.",
                    ranking.votes_each,
                )
                % {"votes": ranking.votes_each, "chosen": len(keys)}
            }
        )
    if ranking.entries.filter(pk__in=keys).count() != len(keys):
        raise ValidationError({"choices": _("Choose from the ideas on the list.")})


@transaction.atomic
def close_round(ranking: PriorityRound, *, by: Member) -> PriorityRound:
    """Count, write down who voted, and write all ballots anew, in random order, without codes."""
    ranking = _locked(ranking, by)
    today = by.agency.today()
    ballots = Ballot.objects.within(by.agency).filter(round=ranking)
    codes = {ballot.code for ballot in ballots}
    voted = {
        seat.member_id: seat
        for seat in _seats_during(ranking, today)
        if secrecy.code(ranking, seat.member) in codes
    }
    still_to_vote = [
        seat for seat in voting_seats(ranking.cell, today) if seat.member_id not in voted
    ]
    enforce(
        rules.closing_round(ranking, by, today, cast=len(codes), still_to_vote=len(still_to_vote))
    )
    _count(ranking, list(ballots))
    receipts = list(voted.values())
    SystemRandom().shuffle(receipts)
    for seat in receipts:
        BallotReceipt.objects.within(by.agency).create(
            round=ranking, member_id=seat.member_id, seat=seat
        )
    ballots.update(code="", side=Side.UNKNOWN)
    anonymity.rewrite(Ballot.objects.within(by.agency).filter(round=ranking))
    ranking.ballots_cast = len(codes)
    _end(ranking, RoundStatus.CLOSED, today)
    events.record("round.closed", ranking, by=by, cell=ranking.cell_id, ballots=len(codes))
    entries = ranking.entries.select_related("opportunity__raised_by", "opportunity__on_behalf_of")
    for entry in entries:
        tell_owners(entry.opportunity, "opportunity.ranked", place=entry.place, of=len(entries))
    return ranking


def _seats_during(ranking: PriorityRound, today: date) -> list[Seat]:
    """Voting seats held on any day of the round, each member's latest last."""
    seats = Seat.objects.within(ranking.agency).voting().select_related("member")
    held = Q(until=None) | Q(until__gt=ranking.opened_on)
    during = seats.filter(held, group=ranking.cell.group_id, since__lte=today)
    return list(during.order_by("since", "pk"))


def _count(ranking: PriorityRound, ballots: Sequence[Ballot]) -> None:
    """Places always; votes where enough voted; sides where enough of each did."""
    votes = Counter(key for ballot in ballots for key in ballot.choices)
    cast_by = Counter(ballot.side for ballot in ballots if ballot.side)
    apart = {Side.CONSUMERS, Side.STAFF} <= anonymity.parts_shown(cast_by)
    by_side = Counter((ballot.side, key) for ballot in ballots for key in ballot.choices)
    entries = list(ranking.entries.all())
    for entry in entries:
        entry.place = 1 + sum(votes[other.pk] > votes[entry.pk] for other in entries)
        if anonymity.enough(len(ballots)):
            entry.votes = votes[entry.pk]
            if apart:
                entry.votes_consumers = by_side[Side.CONSUMERS, entry.pk]
                entry.votes_staff = by_side[Side.STAFF, entry.pk]
        entry.save()


def _end(ranking: PriorityRound, status: RoundStatus, today: date) -> None:
    ranking.status, ranking.ended_on = status, today
    ranking.salt = ranking.seal = ""
    ranking.save()


@transaction.atomic
def cancel_round(ranking: PriorityRound, *, by: Member) -> PriorityRound:
    """Call a vote off: its ballots are destroyed, uncounted."""
    ranking = _locked(ranking, by)
    enforce(rules.ending_round(ranking, by))
    Ballot.objects.within(by.agency).filter(round=ranking).delete()
    _end(ranking, RoundStatus.CANCELLED, by.agency.today())
    events.record("round.cancelled", ranking, by=by, cell=ranking.cell_id)
    return ranking


@transaction.atomic
def extend_round(ranking: PriorityRound, *, closes_on: date, by: Member) -> PriorityRound:
    """Give people more time to vote."""
    ranking = _locked(ranking, by)
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
    """Bring the choice of one of a closed round's opportunities to the cell's decision."""
    ranking = _locked(ranking, by)
    deciding = choices(by.agency).filter(group=ranking.cell.group_id, status=DecisionStatus.OPEN)
    enforce(rules.proposing(ranking, by, under_way=deciding.exists()))
    opportunity = locked(opportunity.pk, by)
    listed = ranking.entries.filter(opportunity=opportunity).exists()
    if not listed or opportunity.state != OpportunityState.RAISED:
        raise ValidationError(
            {"opportunity": _("Choose from the ideas of this vote that are still open.")}
        )
    decision = group_actions.propose(
        ranking.cell.group,
        title=_("Work on: %(title)s") % {"title": opportunity.title},
        text=text,
        subject=opportunity,
        by=by,
    )
    opportunity.decision = decision
    opportunity.version += 1
    opportunity.save(update_fields=["decision", "version"])
    return decision
