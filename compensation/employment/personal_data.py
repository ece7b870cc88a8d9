"""Personal data of decisions on how people are paid: none but who recorded them."""

from django.utils.translation import gettext_lazy as _

from compensation.employment.models import EmploymentDecision
from foundation.kept import since
from foundation.personal_data import AGENCYS, register
from foundation.retention import PAY

register(
    EmploymentDecision,
    _("Decisions on how people are paid"),
    whose=AGENCYS,
    kept=since(PAY, "until"),
    nothing="kind",
    # Who decided and who advised is what the law asks for, as it was.
    record="words decided_by advice",
    fixed="words decided_by advice",
)
