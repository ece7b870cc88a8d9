"""The nominal group technique before its vote: ideas in silence, then one after the other."""

from django.db.models import Count
from django.http import HttpResponse
from django.utils.translation import gettext as _

from cells.cell.finding import cell_of
from cells.ideas import rules as idea_rules
from cells.ideas.forms import IdeaForm
from cells.ideas.models import Opportunity, OpportunityState
from cells.policies import IDEAS_OPEN, RANKED
from cells.ranking import actions, rules
from cells.ranking.actions.rounds import voting_seats
from cells.ranking.finding import round_of
from cells.ranking.forms import GatherForm, RankForm, SilentIdeaForm
from cells.ranking.models import PriorityRound, RoundEntry, SilentIdea
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import Refusal, Refused, enforce


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


def gathering(request: AgencyRequest, ranking: PriorityRound) -> HttpResponse:
    """Each sees only what they wrote themselves, and how many ideas there are."""
    written = SilentIdea.objects.within(request.agency).filter(round=ranking)
    refusal = rules.writing_down(ranking, request.member)
    form = SilentIdeaForm.from_request(request) if refusal is None else None
    if request.method == "POST":
        enforce(refusal)
        try:
            if form is not None and (answer := _write_down(request, ranking, form)) is not None:
                return answer
        except Refused:
            return too_late(request, ranking)
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


def too_late(request: AgencyRequest, ranking: PriorityRound) -> HttpResponse:
    """The ideas were read out while somebody was still writing: it is shared as any other idea.

    A second click on one that was in time leads where the first one led.
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


def talking(request: AgencyRequest, ranking: PriorityRound) -> HttpResponse:
    """The ideas in turn, one of each person; those that were joined since are left out."""
    entries = RoundEntry.objects.within(request.agency).filter(round=ranking)
    entries = entries.select_related("opportunity__raised_by", "opportunity__on_behalf_of")
    ideas = [
        entry.opportunity
        for entry in entries.order_by("pk")
        if entry.opportunity.state == OpportunityState.RAISED
    ]
    running = rules.calling_off(ranking, request.member) is None
    not_yet = _not_ranking_yet(request, ranking, len(ideas))
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


def _not_ranking_yet(request: AgencyRequest, ranking: PriorityRound, ideas: int) -> Refusal | None:
    """`ideas`: of those that were read out; only where they are too few all are counted."""
    if ideas < RANKED.value:
        waiting = Opportunity.objects.within(request.agency).filter(cell=ranking.cell_id)
        ideas = waiting.to_rank().count()
    voters = len(voting_seats(ranking.cell, request.agency.today()))
    return rules.ranking_in_silence(ranking, request.member, ideas=ideas, voters=voters)


def rank(request: AgencyRequest, pk: int) -> HttpResponse:
    ranking = round_of(request, pk)
    today = request.agency.today()
    enforce(_not_ranking_yet(request, ranking, 0))
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
