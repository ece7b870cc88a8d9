"""Personal data of erasing: who asked, who was erased, and where their name still stood."""

from django.utils.translation import gettext_lazy as _

from foundation.kept import since, within
from foundation.personal_data import of, register, register_table
from foundation.retention import LOGS
from privacy.erasing.models import Erasure, ErasureRequest, Mention
from recovery.contents import leave_to_migrations

register(
    ErasureRequest,
    _("Requests to erase information"),
    whose=of("member"),
    kept=since(
        LOGS, "asked_on", whole=True, unless="kept.done_on IS NULL AND kept.taken_back_on IS NULL"
    ),
)
register(
    Erasure,
    _("People who were erased"),
    whose=of("member"),
    kept=since(LOGS, "on", whole=True, unless="kept.done_on IS NULL"),
)
register(
    Mention,
    _("Texts in which somebody who was erased may be named"),
    whose=of("erasure__member"),
    kept=within("erasure"),
    nothing="place field",
    key="row",
    fact="state",
    # The words that were found, until somebody has decided about them; then it is empty.
    record="found",
    fixed="found",
)
register_table(
    "privacy_reach",
    _("Where erasing reaches"),
    nothing="place field key history author value copies",
)
# It holds SQL that runs with the owner's rights: never take it from a file.
leave_to_migrations("privacy_reach", "part of the schema: migrations fill it")
