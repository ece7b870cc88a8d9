"""Improvement ideas: raised, listed, read with their story, set aside, taken up, done."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from accounts.permissions import Permission
from cells.cell.finding import cell_of, cells_of
from cells.cell.models import Cell, CellQuerySet
from cells.ideas import actions, rules
from cells.ideas.busy import not_now
from cells.ideas.finding import opportunity_of
from cells.ideas.forms import IdeaForm, IdeaReasonForm
from cells.ideas.models import Opportunity, OpportunityState
from foundation import keys
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce

# Fewer letters say too little to search for similar ideas.
WORTH_ASKING = 6


ALIKE_SHOWN = 3


def idea(request: AgencyRequest) -> HttpResponse:
    """From home: an idea for a cell, chosen on the same page."""
    cells = cells_of(request).open(request.agency.today()).select_related("group")
    return _raise(request, cells.order_by("group__name", "pk"), None)


def raise_in(request: AgencyRequest, pk: int) -> HttpResponse:
    cell = cell_of(request, pk)
    enforce(rules.raising(cell, request.member))
    return _raise(request, None, cell)


class _Alike(Exception):
    """Raised for similar ideas that the person has not been shown."""

    def __init__(self, found: list[Opportunity]) -> None:
        self.found = found


def _like(request: AgencyRequest, words: str) -> list[Opportunity]:
    """Ideas that may say the same, among those the member may see."""
    if len(words.strip()) < WORTH_ASKING:
        return []
    rows = Opportunity.objects.within(request.agency)
    seen = rows.visible_to(request.member, request.agency.today())
    return list(seen.like(words.strip()).select_related("cell__group")[:ALIKE_SHOWN])


def _raise(request: AgencyRequest, cells: CellQuerySet | None, cell: Cell | None) -> HttpResponse:
    if request.headers.get("HX-Request"):
        found = _like(request, request.GET.get("title", ""))
        return render(request, "cells/ideas/idea.html#alike", {"alike": found})
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
        "cells/ideas/idea.html",
        {"form": form, "cell": cell, "none": _none(cells), "alike": alike, "asked": asked},
    )


def _none(cells: CellQuerySet | None) -> bool:
    """Whether there is no cell to choose from."""
    return cells is not None and not cells


def _others(request: AgencyRequest) -> QuerySet[Member]:
    members = Member.objects.within(request.agency).on(request.agency.today())
    return members.exclude(pk=request.member.pk).order_by("shown_name", "pk")


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
    enforce(rules.moving(found, state, request.member) or not_now(request.agency, [found]))
    form = IdeaReasonForm.from_request(request, initial={"version": found.version})

    def act(form: IdeaReasonForm) -> str:
        version = form.cleaned_data["version"]
        leave(found, **form.answers, version=version, by=request.member)
        return at(request.agency, "cells:opportunity", pk=pk)

    return ask(
        request,
        form,
        act,
        title=title,
        about=found.title,
        button=_("Save and tell the person"),
        back=at(request.agency, "cells:opportunity", pk=pk),
        back_text=_("Back to the idea"),
    )


def take_up_again(request: AgencyRequest, pk: int) -> HttpResponse:
    found = opportunity_of(request, pk)
    enforce(rules.moving(found, OpportunityState.RAISED, request.member))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.take_up_again(found, by=request.member)
        return at(request.agency, "cells:opportunity", pk=pk), _("The idea is on the list again.")

    return ask(
        request,
        form,
        act,
        title=_("Put the idea back on the list"),
        about=found.title,
        text=[_("The cell can then rank and choose it. The person who had the idea is told.")],
        button=_("Put it back"),
        back=at(request.agency, "cells:opportunity", pk=pk),
        back_text=_("Back to the idea"),
    )
