"""Ranking: starting a vote, voting, closing it, and proposing the choice."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cells.cell.finding import cell_of
from cells.ideas.models import GONE_ON, Opportunity, OpportunityState
from cells.policies import LISTED, VOTE_OPEN
from cells.ranking import actions, rules
from cells.ranking.actions.rounds import together, voting_seats
from cells.ranking.finding import closing, deciding, round_of
from cells.ranking.forms import ChoiceForm, LastDayForm, PaperRankingForm, RoundForm
from cells.ranking.models import PriorityRound, RoundEntry, RoundStatus
from foundation.addresses import at
from foundation.asking import Back, ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce

# Up to this many ideas, all are on the list by default.
_ALL = 30


def open_round(request: AgencyRequest, pk: int) -> HttpResponse:
    cell = cell_of(request, pk)
    today = request.agency.today()
    ideas = Opportunity.objects.within(request.agency).filter(cell=cell).to_rank()
    ideas = ideas.order_by("raised_on", "pk")
    open_rounds = PriorityRound.objects.within(request.agency).started().filter(cell=cell)
    enforce(
        rules.opening_round(
            cell,
            request.member,
            ideas=len(ideas),
            voters=len(voting_seats(cell, today)),
            under_way=open_rounds.exists(),
        )
    )
    form = RoundForm.from_request(
        request,
        opportunities=ideas,
        initial={
            "opportunities": [each.pk for each in ideas] if len(ideas) <= _ALL else [],
            "closes_on": today + VOTE_OPEN.span(request.agency, today),
        },
    )

    def act(form: RoundForm) -> tuple[str, str]:
        ranking = actions.open_round(cell, **form.answers, by=request.member)
        message = _("The vote is open. Everyone who can vote sees it on their home page.")
        return at(request.agency, "cells:round", pk=ranking.pk), message

    return submit(request, form, act) or render(
        request, "cells/ranking/open_round.html", {"form": form, "cell": cell}
    )


def close_round(request: AgencyRequest, pk: int) -> HttpResponse:
    """Ask for confirmation; closing itself counts exactly who has not voted yet."""
    ranking = round_of(request, pk)
    enforce(closing(request, ranking, voting_seats(ranking.cell, request.agency.today())))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.close_round(ranking, by=request.member)
        return at(request.agency, "cells:round", pk=pk), _("The vote is closed.")

    return ask(
        request,
        form,
        act,
        title=_("Close the vote"),
        text=[_("After this nobody can vote any more, and everyone sees the order of the ideas.")],
        button=_("Close the vote and count"),
        **_back(request, ranking),
    )


def _back(request: AgencyRequest, ranking: PriorityRound) -> Back:
    return {
        "back": at(request.agency, "cells:round", pk=ranking.pk),
        "back_text": _("Back to the vote"),
    }


def extend_round(request: AgencyRequest, pk: int) -> HttpResponse:
    ranking = round_of(request, pk)
    enforce(rules.ending_round(ranking, request.member))
    form = LastDayForm.from_request(request, initial={"closes_on": ranking.closes_on})

    def act(form: LastDayForm) -> str:
        actions.extend_round(ranking, **form.answers, by=request.member)
        return at(request.agency, "cells:round", pk=pk)

    return ask(
        request,
        form,
        act,
        title=_("Change the last day to vote"),
        button=_("Save"),
        **_back(request, ranking),
    )


def cancel_round(request: AgencyRequest, pk: int) -> HttpResponse:
    ranking = round_of(request, pk)
    enforce(rules.calling_off(ranking, request.member))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.cancel_round(ranking, by=request.member)
        return at(request.agency, "cells:cell", pk=ranking.cell_id), _("The vote is called off.")

    return ask(
        request,
        form,
        act,
        title=_("Call the vote off"),
        warning=_("All votes are destroyed and none is counted.")
        if ranking.status == RoundStatus.OPEN
        else _(
            "Nobody has voted yet. No idea is lost: all ideas go on the list of the cell, with the "
            "names of those who had them."
        ),
        button=_("Call the vote off"),
        **_back(request, ranking),
    )


def propose(request: AgencyRequest, pk: int) -> HttpResponse:
    """Propose that the cell choose one of the ranked ideas."""
    ranking = round_of(request, pk)
    enforce(rules.proposing(ranking, request.member, under_way=deciding(ranking)))
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

    return ask(
        request,
        form,
        act,
        title=_("Propose one idea"),
        text=[
            _("The vote is not yet the decision. Next, everyone in the cell says if they agree.")
        ],
        button=_("Bring it to the cell"),
        back=at(request.agency, "cells:round", pk=pk),
        back_text=_("Back to what came out of the vote"),
    )


def choose_together(request: AgencyRequest, pk: int) -> HttpResponse:
    """Propose an idea in a cell that is too small for a secret vote."""
    cell = cell_of(request, pk)
    waiting, under_way = together(cell)
    voters = len(voting_seats(cell, request.agency.today()))
    ideas = Opportunity.objects.within(request.agency).filter(cell=cell).to_rank()
    form = ChoiceForm.from_request(
        request, opportunities=ideas.order_by("raised_on", "pk"), hints={}
    )

    def act(form: ChoiceForm) -> str:
        decision = actions.propose_together(cell, **form.answers, by=request.member)
        return at(request.agency, "groups:decision", pk=decision.pk)

    return ask(
        request,
        form,
        act,
        title=_("Propose one idea"),
        text=[
            _(
                "The cell is too small for a secret vote. So it chooses by consent: everyone in "
                "the cell says if they agree."
            )
        ],
        button=_("Bring it to the cell"),
        back=at(request.agency, "cells:opportunities", pk=pk),
        back_text=_("Back to all ideas"),
        rule=lambda: rules.choosing_together(
            cell, request.member, ideas=waiting, voters=voters, under_way=under_way
        ),
    )


def _hint(entry: RoundEntry) -> str:
    said = _("Place %(place)d") % {"place": entry.place}
    if entry.votes is None:
        return said
    votes = ngettext("%(votes)d vote", "%(votes)d votes", entry.votes) % {"votes": entry.votes}
    return f"{said}, {votes}"


def write_down_ranking(request: AgencyRequest, pk: int) -> HttpResponse:
    """Record a ranking made in a room, even of ideas decided on since."""
    cell = cell_of(request, pk)
    enforce(rules.writing_down_ranking(cell, request.member))
    ideas = Opportunity.objects.within(request.agency).filter(cell=cell)
    ideas = ideas.exclude(state__in=GONE_ON).order_by("-raised_on", "-pk")
    listed = list(ideas[: LISTED.value])
    form = PaperRankingForm.from_request(
        request, ideas=listed, today=request.agency.today(), initial={"on": request.agency.today()}
    )

    def act(form: PaperRankingForm) -> tuple[str, str]:
        ranking = actions.write_down_ranking(
            cell,
            on=form.cleaned_data["on"],
            took_part=form.cleaned_data["took_part"],
            places=form.places,
            by=request.member,
        )
        return at(request.agency, "cells:round", pk=ranking.pk), _("It is written down.")

    return submit(request, form, act) or render(
        request,
        "cells/ranking/write_down_ranking.html",
        {"form": form, "cell": cell, "more": ideas.count() - len(listed)},
    )
