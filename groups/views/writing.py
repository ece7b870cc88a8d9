"""Deciding in writing between meetings: begun on an open proposal, and brought to a meeting."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation.addresses import at
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import Refusal, enforce
from groups import actions, kinds, rules
from groups.models import Decision, DecisionStatus, Group, Way
from groups.policies import WRITTEN_DAYS
from groups.views.finding import decision_of


def last_day(group: Group) -> date:
    """Of a decision in writing that begins today."""
    today = group.agency.today()
    return today + WRITTEN_DAYS.span(group.agency, today)


def starting(group: Group, by: Member, decision: Decision | None = None) -> Refusal | None:
    if (refusal := rules.deciding_in_writing(group, decision)) is not None:
        return refusal
    return rules.proposing(group, by) or kinds.barred(group, by)


@dataclass(frozen=True)
class Writing:
    """What the page of a decision says of deciding in writing."""

    until: date | None
    open: bool
    lapsed: bool
    """Too few of a class answered; only for who may be told."""
    may_start: bool
    may_bring_again: bool


def of_decision(decision: Decision, reader: Member, barred: Refusal | None) -> Writing:
    """`barred`: why the reader can decide nothing in such a group."""
    open_now = decision.status == DecisionStatus.OPEN
    again = decision.way == Way.WRITING and rules.bringing_again(decision) is None
    return Writing(
        until=decision.answers_until,
        open=open_now,
        lapsed=decision.lapsed and rules.told_of_quorum(decision.group, reader),
        may_start=open_now
        and rules.deciding_in_writing(decision.group, decision, barred=barred) is None
        and rules.proposing(decision.group, reader) is None,
        may_bring_again=again and rules.proposing(decision.group, reader) is None,
    )


def put_in_writing(request: AgencyRequest, pk: int) -> HttpResponse:
    found = decision_of(request, pk)
    enforce(starting(found.group, request.member, found))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.put_in_writing(found, by=request.member)
        return at(request.agency, "groups:decision", pk=pk), _("Everyone who votes is told.")

    return submit(request, form, act) or render(
        request,
        "groups/put_in_writing.html",
        {"form": form, "decision": found, "group": found.group, "until": last_day(found.group)},
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
