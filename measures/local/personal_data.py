"""Personal data of an agency's own indicators: who attested what, by name."""

from django.utils.translation import gettext_lazy as _

from foundation.kept import always, within
from foundation.personal_data import AGENCYS, register
from foundation.retention import AGENCY
from measures.local.models import LocalAttestation, LocalIndicator, LocalVersion

register(
    LocalIndicator,
    _("Indicators of our own"),
    whose=AGENCYS,
    kept=always(AGENCY),
    record="retired_because",
)
register(
    LocalVersion,
    _("What indicators of our own mean"),
    whose=AGENCYS,
    kept=within("indicator"),
    nothing="number source counted direction goal months readers tested_version",
    record="name definition reason",
)
register(
    LocalAttestation,
    _("What was attested for indicators of our own"),
    whose=AGENCYS,
    kept=within("indicator"),
    nothing="holds",
    record="evidence",
)
