"""Plans, steps and tests tell of no person, but for who does what; all else is free text."""

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
from foundation.personal_data import AGENCYS, register, within

register(
    ActionPlan,
    whose=AGENCYS,
    kept=within("opportunity"),
    nothing="cadence status",
    record="aim adapt_if",
)
register(OutcomeStandard, whose=AGENCYS, kept=within("plan"), nothing="role baseline target")
register(
    BaselineChange,
    whose=AGENCYS,
    kept=within("standard"),
    nothing="cause before after made_in",
    record="reason",
)
register(ActionStep, whose=AGENCYS, kept=within("plan"), nothing="status", record="what reason")
register(StepDependency, whose=AGENCYS, kept=within("step"))
register(
    EvaluationReview, whose=AGENCYS, kept=within("plan"), nothing="outcome", record="note seen"
)
register(SustainPlan, whose=AGENCYS, kept=within("plan"), nothing="cadence", record="reopen_if")
register(Reopening, whose=AGENCYS, kept=within("opportunity"), record="result told reason seen")
register(Driver, whose=AGENCYS, kept=within("plan"), nothing="level position", record="text")
register(
    PDSACycle,
    whose=AGENCYS,
    kept=within("plan"),
    nothing="number foretold outcome",
    record=(
        "title objective prediction what who where scale looked_at happened unexpected learned"
        " reason broken_off_because"
    ),
)
