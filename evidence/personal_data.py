"""Personal data of the seals: none. Digests are salted, and their salts go with the rows."""

from django.utils.translation import gettext_lazy as _

from evidence.models import RecordHead, RecordProof, RecordSalt, SealedRecord, SealRemoval
from foundation.kept import always
from foundation.personal_data import AGENCYS, register
from foundation.retention import AGENCY

register(
    SealedRecord,
    _("Seals of records"),
    whose=AGENCYS,
    kept=always(AGENCY),
    # Without its salt, nothing can be told from a digest.
    nothing="number kind late digest",
)
register(
    RecordSalt,
    _("Salts of seals, gone with their rows"),
    whose=AGENCYS,
    kept=always(AGENCY),
    key="row",
    nothing="kind version salt",
)
register(
    SealRemoval,
    _("Why records are gone"),
    whose=AGENCYS,
    kept=always(AGENCY),
    # Only of rows that are still there.
    key="row",
    nothing="kind reason",
)
register(
    RecordHead,
    _("Seals of days"),
    whose=AGENCYS,
    kept=always(AGENCY),
    nothing="records late digest",
)
register(
    RecordProof,
    _("The last proof of the record"),
    whose=AGENCYS,
    kept=always(AGENCY),
    # Codes, numbers of records and days.
    nothing="digest count findings",
)
