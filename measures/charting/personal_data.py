"""Personal data of charts: none, but the reasons for a choice are free text."""

from django.utils.translation import gettext_lazy as _

from foundation.kept import within
from foundation.personal_data import AGENCYS, register
from measures.charting.models import Adjustment, ChartChoice

register(
    ChartChoice,
    _("Charts that were chosen"),
    whose=AGENCYS,
    kept=within("measure"),
    nothing="chart rules firmness code results",
    record="reason",
)
register(
    Adjustment,
    _("Phases, baselines and results left out"),
    whose=AGENCYS,
    kept=within("measure"),
    nothing="kind",
    record="label reason undone_because",
)
