"""Casting a ballot, by each of the three methods."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from cells.ranking import rules, secrecy
from cells.ranking.actions.rounds import locked_round, seats_during, side_of
from cells.ranking.counting import ImpactAndEffort
from cells.ranking.models import (
    HIGHEST,
    Ballot,
    PriorityRound,
    RankingMethod,
    RoundEntry,
    VoterSide,
)
from foundation import anonymity, minimum
from foundation.refusals import enforce
from groups.models import Seat


@anonymity.unnamed
@transaction.atomic
def cast(
    ranking: PriorityRound,
    *,
    choices: Sequence[RoundEntry] = (),
    ratings: Mapping[RoundEntry, ImpactAndEffort] | None = None,
    by: Member,
) -> bool:
    """Cast the member's ballot: one row, which holds nothing about the member.

    `choices`: the entries that get a vote, or in the nominal group technique those on the ranking
    cards, most important first. `ratings`: of every entry, in a matrix. It is alone in its
    transaction: no event, no receipt, no submission goes with it. All ballots of the round are
    rewritten with it, in random order, so that none shows when it was cast. False if the member had
    voted: the first ballot stays. ValidationError: none, too many, not listed, a rating out of
    range or missing.
    """
    ranking = locked_round(ranking, by)
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
    listed = set(ranking.entries.values_list("pk", flat=True))
    marks = {
        RankingMethod.MULTIVOTING: lambda: _votes(ranking, choices, listed),
        RankingMethod.NOMINAL: lambda: _cards(ranking, choices, listed),
        RankingMethod.MATRIX: lambda: _ratings(ratings or {}, listed),
    }[RankingMethod(ranking.method)]()
    _forget_sides(ranking, seat, today)
    # In list order, so that nothing shows in which order they were marked.
    marks = dict(sorted(marks.items()))
    ballot = Ballot(
        agency=by.agency,
        round=ranking,
        choices=list(marks),
        points=[mark[0] for mark in marks.values()],
        efforts=[mark[1] for mark in marks.values() if len(mark) > 1],
        code=code,
        side=side_of(seat) if ranking.by_side else VoterSide.UNKNOWN,
    )
    anonymity.rewrite(Ballot.objects.within(by.agency).filter(round=ranking), [ballot])
    return True


def _forget_sides(ranking: PriorityRound, seat: Seat, today: date) -> None:
    """Stop recording sides once the voter's is too small: it would reveal whose a ballot is.

    The counts of each side could not be shown any longer in any case.
    """
    if not ranking.by_side:
        return
    side = side_of(seat)
    alike = {each.member_id for each in seats_during(ranking, today) if side_of(each) == side}
    if minimum.enough(len(alike)):
        return
    ranking.by_side = False
    ranking.save(update_fields=["by_side"])
    Ballot.objects.within(ranking.agency).filter(round=ranking).update(side=VoterSide.UNKNOWN)


Marks = dict[int, tuple[int, ...]]


def _votes(ranking: PriorityRound, choices: Sequence[RoundEntry], listed: set[int]) -> Marks:
    keys = {entry.pk for entry in choices}
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
    _check_listed(keys, listed)
    return dict.fromkeys(keys, (1,))


def _cards(ranking: PriorityRound, choices: Sequence[RoundEntry], listed: set[int]) -> Marks:
    keys = [entry.pk for entry in choices]
    if len(keys) != ranking.votes_each or len(set(keys)) != len(keys):
        raise ValidationError(
            _("Put %(cards)d different ideas in order.") % {"cards": ranking.votes_each}
        )
    _check_listed(set(keys), listed)
    return {key: (len(keys) - place,) for place, key in enumerate(keys)}


def _ratings(ratings: Mapping[RoundEntry, ImpactAndEffort], listed: set[int]) -> Marks:
    _check_listed({entry.pk for entry in ratings}, listed)
    if len(ratings) != len(listed):
        raise ValidationError(_("Answer for each idea."))
    scale = range(1, HIGHEST + 1)
    if any(each.impact not in scale or each.effort not in scale for each in ratings.values()):
        raise ValidationError(
            _("Choose a number from 1 to %(highest)d for each.") % {"highest": HIGHEST}
        )
    return {entry.pk: (each.impact, each.effort) for entry, each in ratings.items()}


def _check_listed(keys: set[int], listed: set[int]) -> None:
    if not keys <= listed:
        raise ValidationError({"choices": _("Choose from the ideas on the list.")})
