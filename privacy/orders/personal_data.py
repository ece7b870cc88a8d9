"""Personal data of legal orders: about whom records were demanded, and who answered."""

from django.utils.translation import gettext_lazy as _

from foundation.kept import since
from foundation.personal_data import InExport, of, register
from foundation.retention import LEGAL
from privacy.orders.models import LegalOrder

register(
    LegalOrder,
    _("Legal orders"),
    whose=of("member"),
    kept=since(LEGAL, "answered_on"),
    read_as="profile",
    fact="kind answer told",
    record="asked_by scope given forbidden_by",
    # Its record must show whom it was about, as the law wants.
    fixed="asked_by scope given forbidden_by",
    # A court may forbid telling the person: somebody looks first.
    export={
        InExport.REVIEWED: (
            "kind received_on asked_by scope answer_by at answer answered_on given told told_on"
            " forbidden_by"
        )
    },
)
