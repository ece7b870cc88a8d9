"""Personal data of other work: what somebody did besides meetings, and how long."""

from django.utils.translation import gettext_lazy as _

from compensation.other_work.models import OtherWork
from foundation.kept import since
from foundation.personal_data import of, register
from foundation.retention import PAY

register(
    OtherWork,
    _("Work besides meetings"),
    whose=of("member"),
    kept=since(PAY, "on"),
    read_as="payments",
    standing="standing",
    fact="work hours survey_number",
)
