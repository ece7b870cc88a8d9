"""Personal data of deputies: who stood in for whom, and who named them."""

from django.utils.translation import gettext_lazy as _

from compensation.deputies.models import Deputy
from foundation.kept import since
from foundation.personal_data import of, register
from foundation.retention import PAY

register(
    Deputy,
    _("Standing in for somebody who approves or pays"),
    whose=of("member", "holder"),
    kept=since(PAY, "named_on"),
)
