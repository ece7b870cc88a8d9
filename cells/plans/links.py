"""Titles and addresses of plans and their parts, for those who may know of their cell."""

from accounts.models import Member
from cells.cell.links import visible
from cells.plans.models import ActionPlan, ActionStep, PDSACycle
from foundation import links
from foundation.links import Named
from foundation.models import TenantQuerySet


def _plans(reader: Member) -> TenantQuerySet[ActionPlan]:
    plans = ActionPlan.objects.within(reader.agency)
    return plans.filter(opportunity__cell__in=visible(reader))


def _steps(reader: Member) -> TenantQuerySet[ActionStep]:
    return ActionStep.objects.within(reader.agency).filter(plan__in=_plans(reader))


def _cycles(reader: Member) -> TenantQuerySet[PDSACycle]:
    return PDSACycle.objects.within(reader.agency).filter(plan__in=_plans(reader))


for _model, _named in {
    ActionPlan: Named("cells:plan", _plans, "opportunity__title"),
    ActionStep: Named("cells:plan", _steps, "what", key="plan"),
    PDSACycle: Named("cells:cycle", _cycles, "title"),
}.items():
    links.register_named(_model.subject_code, _named)
