"""Plans as judges of measures: what they lock, freeze, need and compare with."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cells.plans import baseline, evaluation
from cells.plans.actions import touching
from cells.plans.models import ActionPlan, OutcomeStandard, PlanStatus
from cells.plans.rules import running
from foundation import keys, prepared
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.models import Agency
from foundation.refusals import Refusal
from groups.models import Group
from measures.charting import standards
from measures.definitions import asking, judges
from measures.definitions.models import Measure


def _locking(measure: Measure) -> Refusal | None:
    """A measure that judges a plan under way can't be retired or redefined."""
    values = {"agency": measure.agency_id, "row": measure.pk}
    if not prepared.of_agency(_running).tuples(values):
        return None
    return Refusal(
        _("A plan that is under way is judged by this measure, so what it counts is locked."),
        _("Finish the plan or stop it first, or define another measure beside it."),
    )


def _running(agency: Agency) -> QuerySet[OutcomeStandard, int]:
    standards = OutcomeStandard.objects.within(agency).filter(running(), measure=prepared.ROW)
    return standards.values_list("pk", flat=True)[:1]


def _frozen(measure: Measure, periods: Collection[date] | None) -> list[str]:
    """The titles of their ideas."""
    rows = baseline.frozen(measure, periods).order_by("plan")
    return list(rows.values_list("plan__opportunity__title", flat=True))


def _wanted(agency: Agency) -> Q:
    """The measures of plans under way."""
    plans = OutcomeStandard.objects.within(agency).filter(plan__status=PlanStatus.ACTIVE)
    return Q(pk__in=plans.values("measure"))


def _standard(request: AgencyRequest, owner: Group, code: str) -> str | None:
    return _plan_page(request, owner, code, "standard")


def _watch(request: AgencyRequest, owner: Group, code: str) -> str | None:
    return _plan_page(request, owner, code, "watch")


def _plan_page(request: AgencyRequest, owner: Group, code: str, page: str) -> str | None:
    """The page of the plan in this cell for which a measure is being defined."""
    key = keys.key("action_plan", code)
    plans = ActionPlan.objects.within(request.agency).filter(opportunity__cell__group=owner)
    if key is None or not plans.filter(pk=key).exists():
        return None
    return at(request.agency, f"cells:{page}", pk=key)


judges.register(judges.Judge(_locking, _frozen, touching, _wanted))
standards.register(evaluation.standards_of)
asking.register("standard", _standard)
asking.register("watch", _watch)
