"""Personal data of copies: each holds all that is kept about its person."""

from django.utils.translation import gettext_lazy as _

from foundation.kept import since
from foundation.personal_data import InExport, of, register
from foundation.retention import COPIES
from privacy.exports.models import DataCopy

register(
    DataCopy,
    _("Copies of people’s own information"),
    whose=of("member"),
    kept=since(COPIES, "expires_on"),
    goes=True,
    fact="content",
    # The copy itself, which would hold itself.
    export={InExport.NOBODYS: "content"},
)
