"""Improvement ideas: raised, listed, read with their story, set aside, taken up, done."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import Member
from accounts.permissions import Permission
from cells import actions, judging, lineage, rules, story
from cells.actions.rounds import together, voting_seats
from cells.forms import FinishForm, IdeaForm, IdeasForm, ReasonForm
from cells.models import (
    ActionStep,
    Cell,
    Opportunity,
    OpportunityState,
    PDSACycle,
    PriorityRound,
)
from cells.overdue import overdue, with_overdue
from cells.policies import BALLOTS
from cells.views.finding import cell_of, cells_of, opportunity_of
from cells.views.lineage import not_now
from foundation import keys
from foundation.addresses import at
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.links import Link, link
from foundation.pages import render, submit
from foundation.paging import page_of
from foundation.refusals import enforce
from groups import rules as group_rules

A_PAGE = 20
# So few letters say nothing yet; more likenesses than that are not read.
WORTH_ASKING = 6
ALIKE_SHOWN = 3


def idea(request: AgencyRequest) -> HttpResponse:
    """From home: an idea for one of the cells, chosen on the same page."""
    cells = cells_of(request).open(request.agency.today()).select_related("group")
    return _raise(request, cells.order_by("group__name", "pk"), None)


def raise_in(request: AgencyRequest, pk: int) -> HttpResponse:
    cell = cell_of(request, pk)
    enforce(rules.raising(cell, request.member))
    return _raise(request, None, cell)


class _Alike(Exception):
    """There are ideas like this one that the person has not been shown."""

    def __init__(self, found: list[Opportunity]) -> None:
        self.found = found


def _like(request: AgencyRequest, words: str) -> list[Opportunity]:
    """Ideas that may say the same, among those that the member may see."""
    if len(words.strip()) < WORTH_ASKING:
        return []
    rows = Opportunity.objects.within(request.agency)
    seen = rows.visible_to(request.member, request.agency.today())
    return list(seen.like(words.strip()).select_related("cell__group")[:ALIKE_SHOWN])


def _raise(request: AgencyRequest, cells: Any, cell: Cell | None) -> HttpResponse:
    if request.headers.get("HX-Request"):
        found = _like(request, request.GET.get("title", ""))
        return render(request, "cells/idea.html#alike", {"alike": found})
    for_others = request.member.may(Permission.FACILITATE)
    form = IdeaForm.from_request(
        request, cells=cells, members=_others(request) if for_others else None
    )

    def act(form: IdeaForm) -> tuple[str, str]:
        answers = form.answers
        chosen = answers.pop("cell", cell)
        shown = set(request.POST.getlist("shown"))
        alike = _like(request, answers["title"])
        if any(keys.code_of(each) not in shown for each in alike):
            raise _Alike(alike)
        raised = actions.raise_opportunity(chosen, **answers, by=request.member)
        message = _("Thank you. Your idea is on the list. We will tell you what comes of it.")
        return at(request.agency, "cells:opportunity", pk=raised.pk), message

    alike: list[Opportunity] = []
    asked = False
    try:
        if (answer := submit(request, form, act)) is not None:
            return answer
    except _Alike as found:
        alike, asked = found.found, True
    return render(
        request,
        "cells/idea.html",
        {"form": form, "cell": cell, "none": _none(cells), "alike": alike, "asked": asked},
    )


def _none(cells: Any) -> bool:
    """Whether there is no cell to choose from."""
    return cells is not None and not cells


def _others(request: AgencyRequest) -> QuerySet[Member]:
    members = Member.objects.within(request.agency).on(request.agency.today())
    return members.exclude(pk=request.member.pk).order_by("shown_name", "pk")


@require_safe
def opportunities(request: AgencyRequest, pk: int) -> HttpResponse:
    cell = cell_of(request, pk)
    form = IdeasForm(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    rows = Opportunity.objects.within(request.agency).filter(cell=cell)
    if state and state != IdeasForm.OVERDUE:
        rows = rows.filter(state=state)
    found = overdue if state == IdeasForm.OVERDUE else with_overdue
    rows = found(rows, request.agency, request.agency.today())
    people = rows.newest_first().select_related("raised_by", "on_behalf_of")
    page = page_of(request, people, A_PAGE)
    return render(
        request,
        "cells/opportunities.html",
        {
            "cell": cell,
            "page": page,
            "filter": form,
            "state": state,
            "may_raise": rules.raising(cell, request.member) is None,
            **_ways_to_rank(request, cell),
            "may_rank_on_paper": rules.writing_down_ranking(cell, request.member) is None,
        },
    )


def _ways_to_rank(request: AgencyRequest, cell: Cell) -> dict[str, Any]:
    """What can be done so that the cell ranks its ideas, or why nothing can be done yet: in a cell
    too small for a secret vote by all in it, else by who runs it."""
    runs = rules.running(cell, request.member) is None
    if not runs and not group_rules.place(cell.group, request.member).seated:
        return {}
    voters = len(voting_seats(cell, request.agency.today()))
    waiting, under_way = together(cell) if voters < BALLOTS.value else (0, False)
    choosing = rules.choosing_together(
        cell, request.member, ideas=waiting, voters=voters, under_way=under_way
    )
    if not runs:
        return {"may_choose": choosing is None}
    rounds = PriorityRound.objects.within(request.agency).started().filter(cell=cell)
    vote = rounds.first()
    ideas = Opportunity.objects.within(request.agency).filter(cell=cell).to_rank().count()
    started = vote is not None
    refusal = rules.gathering(cell, request.member, voters=voters, under_way=started)
    opening = rules.opening_round(
        cell, request.member, ideas=ideas, voters=voters, under_way=started
    )
    return {
        "under_way": vote,
        "may_choose": choosing is None,
        "may_gather": refusal is None,
        "may_vote": opening is None,
        "not_yet": None if started else refusal,
    }


@require_safe
def done(request: AgencyRequest) -> HttpResponse:
    """All that came of ideas, of every cell that the member may know of; the latest first."""
    rows = Opportunity.objects.within(request.agency)
    seen = rows.visible_to(request.member, request.agency.today())
    finished = seen.filter(state=OpportunityState.DONE).order_by("-state_on", "-pk")
    page = page_of(request, finished.select_related("cell__group"), A_PAGE)
    return render(request, "cells/done.html", {"page": page})


@require_safe
def opportunity(request: AgencyRequest, pk: int) -> HttpResponse:
    """One idea: whose, where it stands, and its story so far."""
    found: Any = opportunity_of(request, pk)
    plan = story.plan_of(found)
    member = request.member
    rows = Opportunity.objects.within(request.agency).select_related("raised_by", "on_behalf_of")
    related = list(rows.filter(Q(merged_into=found) | Q(split_from=found)).order_by("pk"))
    parts = lineage.live_parts(found, [e for e in related if e.split_from_id == found.pk])
    into = lineage.lives_on_in(found)
    moves = {
        "may_join": rules.joining(found, member),
        "may_take_apart": rules.taking_apart(found, into, member),
        "may_put_together": rules.putting_together(found, parts, member),
        "may_park": rules.moving(found, OpportunityState.PARKED, member),
        "may_decline": rules.moving(found, OpportunityState.DECLINED, member),
    }
    # In a closed cell nothing is ahead.
    over = found.cell.group.is_over(request.agency.today())
    # What is voted or decided on stays as it is: then the reason is shown, and nothing to press.
    busy = None
    if any(refusal is None for refusal in moves.values()):
        busy = not_now(request.agency, found, [into] if into is not None else parts)
    return render(
        request,
        "cells/opportunity.html",
        {
            "opportunity": found,
            "cell": found.cell,
            "plan": plan,
            "origin": _origin(found, member),
            "steps": [step for step in story.of(found, member) if step.code != "ahead" or not over],
            "left_behind": found.state == OpportunityState.ENDED,
            "mine": found.author_id == member.pk,
            "joined": [each for each in related if each.merged_into_id == found.pk],
            "parts": parts,
            **{name: busy is None and refusal is None for name, refusal in moves.items()},
            "may_plan": rules.planning(found, member) is None,
            "may_take_up": rules.moving(found, OpportunityState.RAISED, member) is None,
            "may_say": found.state == OpportunityState.CLOSING
            and group_rules.reading(found.cell.group, member) is None,
            "may_finish": rules.asking(found, plan, member) is None,
            "may_answer": plan is not None
            and plan.asks
            and rules.looking_on(plan, None, member) is None,
            "not_yet": busy,
        },
    )


def _origin(found: Opportunity, reader: Member) -> Link | None:
    if not found.origin_type or found.origin_id is None:
        return None
    return link(found.origin_type, found.origin_id, reader)


def park(request: AgencyRequest, pk: int) -> HttpResponse:
    return _leave(
        request,
        pk,
        OpportunityState.PARKED,
        gettext_lazy("Set this idea aside for now"),
        actions.park,
    )


def decline(request: AgencyRequest, pk: int) -> HttpResponse:
    return _leave(
        request,
        pk,
        OpportunityState.DECLINED,
        gettext_lazy("Do not take this idea up"),
        actions.decline,
    )


def _leave(
    request: AgencyRequest,
    pk: int,
    state: OpportunityState,
    title: str | Promise,
    leave: Callable[..., Opportunity],
) -> HttpResponse:
    found = opportunity_of(request, pk)
    enforce(rules.moving(found, state, request.member) or not_now(request.agency, found))
    form = ReasonForm.from_request(request, initial={"version": found.version})

    def act(form: ReasonForm) -> str:
        version = form.cleaned_data["version"]
        leave(found, **form.answers, version=version, by=request.member)
        return at(request.agency, "cells:opportunity", pk=pk)

    return submit(request, form, act) or render(
        request, "cells/leave.html", {"form": form, "opportunity": found, "heading": title}
    )


def take_up_again(request: AgencyRequest, pk: int) -> HttpResponse:
    found = opportunity_of(request, pk)
    enforce(rules.moving(found, OpportunityState.RAISED, request.member))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.take_up_again(found, by=request.member)
        return at(request.agency, "cells:opportunity", pk=pk), _("The idea is on the list again.")

    return submit(request, form, act) or render(
        request, "cells/take_up_again.html", {"form": form, "opportunity": found}
    )


def finish(request: AgencyRequest, pk: int) -> HttpResponse:
    found = opportunity_of(request, pk)
    plan = story.plan_of(found)
    enforce(rules.asking(found, plan, request.member))
    assert plan is not None
    plan.agency = request.agency
    steps = ActionStep.objects.within(request.agency).filter(plan=plan).still_open()
    cycles = PDSACycle.objects.within(request.agency).filter(plan=plan).unfinished()
    tests = list(cycles.order_by("pk"))
    running = [test for test in tests if test.started_on is not None]
    form = FinishForm.from_request(
        request, running=bool(running), initial={"version": found.version}
    )

    def act(form: FinishForm) -> tuple[str, str]:
        version = form.cleaned_data["version"]
        actions.finish(found, **form.answers, version=version, by=request.member)
        message = _("Now the cell says if it worked. Everyone who can decide sees it.")
        return at(request.agency, "cells:opportunity", pk=pk), message

    return submit(request, form, act) or render(
        request,
        "cells/finish.html",
        {
            "form": form,
            "opportunity": found,
            "plan": plan,
            "judged": judging.judged(plan),
            "open_steps": list(steps.order_by("due", "pk")),
            "running": running,
            "not_begun": [test for test in tests if test.started_on is None],
        },
    )
