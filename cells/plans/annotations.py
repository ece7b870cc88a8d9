"""Annotations from plans, on the charts of their measures."""

from django.utils.translation import gettext_lazy as _

from cells.plans import ramps
from cells.plans.models.plans import (
    ActionPlan,
    ActionStep,
    EvaluationReview,
    OutcomeStandard,
    StepStatus,
)
from foundation.models import TenantQuerySet
from measures.charting.annotations import AnnotationKind, AnnotationRows, register
from measures.definitions.models import Measure


def plans_of(measure: Measure) -> TenantQuerySet[ActionPlan]:
    """The begun plans whose annotations this measure shows."""
    standards = OutcomeStandard.objects.within(measure.agency).filter(measure=measure)
    plans = ActionPlan.objects.within(measure.agency).filter(activated_on__isnull=False)
    return plans.filter(pk__in=standards.values("plan"))


def _decisions(measure: Measure) -> AnnotationRows:
    plans = plans_of(measure).filter(opportunity__chosen_on__isnull=False)
    return AnnotationRows(plans, on="opportunity__chosen_on", label="opportunity__title")


def _plans(measure: Measure) -> AnnotationRows:
    return AnnotationRows(plans_of(measure), on="activated_on", label="opportunity__title")


def _steps(measure: Measure) -> AnnotationRows:
    steps = ActionStep.objects.within(measure.agency).filter(
        plan__in=plans_of(measure), status=StepStatus.DONE
    )
    return AnnotationRows(steps, on="ended_on", label="what")


def _tests(measure: Measure) -> AnnotationRows:
    return AnnotationRows(ramps.tried(measure), on="started_on", label="title")


def _changes(measure: Measure) -> AnnotationRows:
    reviews = EvaluationReview.objects.within(measure.agency).filter(
        plan__in=plans_of(measure), outcome__in=["adapt", "stop", "slipped"]
    )
    return AnnotationRows(reviews, on="on", label="plan__opportunity__title")


register(AnnotationKind("1decision", _("Decided"), _decisions))


register(AnnotationKind("2plan", _("Plan started"), _plans))


register(AnnotationKind("3test", _("Small test"), _tests))


register(AnnotationKind("4step", _("Step done"), _steps))


register(AnnotationKind("5change", _("Looked at it, and changed something"), _changes))
