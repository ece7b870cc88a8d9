"""The facilitator's part of the nominal group technique: gather, read out, then rank."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from cells.cell.finding import cell_of
from cells.ideas.models import Opportunity
from cells.policies import IDEAS_OPEN
from cells.ranking import actions, rules
from cells.ranking.actions.rounds import voting_seats
from cells.ranking.finding import ranking_in_silence, round_of
from cells.ranking.forms import GatherForm, RankForm
from cells.ranking.models import PriorityRound, RoundEntry, SilentIdea
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce


def gather(request: AgencyRequest, pk: int) -> HttpResponse:
    cell = cell_of(request, pk)
    started = PriorityRound.objects.within(request.agency).started().filter(cell=cell)
    voters = len(voting_seats(cell, request.agency.today()))
    enforce(rules.gathering(cell, request.member, voters=voters, under_way=started.exists()))
    form = GatherForm.from_request(request)

    def act(form: GatherForm) -> str:
        ranking = actions.gather(cell, **form.answers, by=request.member)
        return at(request.agency, "cells:round", pk=ranking.pk)

    return submit(request, form, act) or render(
        request, "cells/ranking/gather.html", {"form": form, "cell": cell}
    )


def go_round(request: AgencyRequest, pk: int) -> HttpResponse:
    ranking = round_of(request, pk)
    written = SilentIdea.objects.within(request.agency).filter(round=ranking)
    enforce(rules.going_round(ranking, request.member, ideas=written.count()))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> str:
        actions.go_round(ranking, by=request.member)
        return at(request.agency, "cells:round", pk=pk)

    return ask(
        request,
        form,
        act,
        title=_("Read the ideas out"),
        text=[
            _(
                "After this nobody can write down more. Everyone sees all ideas, one of each "
                "person in turn, with the names people go by here."
            )
        ],
        button=_("Read the ideas out"),
        back=at(request.agency, "cells:round", pk=pk),
        back_text=_("Back to the ideas"),
    )


def rank(request: AgencyRequest, pk: int) -> HttpResponse:
    ranking = round_of(request, pk)
    today = request.agency.today()
    enforce(ranking_in_silence(request, ranking, voting_seats(ranking.cell, today)))
    entries = RoundEntry.objects.within(request.agency).filter(round=ranking)
    ideas = Opportunity.objects.within(request.agency).filter(cell=ranking.cell_id).to_rank()
    form = RankForm.from_request(
        request,
        opportunities=ideas.order_by("raised_on", "pk"),
        initial={
            "opportunities": list(entries.values_list("opportunity", flat=True)),
            "closes_on": today + IDEAS_OPEN.span(request.agency, today),
        },
    )

    def act(form: RankForm) -> tuple[str, str]:
        actions.rank_in_silence(ranking, **form.answers, by=request.member)
        message = _("The vote is open. Everyone who can vote sees it on their home page.")
        return at(request.agency, "cells:round", pk=pk), message

    return ask(
        request,
        form,
        act,
        title=_("Start the ranking"),
        text=[
            _(
                "Each person has 4 numbers to give: 1 for what matters most, then 2, 3 and 4. If "
                "there are only 2 or 3 ideas, each gets a number. If there are more than 20 ideas, "
                "it is 6 numbers. If there are more than 35, it is 8."
            )
        ],
        button=_("Start the ranking"),
        back=at(request.agency, "cells:round", pk=pk),
        back_text=_("Back to the ideas"),
    )
