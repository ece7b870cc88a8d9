"""Look up a plan or a part of one by key, or raise 404."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from accounts.anybody import kept_rows
from accounts.models import Member
from cells.cell.finding import found, kept_found, with_cell
from cells.plans.models.cycles import PDSACycle
from cells.plans.models.drivers import Driver, DriverLevel
from cells.plans.models.plans import ActionPlan, ActionStep, EvaluationReview, OutcomeStandard
from cells.policies import MEETINGS_BACK
from foundation import keys, prepared
from foundation.http import AgencyRequest
from foundation.models import TenantQuerySet
from groups.models import Meeting


def plan_of(request: AgencyRequest, pk: int, *, with_parts: bool = False) -> ActionPlan:
    """The plan, with opportunity and reviewer; with its parts for three more queries."""
    plan = kept_found(request, _plan, pk, "opportunity.cell")
    plan.opportunity.agency = request.agency
    if with_parts:
        today = request.agency.today()
        for name, build in _PARTS.items():
            parts = kept_rows(build, request.member, today, row=plan.pk)
            prepared.prefetched(plan, name, parts)
    return plan


def _plan(reader: Member, on: date) -> TenantQuerySet[ActionPlan]:
    rows = ActionPlan.objects.within(reader.agency).select_related(
        "looked_at_by", "sustain__looked_at_by"
    )
    return with_cell(rows.filter(pk=prepared.ROW), reader, on, "opportunity.cell")


def _steps(reader: Member, on: date) -> TenantQuerySet[Any]:
    steps = ActionStep.objects.within(reader.agency).filter(plan=prepared.ROW).with_clocks(on)
    return steps.select_related("owner", "co_owner", "change_idea").order_by("due", "pk")


def _standards(reader: Member, on: date) -> TenantQuerySet[Any]:
    standards = OutcomeStandard.objects.within(reader.agency).filter(plan=prepared.ROW)
    return standards.select_related("measure").order_by("pk")


def _reviews(reader: Member, on: date) -> TenantQuerySet[Any]:
    reviews = EvaluationReview.objects.within(reader.agency).filter(plan=prepared.ROW)
    return reviews.select_related("by").order_by("-on", "-pk")


_PARTS = {"steps": _steps, "standards": _standards, "reviews": _reviews}


def standard_of(request: AgencyRequest, pk: int) -> OutcomeStandard:
    rows = OutcomeStandard.objects.within(request.agency).select_related("measure")
    standard = found(request, rows, pk, "plan.opportunity.cell")
    standard.plan.agency = standard.plan.opportunity.agency = request.agency
    return standard


def step_of(request: AgencyRequest, pk: int) -> ActionStep:
    rows = ActionStep.objects.within(request.agency).with_clocks(request.agency.today())
    rows = rows.select_related("owner", "co_owner", "change_idea")
    step = found(request, rows, pk, "plan.opportunity.cell")
    step.plan.agency = step.plan.opportunity.agency = request.agency
    return step


def driver_of(request: AgencyRequest, pk: int) -> Driver:
    """The driver, with its plan and its parent."""
    rows = Driver.objects.within(request.agency).select_related("parent")
    driver = found(request, rows, pk, "plan.opportunity.cell")
    driver.plan.agency = driver.plan.opportunity.agency = request.agency
    return driver


def cycle_of(request: AgencyRequest, pk: int) -> PDSACycle:
    """The test, with its plan, leader, measure and former test."""
    rows = PDSACycle.objects.within(request.agency).select_related(
        "leader", "measure", "former", "recorded_by"
    )
    cycle = found(request, rows, pk, "plan.opportunity.cell")
    cycle.plan.agency = cycle.plan.opportunity.agency = request.agency
    return cycle


def change_ideas(request: AgencyRequest, plan: ActionPlan) -> TenantQuerySet[Driver]:
    """The change ideas of the plan's driver diagram, by text."""
    ideas = Driver.objects.within(request.agency).filter(plan=plan, level=DriverLevel.IDEA)
    return ideas.order_by("text", "pk")


def asked_idea(request: AgencyRequest, ideas: Iterable[Driver]) -> Driver | None:
    """The one of these ideas that ?idea= names; otherwise None."""
    key = keys.key("driver", request.GET.get("idea", ""))
    return next((idea for idea in ideas if idea.pk == key), None)


def meetings_of(request: AgencyRequest, found: ActionPlan) -> TenantQuerySet[Meeting]:
    """Meetings of its cell at which it may have been reviewed."""
    today = request.agency.today()
    since = today - MEETINGS_BACK.span(request.agency, today)
    meetings = Meeting.objects.within(request.agency).filter(
        group=found.opportunity.cell.group_id, on__range=(since, today)
    )
    return meetings.order_by("-on")
