"""Personal data of legal holds: whose data must be kept."""

from django.utils.translation import gettext_lazy as _

from foundation.kept import since
from foundation.personal_data import InExport, of, register
from foundation.retention import LEGAL
from privacy.holds.models import LegalHold

register(
    LegalHold,
    _("Legal holds"),
    whose=of("member"),
    kept=since(LEGAL, "until"),
    read_as="profile",
    fact="scope",
    record="reason end_reason",
    fixed="reason end_reason",
    # A court may forbid telling the person: somebody looks first.
    export={InExport.REVIEWED: "scope first last reason since at until ended_at end_reason"},
)
