"""Personal data of who gets an erased member's money: for that only, and not for long."""

from django.utils.translation import gettext_lazy as _

from compensation.payees.models import NamedPayee
from foundation.kept import since
from foundation.personal_data import InExport, of, register
from foundation.retention import PAYEES

register(
    NamedPayee,
    _("Who gets what somebody is still owed"),
    whose=of("member"),
    kept=since(PAYEES, "kept_until"),
    read_as="payments",
    record="name reaches",
    # It is needed after the erasure, and goes when its time is over.
    fixed="name reaches",
    export={InExport.OTHERS: "name reaches"},
)
