"""Personal data in recovery's tables: none."""

from django.utils.translation import gettext_lazy as _

from foundation.kept import always
from foundation.personal_data import AGENCYS, register
from foundation.retention import MACHINE
from recovery.models import RecoveryFact

register(
    RecoveryFact,
    _("When backups were written, proved and restored"),
    whose=AGENCYS,
    kept=always(MACHINE),
    nothing="kind rows sha256",
)
