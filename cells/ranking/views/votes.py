"""A vote's page by its state: silent ideas, the talk, the ballot, the result."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from cells.ideas import rules as idea_rules
from cells.ideas.forms import IdeaForm
from cells.ideas.models import OpportunityState
from cells.ranking import actions, rules, secrecy
from cells.ranking.actions.rounds import voting_seats
from cells.ranking.finding import closing, deciding, ranking_in_silence, round_of
from cells.ranking.forms import BALLOTS, AnyBallotForm, SilentIdeaForm
from cells.ranking.models import (
    BallotReceipt,
    PriorityRound,
    RoundEntry,
    RoundStatus,
    SilentIdea,
)
from cells.ranking.presenting import ResultReader, result_page
from foundation import smallness
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import Refusal, Refused, enforce


def round_page(request: AgencyRequest, pk: int) -> HttpResponse:
    """Silent ideas, then the talk; the ballot while voting is possible; finally the order."""
    ranking = round_of(request, pk)
    if ranking.status == RoundStatus.GATHERING:
        return _gathering(request, ranking)
    if request.method == "POST" and "title" in request.POST:
        return _too_late(request, ranking)
    if ranking.status == RoundStatus.TALKING:
        return _talking(request, ranking)
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
            # Only for people who run it, and in steps, so that looking before and after a vote
            # reveals nothing.
            "so_far": smallness.so_far(cast, len(seats)) if running else "",
            "over": today > ranking.closes_on,
            "may_close": not_yet is None,
            "running": running,
            "may_call_off": rules.calling_off(ranking, request.member) is None,
            # Before the last day is over, the reason is obvious; after it, people who run the cell
            # need it.
            "not_yet": not_yet if running and today > ranking.closes_on else None,
        },
    )


def _gathering(request: AgencyRequest, ranking: PriorityRound) -> HttpResponse:
    """People see only their own ideas, and how many there are."""
    written = SilentIdea.objects.within(request.agency).filter(round=ranking)
    refusal = rules.writing_down(ranking, request.member)
    form = SilentIdeaForm.from_request(request) if refusal is None else None
    if request.method == "POST":
        enforce(refusal)
        try:
            if form is not None and (answer := _write_down(request, ranking, form)) is not None:
                return answer
        except Refused:
            return _too_late(request, ranking)
    counted = written.aggregate(ideas=Count("pk"), people=Count("member", distinct=True))
    may_go = rules.going_round(ranking, request.member, ideas=counted["ideas"]) is None
    return render(
        request,
        "cells/ranking/gathering.html",
        {
            "ranking": ranking,
            "cell": ranking.cell,
            "form": form,
            "mine": written.filter(member=request.member).order_by("pk"),
            "counted": counted,
            "may_go": may_go,
            "running": rules.calling_off(ranking, request.member) is None,
        },
    )


def _write_down(
    request: AgencyRequest, ranking: PriorityRound, form: SilentIdeaForm
) -> HttpResponse | None:
    def act(form: SilentIdeaForm) -> tuple[str, str]:
        actions.write_down(ranking, **form.answers, by=request.member)
        here = at(request.agency, "cells:round", pk=ranking.pk)
        return here, _("It is written down. You can write down one more.")

    return submit(request, form, act)


def _too_late(request: AgencyRequest, ranking: PriorityRound) -> HttpResponse:
    """The ideas were read out while somebody was still writing: share theirs as any other idea.

    A second click on one that was in time still reaches the first one's target.
    """
    try:
        written = SilentIdeaForm.from_request(request)
        if (answer := _write_down(request, ranking, written)) is not None:
            return answer
    except Refused:
        pass
    enforce(idea_rules.raising(ranking.cell, request.member))
    kept = {name: request.POST.get(name, "") for name in ("kind", "title", "description")}
    return render(
        request,
        "cells/ideas/idea.html",
        {
            "form": IdeaForm(cells=None, members=None, initial=kept),
            "cell": ranking.cell,
            "late": True,
            "address": at(request.agency, "cells:raise", pk=ranking.cell_id),
        },
    )


def _talking(request: AgencyRequest, ranking: PriorityRound) -> HttpResponse:
    """The ideas, one of each person in turn, without those merged since."""
    entries = RoundEntry.objects.within(request.agency).filter(round=ranking)
    entries = entries.select_related("opportunity__raised_by", "opportunity__on_behalf_of")
    ideas = [
        entry.opportunity
        for entry in entries.order_by("pk")
        if entry.opportunity.state == OpportunityState.RAISED
    ]
    running = rules.calling_off(ranking, request.member) is None
    voters = voting_seats(ranking.cell, request.agency.today())
    not_yet = ranking_in_silence(request, ranking, voters, len(ideas))
    return render(
        request,
        "cells/ranking/talking.html",
        {
            "ranking": ranking,
            "cell": ranking.cell,
            "ideas": ideas,
            "may_rank": not_yet is None,
            "not_yet": not_yet if running else None,
            "running": running,
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
    """Cast without `submit`, whose record beside the ballot would show its time."""
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
    # The session row would be written right after the ballot, and reveal who voted last.
    request.session.modified = False
    return HttpResponseRedirect(here)


def _closed(
    request: AgencyRequest, ranking: PriorityRound, entries: list[RoundEntry]
) -> HttpResponse:
    receipts = BallotReceipt.objects.within(request.agency)
    voted = receipts.filter(round=ranking, member=request.member).exists()
    if request.method == "POST":
        # A ballot that came too late; the page reports one that was sent twice.
        if not voted:
            enforce(rules.voting(ranking, None, request.agency.today(), voted=False))
        return HttpResponseRedirect(at(request.agency, "cells:round", pk=ranking.pk))
    may_propose = rules.proposing(ranking, request.member, under_way=deciding(ranking)) is None
    page = result_page(ranking, entries, ResultReader(voted=voted, may_propose=may_propose))
    return render(request, "cells/ranking/result.html", {"cell": ranking.cell, "page": page})
