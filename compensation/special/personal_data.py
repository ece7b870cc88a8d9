"""Personal data of rules for special cases: whom to call, and who recorded them."""

from django.utils.translation import gettext_lazy as _

from compensation.special.models import SpecialCaseRule
from foundation.kept import since
from foundation.personal_data import AGENCYS, register
from foundation.retention import PAY

register(
    SpecialCaseRule,
    _("Rules for special cases of pay"),
    whose=AGENCYS,
    kept=since(PAY, "until"),
    nothing="case",
    # What was decided, and whom to call then, is what the law asks for, as it was.
    record="words contact decided_by advice",
    fixed="words contact decided_by advice",
)
