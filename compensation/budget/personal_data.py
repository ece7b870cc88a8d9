"""Personal data of the budget: none but who entered a line or took it out."""

from django.utils.translation import gettext_lazy as _

from compensation.budget.models import BudgetLine, BudgetOverride
from foundation.kept import since
from foundation.personal_data import AGENCYS, register
from foundation.retention import PAY

register(
    BudgetLine,
    _("Lines of the budget"),
    whose=AGENCYS,
    kept=since(PAY, "until"),
    nothing="covers amount",
    # What the governing body decided, as it was.
    record="name decided_by out_why",
    fixed="name decided_by out_why",
)
register(
    BudgetOverride,
    _("Meetings planned beyond the budget"),
    whose=AGENCYS,
    kept=since(PAY, "on"),
    nothing="meetings beyond why",
)
