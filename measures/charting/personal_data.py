"""Charts tell of no person; the reasons for a choice are free text."""

from foundation.personal_data import AGENCYS, register, within
from measures.charting.models import Adjustment, ChartChoice

register(
    ChartChoice,
    whose=AGENCYS,
    kept=within("measure"),
    nothing="chart rules firmness code results",
    record="reason",
)
register(
    Adjustment,
    whose=AGENCYS,
    kept=within("measure"),
    nothing="kind",
    record="label reason undone_because",
)
