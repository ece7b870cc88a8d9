"""Personal data of numbers: none, but reasons for gaps and corrections are free text."""

from django.utils.translation import gettext_lazy as _

from foundation.kept import within
from foundation.personal_data import AGENCYS, register
from measures.numbers.models import DataPoint

register(
    DataPoint,
    _("Results"),
    whose=AGENCYS,
    kept=within("measure"),
    # Single values are sorted, so none can be attributed to anybody.
    nothing="kind numerator denominator values",
    record="missing_because reason",
)
