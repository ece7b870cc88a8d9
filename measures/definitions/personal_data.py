"""Personal data of measures: their collectors, and definitions in free text."""

from django.utils.translation import gettext_lazy as _

from foundation.kept import since, within
from foundation.personal_data import AGENCYS, register
from foundation.retention import QUALITY
from measures.definitions.models import Measure, Ownership

register(
    Measure,
    _("Measures"),
    whose=AGENCYS,
    kept=since(QUALITY, "retired_on"),
    nothing="kind direction per unit frequency lowest highest lag",
    record="name numerator denominator source inclusion exclusion reason",
)
register(Ownership, _("Which group owns a measure"), whose=AGENCYS, kept=within("measure"))
