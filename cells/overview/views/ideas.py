"""The ideas of a cell, and the page of one with its story."""

from django.db.models import Q
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.models import Member
from cells.cell import rules as cell_rules
from cells.cell.finding import cell_of
from cells.cell.models import Cell
from cells.ideas import lineage
from cells.ideas import rules as idea_rules
from cells.ideas.busy import not_now
from cells.ideas.forms import IdeasForm
from cells.ideas.models import Opportunity, OpportunityState
from cells.overview import story
from cells.overview.finding import opportunity_of
from cells.overview.presenting.idea import IdeaParts, IdeaRights, idea_page
from cells.overview.presenting.ideas import IdeasParts, WaysToRank, ideas_page
from cells.overview.stalled_ideas import overdue, overdue_of
from cells.plans import rules as plan_rules
from cells.plans.evaluation import plan_for
from cells.policies import BALLOTS
from cells.ranking import rules as ranking_rules
from cells.ranking.actions import together, voting_seats
from cells.ranking.models import PriorityRound
from foundation.http import AgencyRequest
from foundation.links import Link, link
from foundation.pages import render
from foundation.paging import page_of
from groups import rules as group_rules

A_PAGE = 20


@require_safe
def opportunities(request: AgencyRequest, pk: int) -> HttpResponse:
    cell = cell_of(request, pk)
    form = IdeasForm(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    rows = Opportunity.objects.within(request.agency).filter(cell=cell)
    if state and state != IdeasForm.OVERDUE:
        rows = rows.filter(state=state)
    today = request.agency.today()
    if state == IdeasForm.OVERDUE:
        rows = overdue(rows, request.agency, today)
    people = rows.newest_first().select_related("raised_by", "on_behalf_of")
    page = page_of(request, people, A_PAGE)
    parts = IdeasParts(
        cell=cell,
        ideas=list(page),
        late=overdue_of(request.agency, page, today),
        ways=_ways_to_rank(request, cell),
        sought=bool(state),
        may_raise=idea_rules.raising(cell, request.member) is None,
    )
    context = {"cell": cell, "ideas": page, "filter": form, "page": ideas_page(parts)}
    return render(request, "cells/overview/opportunities.html", context)


def _ways_to_rank(request: AgencyRequest, cell: Cell) -> WaysToRank:
    """What the reader can do to get the ideas ranked, or why nothing can be done yet.

    In a cell too small for a secret vote, everybody in it can; otherwise people who run it.
    """
    on_paper = ranking_rules.writing_down_ranking(cell, request.member) is None
    runs = cell_rules.running(cell, request.member) is None
    if not runs and not group_rules.place(cell.group, request.member).seated:
        return WaysToRank(on_paper=on_paper)
    voters = len(voting_seats(cell, request.agency.today()))
    waiting, under_way = together(cell) if voters < BALLOTS.value else (0, False)
    choosing = ranking_rules.choosing_together(
        cell, request.member, ideas=waiting, voters=voters, under_way=under_way
    )
    if not runs:
        return WaysToRank(choose=choosing is None, on_paper=on_paper)
    rounds = PriorityRound.objects.within(request.agency).started().filter(cell=cell)
    vote = rounds.first()
    ideas = Opportunity.objects.within(request.agency).filter(cell=cell).to_rank().count()
    started = vote is not None
    refusal = ranking_rules.gathering(cell, request.member, voters=voters, under_way=started)
    opening = ranking_rules.opening_round(
        cell, request.member, ideas=ideas, voters=voters, under_way=started
    )
    return WaysToRank(
        under_way=vote,
        vote=opening is None,
        choose=choosing is None,
        gather=refusal is None,
        on_paper=on_paper,
        not_yet=None if started else refusal,
    )


@require_safe
def done(request: AgencyRequest) -> HttpResponse:
    """All completed ideas, from every cell the member may know of, latest first."""
    rows = Opportunity.objects.within(request.agency)
    seen = rows.visible_to(request.member, request.agency.today())
    finished = seen.filter(state=OpportunityState.DONE).order_by("-state_on", "-pk")
    page = page_of(request, finished.select_related("cell__group"), A_PAGE)
    return render(request, "cells/overview/done.html", {"page": page})


@require_safe
def opportunity(request: AgencyRequest, pk: int) -> HttpResponse:
    """One idea: its owner, its state, and its story so far."""
    found = opportunity_of(request, pk)
    plan, member, today = plan_for(found), request.member, request.agency.today()
    rows = Opportunity.objects.within(request.agency).select_related("raised_by", "on_behalf_of")
    related = list(rows.filter(Q(merged_into=found) | Q(split_from=found)).order_by("pk"))
    live_parts = lineage.live_parts(found, [e for e in related if e.split_from_id == found.pk])
    into = lineage.lives_on_in(found)
    may = IdeaRights(
        plan=plan_rules.planning(found, member) is None,
        answer=plan is not None and plan.asks and plan_rules.looking_on(plan, None, member) is None,
        say=found.state == OpportunityState.CLOSING
        and group_rules.reading(found.cell.group, member) is None,
        finish=plan_rules.asking(found, plan, member) is None,
        take_up=idea_rules.moving(found, OpportunityState.RAISED, member) is None,
        take_apart=idea_rules.taking_apart(found, into, member) is None,
        put_together=idea_rules.putting_together(found, live_parts, member) is None,
        join=idea_rules.joining(found, member) is None,
        park=idea_rules.moving(found, OpportunityState.PARKED, member) is None,
        decline=idea_rules.moving(found, OpportunityState.DECLINED, member) is None,
    )
    concerned = [into] if into is not None else live_parts or [found]
    parts = IdeaParts(
        idea=found,
        plan=plan,
        late=overdue_of(request.agency, [found], today).get(found.pk),
        origin=_origin(found, member),
        parts=live_parts,
        joined=[each for each in related if each.merged_into_id == found.pk],
        steps=story.of(found, member),
        not_yet=not_now(found.agency, concerned) if may.change else None,
    )
    page = idea_page(parts, may, member, today)
    context = {"opportunity": found, "cell": found.cell, "page": page}
    return render(request, "cells/overview/opportunity.html", context)


def _origin(found: Opportunity, reader: Member) -> Link | None:
    if not found.origin_type or found.origin_id is None:
        return None
    return link(found.origin_type, found.origin_id, reader)
