"""A measure's choices of chart, and people's adjustments to it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from charts import Chart, Rules
from charts.choice import Limits
from foundation.history import History
from foundation.models import Door, Key, TenantModel, TenantQuerySet
from measures.definitions.models import Measure


class ChartKind(models.TextChoices):
    """The charts a measure can have, by name; an S chart comes with X-bar."""

    RUN = Chart.RUN.value, _(Chart.RUN.shape.name)
    INDIVIDUAL = Chart.INDIVIDUAL.value, _(Chart.INDIVIDUAL.shape.name)
    MOVING_RANGE = Chart.MOVING_RANGE.value, _(Chart.MOVING_RANGE.shape.name)
    P = Chart.P.value, _(Chart.P.shape.name)
    P_PRIME = Chart.P_PRIME.value, _(Chart.P_PRIME.shape.name)
    C = Chart.C.value, _(Chart.C.shape.name)
    U = Chart.U.value, _(Chart.U.shape.name)
    U_PRIME = Chart.U_PRIME.value, _(Chart.U_PRIME.shape.name)
    T = Chart.T.value, _(Chart.T.shape.name)
    G = Chart.G.value, _(Chart.G.shape.name)
    XBAR = Chart.XBAR.value, _(Chart.XBAR.shape.name)


class RuleSet(models.TextChoices):
    """The set of rules that tells a real change from chance; sets are never mixed."""

    ANHOEJ = Rules.ANHOEJ.value, _("The usual rules: long runs, few crossings, far outside")
    MAKING_DATA_COUNT = Rules.MAKING_DATA_COUNT.value, _("Making Data Count, as in England’s NHS")


class Firmness(models.TextChoices):
    """How reliable the lines are, by the number of results they are based on."""

    NONE = Limits.NONE.value, _("No limits")
    TRIAL = Limits.TRIAL.value, _("For the time being")
    ESTABLISHED = Limits.ESTABLISHED.value, _("Settled")


class ChartChoice(TenantModel):
    """A measure's chart since a day; the newest row counts, older ones are history.

    Without `by`, the rules chose it, once there were some results (trial) and once the baseline was
    complete (established); `code` names the line of the decision table. With `by`, a person
    overrode it and says why.
    """

    measure = Key(Measure, related_name="chart_choices")
    chart = models.CharField(max_length=10, choices=ChartKind.choices)
    rules = models.CharField(max_length=10, choices=RuleSet.choices, default=RuleSet.ANHOEJ)
    firmness = models.CharField(max_length=12, choices=Firmness.choices)
    code = models.CharField(max_length=30, blank=True)
    reason = models.TextField(blank=True, help_text=_("Why somebody chose another chart."))
    by = Key(Member, related_name="+", null=True, blank=True)
    since = models.DateField()
    results = models.PositiveIntegerField(help_text=_("On how many results it rests."))
    history = History()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(chart__in=ChartKind.values), name="chart_choice_chart"
            ),
            models.CheckConstraint(
                condition=Q(rules="anhoej") | Q(rules="mdc", chart="i"), name="chart_choice_rules"
            ),
            models.CheckConstraint(
                condition=Q(firmness__in=Firmness.values), name="chart_choice_firmness"
            ),
            models.CheckConstraint(
                condition=Q(by=None, reason="") & ~Q(code="") | Q(by__isnull=False) & ~Q(reason=""),
                name="chart_choice_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chart} since {self.since}"


class AdjustmentKind(models.TextChoices):
    PHASE = "phase", _("A new phase begins")
    BASELINE = "baseline", _("The start is frozen")
    EXCLUSION = "exclusion", _("A result is left out")


class AdjustmentQuerySet(TenantQuerySet["Adjustment"]):
    def in_force(self) -> "AdjustmentQuerySet":
        return self.filter(undone_on=None)


class Adjustment(TenantModel):
    """A person's adjustment to a chart, with a reason; undone with one too, never deleted.

    `period` is the first of a new phase, the last of the frozen baseline, or the one whose result
    is excluded from middle, limits and rules. `label` names a phase on the chart.
    """

    measure = Key(Measure, related_name="adjustments")
    kind = models.CharField(max_length=10, choices=AdjustmentKind.choices)
    period = models.DateField()
    label = models.CharField(max_length=30, blank=True)
    reason = models.TextField()
    by = Key(Member, related_name="+")
    on = models.DateField()
    undone_on = models.DateField(null=True, blank=True)
    undone_by = Key(Member, related_name="+", null=True, blank=True)
    undone_because = models.TextField(blank=True)
    history = History()

    objects: ClassVar[Door[AdjustmentQuerySet]] = Door(AdjustmentQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=AdjustmentKind.values), name="adjustment_kind"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="adjustment_with_reason"),
            models.CheckConstraint(
                condition=Q(kind="phase") & ~Q(label="") | ~Q(kind="phase") & Q(label=""),
                name="adjustment_names_a_phase",
            ),
            models.CheckConstraint(
                condition=Q(undone_on=None, undone_by=None, undone_because="")
                | Q(undone_on__isnull=False, undone_by__isnull=False) & ~Q(undone_because=""),
                name="adjustment_undone_with_reason",
            ),
            models.UniqueConstraint(
                fields=["agency", "measure", "kind", "period"],
                condition=Q(undone_on=None),
                name="adjustment_once",
            ),
            models.UniqueConstraint(
                fields=["agency", "measure"],
                condition=Q(undone_on=None, kind="baseline"),
                name="adjustment_one_baseline",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.period}"
