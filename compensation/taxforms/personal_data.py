"""Personal data of notes about forms W-9: kept as long as records of pay."""

from django.utils.translation import gettext_lazy as _

from compensation.taxforms.models import TaxFormNote
from foundation.kept import since
from foundation.personal_data import of, register
from foundation.retention import PAY

register(
    TaxFormNote,
    _("Notes about forms W-9"),
    whose=of("member"),
    kept=since(PAY, "on"),
    read_as="payments",
    fact="state",
)
