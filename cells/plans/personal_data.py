"""Personal data of plans, steps and tests: who does what, and free text."""

from django.utils.translation import gettext_lazy as _

from cells.plans.models import (
    ActionPlan,
    ActionStep,
    BaselineChange,
    Driver,
    EvaluationReview,
    OutcomeStandard,
    PDSACycle,
    Reopening,
    StepDependency,
    SustainPlan,
)
from foundation.kept import within
from foundation.personal_data import AGENCYS, register

register(
    ActionPlan,
    _("Action plans"),
    whose=AGENCYS,
    kept=within("opportunity"),
    nothing="cadence status",
    record="aim adapt_if",
)
register(
    OutcomeStandard,
    _("Goals and baselines"),
    whose=AGENCYS,
    kept=within("plan"),
    nothing="role baseline target",
)
register(
    BaselineChange,
    _("Changes of a baseline"),
    whose=AGENCYS,
    kept=within("standard"),
    nothing="cause before after made_in",
    record="reason",
)
register(
    ActionStep,
    _("Action steps"),
    whose=AGENCYS,
    kept=within("plan"),
    nothing="status",
    record="what reason",
)
register(StepDependency, _("Steps that wait for others"), whose=AGENCYS, kept=within("step"))
register(
    EvaluationReview,
    _("Checks of a plan"),
    whose=AGENCYS,
    kept=within("plan"),
    nothing="outcome",
    record="note seen",
)
register(
    SustainPlan,
    _("Plans to sustain a gain"),
    whose=AGENCYS,
    kept=within("plan"),
    nothing="cadence",
    record="reopen_if",
)
register(
    Reopening,
    _("Ideas taken up again"),
    whose=AGENCYS,
    kept=within("opportunity"),
    record="result told reason seen",
)
register(
    Driver,
    _("Driver diagrams"),
    whose=AGENCYS,
    kept=within("plan"),
    nothing="level position",
    record="text",
)
register(
    PDSACycle,
    _("Small tests"),
    whose=AGENCYS,
    kept=within("plan"),
    nothing="number foretold outcome",
    record=(
        "title objective prediction what who where scale looked_at happened unexpected learned"
        " reason broken_off_because"
    ),
)
