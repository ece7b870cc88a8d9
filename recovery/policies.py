"""When backups and their proofs are too old. The same for every agency, as one database is."""

from django.utils.translation import gettext_lazy as _

from foundation.policies import Limit, Unit, area, register

area("recovery", _("Backups"))

BACKUP_LATE = register(
    Limit("recovery.backup_late", _("Days after which the last backup is too old"), Unit.DAYS, 2)
)
PROOF_LATE = register(
    Limit(
        "recovery.proof_late",
        _("Days after which a backup has to be proved again"),
        Unit.DAYS,
        92,
    )
)
