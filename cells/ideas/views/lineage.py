"""Merging equal ideas and splitting one into several; undoing both."""

from collections.abc import Callable

from django.http import HttpResponse
from django.template.defaultfilters import linebreaksbr
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cells.ideas import actions, lineage, rules
from cells.ideas.busy import may_change, not_now
from cells.ideas.finding import opportunity_of
from cells.ideas.forms import MergeForm, SplitForm
from cells.ideas.models import Opportunity, OpportunityQuerySet
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import Refusal, enforce


def merge(request: AgencyRequest, pk: int) -> HttpResponse:
    found = _to_join(request, pk)
    ideas = _others(request, found)
    form = MergeForm.from_request(request, ideas=ideas, initial={"version": found.version})

    def act(form: MergeForm) -> tuple[str, str]:
        version = form.cleaned_data["version"]
        into = form.cleaned_data["into"]
        actions.merge(found, into=into, version=version, by=request.member)
        message = _("The two are one idea now. Everyone whose idea it is hears of it.")
        return at(request.agency, "cells:opportunity", pk=into.pk), message

    return submit(request, form, act) or render(
        request, "cells/ideas/merge.html", {"form": form, "opportunity": found, "none": not ideas}
    )


def _to_join(request: AgencyRequest, pk: int) -> Opportunity:
    found = opportunity_of(request, pk)
    enforce(rules.joining(found, request.member) or not_now(request.agency, [found]))
    return found


def _others(request: AgencyRequest, found: Opportunity) -> OpportunityQuerySet:
    """The cell's other ideas that wait to be ranked and may change, most similar first."""
    rows = Opportunity.objects.within(request.agency).filter(cell=found.cell_id).to_rank()
    free = may_change(rows, request.agency)
    return free.exclude(pk=found.pk).by_likeness(found.title)


def split(request: AgencyRequest, pk: int) -> HttpResponse:
    found = _to_join(request, pk)
    initial = {"version": found.version, "title_1": found.title}
    form = SplitForm.from_request(request, initial=initial)

    def act(form: SplitForm) -> tuple[str, str]:
        version = form.cleaned_data["version"]
        parts = [actions.SplitPart(*part) for part in form.parts]
        actions.split(found, parts=parts, version=version, by=request.member)
        return at(request.agency, "cells:opportunity", pk=pk), _("The idea is split.")

    described = [linebreaksbr(found.description, autoescape=True)] if found.description else []
    return ask(
        request,
        form,
        act,
        title=_("Split it into smaller ideas"),
        about=found.title,
        text=[
            *described,
            _(
                "Do this when an idea says more than one thing. Each part has the same author, who "
                "hears of it. You can undo this until something is decided."
            ),
        ],
        button=_("Split the idea"),
        back=at(request.agency, "cells:opportunity", pk=pk),
        back_text=_("Back to the idea"),
    )


def take_apart(request: AgencyRequest, pk: int) -> HttpResponse:
    found = opportunity_of(request, pk)
    into = lineage.lives_on_in(found)
    refusal = rules.taking_apart(found, into, request.member)
    return _undo(
        request,
        found,
        refusal or not_now(request.agency, [into or found]),
        gettext_lazy("Make it an idea of its own again"),
        actions.take_apart,
    )


def put_together(request: AgencyRequest, pk: int) -> HttpResponse:
    found = opportunity_of(request, pk)
    parts = lineage.live_parts(found, found.parts.all())
    refusal = rules.putting_together(found, parts, request.member)
    return _undo(
        request,
        found,
        refusal or not_now(request.agency, parts or [found]),
        gettext_lazy("Make it one idea again"),
        actions.put_together,
    )


def _undo(
    request: AgencyRequest,
    found: Opportunity,
    refusal: Refusal | None,
    heading: str | Promise,
    undo: Callable[..., Opportunity],
) -> HttpResponse:
    enforce(refusal)
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        undo(found, by=request.member)
        where = at(request.agency, "cells:opportunity", pk=found.pk)
        return where, _("The idea is on the list again.")

    return ask(
        request,
        form,
        act,
        title=heading,
        about=found.title,
        text=[_("The cell can then rank and choose it. The person who had the idea is told.")],
        button=heading,
        back=at(request.agency, "cells:opportunity", pk=found.pk),
        back_text=_("Back to the idea"),
    )
