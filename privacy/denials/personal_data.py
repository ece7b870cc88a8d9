"""Personal data of denials: who says that what somebody did was not right."""

from django.utils.translation import gettext_lazy as _

from foundation.kept import since
from foundation.personal_data import InExport, of, register
from foundation.retention import LOGS
from privacy.denials.models import Denial

register(
    Denial,
    _("What you said was not right, and the answers"),
    whose=of("member"),
    kept=since(LOGS, "answered_at", whole=True),
    read_as="denial",
    key="source",
    fact="kind what",
    record="answer",
    # It was written to them.
    export={InExport.YES: "answer"},
)
