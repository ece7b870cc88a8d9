"""Ranking: starting a vote, voting, closing it, and proposing the choice."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cells import actions, rules, secrecy
from cells.actions.rounds import voting_seats
from cells.choices import choices
from cells.forms import BallotForm, ChoiceForm, LastDayForm, RoundForm
from cells.models import (
    Ballot,
    BallotReceipt,
    Opportunity,
    OpportunityState,
    PriorityRound,
    RoundEntry,
    RoundStatus,
)
from cells.views.finding import cell_of, round_of
from foundation.addresses import at
from foundation.anonymity import enough
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import Refusal, enforce
from groups.models import DecisionStatus

USUAL = timedelta(days=14)


def open_round(request: AgencyRequest, pk: int) -> HttpResponse:
    cell = cell_of(request, pk)
    today = request.agency.today()
    ideas = Opportunity.objects.within(request.agency).filter(cell=cell).to_rank()
    open_rounds = PriorityRound.objects.within(request.agency).open().filter(cell=cell)
    enforce(
        rules.opening_round(
            cell,
            request.member,
            ideas=ideas.count(),
            voters=len(voting_seats(cell, today)),
            under_way=open_rounds.exists(),
        )
    )
    form = RoundForm.from_request(
        request,
        opportunities=ideas.order_by("raised_on", "pk"),
        initial={
            "opportunities": [each.pk for each in ideas] if ideas.count() <= _MOST else [],
            "closes_on": today + USUAL,
        },
    )

    def act(form: RoundForm) -> tuple[str, str]:
        ranking = actions.open_round(cell, **form.answers, by=request.member)
        message = _("The vote is open. Everyone who can vote sees it on their home page.")
        return at(request.agency, "cells:round", pk=ranking.pk), message

    return submit(request, form, act) or render(
        request, "cells/open_round.html", {"form": form, "cell": cell}
    )


_MOST = rules.ENTRIES.stop - 1


def round_page(request: AgencyRequest, pk: int) -> HttpResponse:
    """The ballot, while one may vote; how many voted; after the close, the order."""
    ranking = round_of(request, pk)
    entries = RoundEntry.objects.within(request.agency).filter(round=ranking)
    entries = entries.select_related("opportunity")
    if ranking.status != RoundStatus.OPEN:
        return _closed(request, ranking, list(entries.order_by("place", "pk")))
    today = request.agency.today()
    seats = voting_seats(ranking.cell, today)
    seat = next((seat for seat in seats if seat.member_id == request.member.pk), None)
    cast = Ballot.objects.within(request.agency).filter(round=ranking).count()
    voted = seat is not None and secrecy.has_voted(ranking, request.member)
    refusal = rules.voting(ranking, seat, today, voted=voted)
    form = None
    if refusal is None:
        form = BallotForm.from_request(request, ranking=ranking, entries=entries.order_by("pk"))
    if request.method == "POST":
        answer = _cast(request, ranking, form, refusal, voted=voted)
        if answer is not None:
            return answer
    return render(
        request,
        "cells/vote.html",
        {
            "ranking": ranking,
            "cell": ranking.cell,
            "form": form,
            "entries": [entry.opportunity for entry in entries],
            "voted": voted,
            "cast": cast,
            "voters": max(len(seats), cast),
            "over": today > ranking.closes_on,
            "may_close": _closing(request, ranking, len(seats), cast) is None,
            "running": rules.ending_round(ranking, request.member) is None,
        },
    )


def _closing(
    request: AgencyRequest, ranking: PriorityRound, voters: int, cast: int | None = None
) -> Refusal | None:
    """Whether it looks like time to close, from the counts alone."""
    if cast is None:
        cast = Ballot.objects.within(request.agency).filter(round=ranking).count()
    return rules.closing_round(
        ranking,
        request.member,
        request.agency.today(),
        cast=cast,
        still_to_vote=max(0, voters - cast),
    )


def _cast(
    request: AgencyRequest,
    ranking: PriorityRound,
    form: BallotForm | None,
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
        actions.cast(ranking, choices=form.cleaned_data["choices"], by=request.member)
    except ValidationError as error:
        form.add_error("choices", error.messages)
        return None
    messages.success(request, _("Thank you. Your vote is in the box."))
    # Their row would be written right after the ballot, and tell who voted last.
    request.session.modified = False
    return HttpResponseRedirect(here)


def _closed(
    request: AgencyRequest, ranking: PriorityRound, entries: list[RoundEntry]
) -> HttpResponse:
    receipts = BallotReceipt.objects.within(request.agency)
    return render(
        request,
        "cells/result.html",
        {
            "ranking": ranking,
            "cell": ranking.cell,
            "called_off": ranking.status == RoundStatus.CANCELLED,
            "rows": [_row(request, entry) for entry in entries],
            "votes_shown": enough(ranking.ballots_cast or 0),
            "apart": any(entry.votes_staff is not None for entry in entries),
            "voted": receipts.filter(round=ranking, member=request.member).exists(),
            "undecided": any(
                entry.opportunity.state == OpportunityState.RAISED for entry in entries
            ),
            "chose": any(entry.opportunity.chosen_on for entry in entries),
            "may_propose": rules.proposing(ranking, request.member, under_way=_deciding(ranking))
            is None,
        },
    )


def _row(request: AgencyRequest, entry: RoundEntry) -> dict[str, Any]:
    return {
        "place": entry.place,
        "title": entry.opportunity.title,
        "href": at(request.agency, "cells:opportunity", pk=entry.opportunity_id),
        "state": entry.opportunity.get_state_display()
        if entry.opportunity.state != OpportunityState.RAISED
        else "",
        "votes": entry.votes,
        "consumers": entry.votes_consumers,
        "staff": entry.votes_staff,
    }


def _deciding(ranking: PriorityRound) -> bool:
    decisions = choices(ranking.agency).filter(
        group=ranking.cell.group_id, status=DecisionStatus.OPEN
    )
    return decisions.exists()


def close_round(request: AgencyRequest, pk: int) -> HttpResponse:
    """Asks once more; the close itself counts exactly who has not voted yet."""
    ranking = round_of(request, pk)
    enforce(_closing(request, ranking, len(voting_seats(ranking.cell, request.agency.today()))))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.close_round(ranking, by=request.member)
        return at(request.agency, "cells:round", pk=pk), _("The vote is closed.")

    return submit(request, form, act) or render(
        request, "cells/close_round.html", {"form": form, "ranking": ranking, "cell": ranking.cell}
    )


def extend_round(request: AgencyRequest, pk: int) -> HttpResponse:
    ranking = round_of(request, pk)
    enforce(rules.ending_round(ranking, request.member))
    form = LastDayForm.from_request(request, initial={"closes_on": ranking.closes_on})

    def act(form: LastDayForm) -> str:
        actions.extend_round(ranking, **form.answers, by=request.member)
        return at(request.agency, "cells:round", pk=pk)

    return submit(request, form, act) or render(
        request, "cells/extend_round.html", {"form": form, "ranking": ranking, "cell": ranking.cell}
    )


def cancel_round(request: AgencyRequest, pk: int) -> HttpResponse:
    ranking = round_of(request, pk)
    enforce(rules.ending_round(ranking, request.member))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.cancel_round(ranking, by=request.member)
        return at(request.agency, "cells:cell", pk=ranking.cell_id), _("The vote is called off.")

    return submit(request, form, act) or render(
        request, "cells/cancel_round.html", {"form": form, "ranking": ranking, "cell": ranking.cell}
    )


def propose(request: AgencyRequest, pk: int) -> HttpResponse:
    """Bring one of the ranked ideas to the cell's decision."""
    ranking = round_of(request, pk)
    enforce(rules.proposing(ranking, request.member, under_way=_deciding(ranking)))
    entries = RoundEntry.objects.within(request.agency).filter(
        round=ranking, opportunity__state=OpportunityState.RAISED
    )
    ordered = list(entries.order_by("place", "pk"))
    ideas = Opportunity.objects.within(request.agency).filter(
        pk__in=[entry.opportunity_id for entry in ordered]
    )
    form = ChoiceForm.from_request(
        request,
        opportunities=ideas.order_by("entries__place", "pk").filter(entries__round=ranking),
        hints={entry.opportunity_id: _hint(entry) for entry in ordered},
        initial={"opportunity": ordered[0].opportunity_id if ordered else None},
    )

    def act(form: ChoiceForm) -> str:
        decision = actions.propose_choice(ranking, **form.answers, by=request.member)
        return at(request.agency, "groups:decision", pk=decision.pk)

    return submit(request, form, act) or render(
        request, "cells/propose.html", {"form": form, "ranking": ranking, "cell": ranking.cell}
    )


def _hint(entry: RoundEntry) -> str:
    said = _("Place %(place)d") % {"place": entry.place}
    if entry.votes is None:
        return said
    votes = ngettext("%(votes)d vote", "%(votes)d votes", entry.votes) % {"votes": entry.votes}
    return f"{said}, {votes}"
