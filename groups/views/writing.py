"""Deciding in writing between meetings: begun on an open proposal, and brought to a meeting."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from foundation.addresses import at
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce
from groups import actions, decision_facts, rules
from groups.finding import decision_of


def put_in_writing(request: AgencyRequest, pk: int) -> HttpResponse:
    found = decision_of(request, pk)
    enforce(decision_facts.starting_in_writing(found.group, request.member, found))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.put_in_writing(found, by=request.member)
        return at(request.agency, "groups:decision", pk=pk), _("Everyone who votes is told.")

    return submit(request, form, act) or render(
        request,
        "groups/put_in_writing.html",
        {
            "form": form,
            "decision": found,
            "group": found.group,
            "until": decision_facts.last_day_in_writing(found.group),
        },
    )


def bring_again(request: AgencyRequest, pk: int) -> HttpResponse:
    found = decision_of(request, pk)
    enforce(rules.bringing_again(found) or rules.proposing(found.group, request.member))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        again = actions.bring_again(found, by=request.member)
        return at(request.agency, "groups:decision", pk=again.pk), _("It is proposed again.")

    return submit(request, form, act) or render(
        request, "groups/bring_again.html", {"form": form, "decision": found, "group": found.group}
    )
