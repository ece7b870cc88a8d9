"""A ranking made in a room, recorded afterwards."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from cells.ranking import rules
from cells.ranking.models import PriorityRound, RankingMethod, RoundStatus
from foundation import events
from foundation.refusals import enforce


@transaction.atomic
def write_down_ranking(
    cell: Cell,
    *,
    on: date,
    places: Mapping[Opportunity, int],
    took_part: int | None = None,
    question: str = "",
    by: Member,
) -> PriorityRound:
    """Record the order in which a cell put its ideas on a past day, or today.

    `places`: 1 for the first; two ideas may share one. `took_part`: how many, if it was counted.
    ValidationError: a future day, no idea, ideas of another cell, a place below 1.
    """
    enforce(rules.writing_down_ranking(cell, by))
    if on > by.agency.today():
        raise ValidationError({"on": _("This day is still to come.")})
    if not places or any(idea.cell_id != cell.pk for idea in places):
        raise ValidationError(_("Give at least one idea of this cell its place."))
    if any(place < 1 for place in places.values()):
        raise ValidationError(_("Give places from 1 on."))
    ranking = PriorityRound.objects.within(by.agency).create(
        cell=cell,
        method=RankingMethod.PAPER,
        question=question.strip(),
        votes_each=0,
        opened_by=by,
        opened_on=on,
        closes_on=on,
        ended_on=on,
        recorded_on=by.agency.today(),
        status=RoundStatus.CLOSED,
        ballots_cast=took_part or 0,
    )
    for idea, place in places.items():
        ranking.entries.create(agency=by.agency, opportunity=idea, place=place)
    events.record("round.recorded", ranking, by=by, cell=cell.pk, ideas=len(places))
    return ranking
