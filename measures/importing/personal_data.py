"""Personal data of imports: a file may hold anything until it is used or deleted."""

from django.utils.translation import gettext_lazy as _

from foundation.kept import since, within
from foundation.personal_data import AGENCYS, register
from foundation.retention import IMPORTS
from measures.importing.models import ImportDraft, ImportProgress

register(
    ImportDraft,
    _("Files of numbers"),
    whose=AGENCYS,
    # Its rows are deleted once used, or after some hours.
    kept=since(IMPORTS, "uploaded_at"),
    nothing="first result",
    record="sheets sheet head rows columns answers stopped left_out",
)
register(
    ImportProgress,
    _("How far an import is"),
    whose=AGENCYS,
    kept=within("draft"),
    nothing="done total tries",
)
