"""A vote's page: the ballot by each method, and after the close what came out."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from cells.ideas.models import OpportunityState
from cells.ranking import actions, matrix, rules, secrecy
from cells.ranking.actions.rounds import voting_seats
from cells.ranking.finding import closing, deciding, round_of
from cells.ranking.forms import BALLOTS, AnyBallotForm
from cells.ranking.models import (
    HIGHEST,
    BallotReceipt,
    PriorityRound,
    RankingMethod,
    RoundEntry,
    RoundStatus,
)
from cells.ranking.views.silence import gathering, talking, too_late
from foundation import smallness
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.minimum import MINIMUM, enough
from foundation.pages import render
from foundation.refusals import Refusal, enforce
from foundation.smallness import Bound, Mean, Size


def round_page(request: AgencyRequest, pk: int) -> HttpResponse:
    """The ballot, while one may vote; after the close, the order."""
    ranking = round_of(request, pk)
    if ranking.status == RoundStatus.GATHERING:
        return gathering(request, ranking)
    if request.method == "POST" and "title" in request.POST:
        return too_late(request, ranking)
    if ranking.status == RoundStatus.TALKING:
        return talking(request, ranking)
    entries = RoundEntry.objects.within(request.agency).filter(round=ranking)
    entries = entries.select_related("opportunity")
    if ranking.status != RoundStatus.OPEN:
        return _closed(request, ranking, list(entries.order_by("place", "pk")))
    listed = list(entries.order_by("pk"))
    today = request.agency.today()
    seats = voting_seats(ranking.cell, today)
    seat = next((seat for seat in seats if seat.member_id == request.member.pk), None)
    cast = secrecy.counted(ranking, [each.member for each in seats])
    voted = seat is not None and secrecy.has_voted(ranking, request.member)
    refusal = rules.voting(ranking, seat, today, voted=voted)
    form = None
    if refusal is None:
        form = BALLOTS[ranking.method].from_request(request, ranking=ranking, entries=listed)
    if request.method == "POST":
        answer = _cast(request, ranking, form, refusal, voted=voted)
        if answer is not None:
            return answer
    running = rules.ending_round(ranking, request.member) is None
    not_yet = closing(request, ranking, seats, cast)
    return render(
        request,
        "cells/ranking/vote.html",
        {
            "ranking": ranking,
            "cell": ranking.cell,
            "form": form,
            "entries": [entry.opportunity for entry in listed],
            "voted": voted,
            # Only for who runs it, and in steps: who looks before and after somebody votes learns
            # nothing.
            "so_far": smallness.so_far(cast, len(seats)) if running else "",
            "over": today > ranking.closes_on,
            "may_close": not_yet is None,
            "running": running,
            # Before its last day is over everybody knows why; after it, who runs the cell must.
            "not_yet": not_yet if running and today > ranking.closes_on else None,
        },
    )


def _cast(
    request: AgencyRequest,
    ranking: PriorityRound,
    form: AnyBallotForm | None,
    refusal: Refusal | None,
    *,
    voted: bool,
) -> HttpResponse | None:
    """Not through `submit`: what it writes down would lie beside the ballot and tell its time."""
    here = at(request.agency, "cells:round", pk=ranking.pk)
    if voted:
        return HttpResponseRedirect(here)
    if form is None:
        enforce(refusal)
        return None
    if not form.is_valid():
        return None
    try:
        actions.cast(ranking, **form.ballot, by=request.member)
    except ValidationError as error:
        form.add_error("choices" if "choices" in form.fields else None, error.messages)
        return None
    messages.success(request, _("Thank you. Your vote is in the box."))
    # Their row would be written right after the ballot, and tell who voted last.
    request.session.modified = False
    return HttpResponseRedirect(here)


def _closed(
    request: AgencyRequest, ranking: PriorityRound, entries: list[RoundEntry]
) -> HttpResponse:
    receipts = BallotReceipt.objects.within(request.agency)
    voted = receipts.filter(round=ranking, member=request.member).exists()
    if request.method == "POST":
        # A ballot that came too late; one that was sent twice is told on the page.
        if not voted:
            enforce(rules.voting(ranking, None, request.agency.today(), voted=False))
        return HttpResponseRedirect(at(request.agency, "cells:round", pk=ranking.pk))
    shown = ranking.status == RoundStatus.CLOSED and enough(ranking.ballots_cast or 0)
    rows = [_row(request, ranking, number, entry) for number, entry in enumerate(entries, 1)]
    return render(
        request,
        "cells/ranking/result.html",
        {
            "ranking": ranking,
            "cell": ranking.cell,
            "called_off": ranking.status == RoundStatus.CANCELLED,
            "rows": rows,
            "columns": _columns(ranking) if shown and ranking.method != RankingMethod.PAPER else [],
            "on_paper": ranking.method == RankingMethod.PAPER,
            "apart": ranking.ballots_staff is not None,
            "shown": shown,
            "voters": smallness.count(ranking.ballots_cast or 0),
            "minimum": MINIMUM.value,
            "pictures": matrix.pictures(
                [matrix.MatrixIdea(each["number"], each["title"], *each["means"]) for each in rows]
            )
            if shown and ranking.method == RankingMethod.MATRIX
            else [],
            "voted": voted,
            "undecided": any(
                entry.opportunity.state == OpportunityState.RAISED for entry in entries
            ),
            "chose": any(entry.opportunity.chosen_on for entry in entries),
            "may_propose": rules.proposing(ranking, request.member, under_way=deciding(ranking))
            is None,
        },
    )


def _columns(ranking: PriorityRound) -> list[str]:
    """What is told of each idea, by all and, where it may be, by each side."""
    if ranking.method == RankingMethod.MATRIX:
        helps, hard = _("How much it would help"), _("How hard it would be")
        told = [(helps, helps), (hard, hard)]
    elif ranking.method == RankingMethod.NOMINAL:
        told = [(_("Points"), _("points"))]
    else:
        told = [(_("Votes"), _("votes"))]
    columns = [name for name, _each in told]
    if ranking.ballots_staff is not None:
        for who in (_("From people who use services"), _("From staff")):
            columns += [f"{who}: {name}" if len(told) > 1 else str(who) for name, _each in told]
    return columns


def _row(
    request: AgencyRequest, ranking: PriorityRound, number: int, entry: RoundEntry
) -> dict[str, Any]:
    given = [
        (entry.votes, entry.effort, ranking.ballots_cast),
        (entry.votes_consumers, entry.effort_consumers, ranking.ballots_consumers),
        (entry.votes_staff, entry.effort_staff, ranking.ballots_staff),
    ]
    told = [each for each in given if each[0] is not None and each[2]]
    means = _means(told) if ranking.method == RankingMethod.MATRIX else []
    cells = [str(mean) for mean in means] or _parts(ranking, told)
    if means and len(told) > 1 and any(mean.bound != Bound.EXACT for mean in means[2:]):
        # The side that is told exactly and the whole would give the other away.
        cells[2:] = [_("not told apart")] * len(cells[2:])
    return {
        "number": number,
        "place": entry.place,
        "title": entry.opportunity.title,
        "href": at(request.agency, "cells:opportunity", pk=entry.opportunity_id),
        "state": entry.opportunity.get_state_display()
        if entry.opportunity.state != OpportunityState.RAISED
        else "",
        "means": (means[0].value, means[1].value) if means else (0.0, 0.0),
        "cells": [
            {"name": name, "value": value}
            for name, value in zip(_columns(ranking), cells, strict=True)
        ]
        if cells
        else [],
    }


Given = tuple[int | None, int | None, int | None]
"""Votes, points or impacts of an entry, its efforts, and of how many ballots."""


def _means(told: list[Given]) -> list[Mean]:
    return [
        smallness.mean(total, ballots, lowest=1, highest=HIGHEST)
        for points, efforts, ballots in told
        for total in (points, efforts)
        if total is not None and ballots
    ]


def _parts(ranking: PriorityRound, told: list[Given]) -> list[str]:
    """Votes or points beside what was possible: never that all or none were given."""
    most = ranking.votes_each if ranking.method == RankingMethod.NOMINAL else 1
    wholes = [(points or 0, most * (ballots or 0)) for points, _efforts, ballots in told]
    apart = wholes[1:]
    exact = all(smallness.size(*each) == Size.EXACT for each in apart)
    return [smallness.part(*each) for each in wholes[:1]] + [
        smallness.part(*each, exact=exact) for each in apart
    ]
