"""Personal data of what was said about payments: kept with them."""

from django.utils.translation import gettext_lazy as _

from compensation.receiving.models import Arrival
from foundation.kept import within
from foundation.personal_data import InExport, of, register

register(
    Arrival,
    _("Whether payments came"),
    whose=of("member"),
    kept=within("payment"),
    read_as="payments",
    fact="kind said_how",
    record="words",
    # It was addressed to them.
    export={InExport.YES: "words"},
)
