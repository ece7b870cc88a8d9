"""Personal data of the compensation plan: a rate, and text of the agency."""

from django.utils.translation import gettext_lazy as _

from compensation.plan.models import PlanVersion, RateRule
from foundation.kept import since, within
from foundation.personal_data import AGENCYS, register
from foundation.retention import PAY

register(
    PlanVersion,
    _("Payment plans"),
    whose=AGENCYS,
    kept=since(PAY, "until"),
    nothing="number hourly_rate daily_cap due_days",
    record="text paper_text",
)
register(
    RateRule,
    _("What other work is paid"),
    whose=AGENCYS,
    kept=within("plan"),
    nothing="work basis amount hours_ahead",
)
