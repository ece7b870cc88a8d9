"""Numbers of a period tell of no person; why one is missing or was corrected is free text."""

from django.utils.translation import gettext_lazy as _

from foundation.personal_data import AGENCYS, register, within
from measures.numbers.models import DataPoint

register(
    DataPoint,
    _("Results"),
    whose=AGENCYS,
    kept=within("measure"),
    # Single values lie in order of size: none can be told to be of somebody.
    nothing="kind numerator denominator values",
    record="missing_because reason",
)
