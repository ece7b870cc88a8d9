"""Personal data of money for a meeting: who handled it, and the signatures of who got it."""

from django.utils.translation import gettext_lazy as _

from compensation.same_day.models import DayFund, FundCard, Handout
from foundation.kept import since, within
from foundation.personal_data import AGENCYS, of, register
from foundation.retention import PAY

register(
    DayFund,
    _("Money for a meeting"),
    whose=AGENCYS,
    kept=since(PAY, "approved_on"),
    nothing="people_most each_most total method taken handed brought_back",
    record="reason difference_reason",
)
register(
    Handout,
    _("Money handed to you, with your signature"),
    whose=of("member"),
    kept=within("payment"),
    read_as="payments",
    fact="proof sheet_line",
    # Seen by the member, by who approved and by who paid; a signature identifies, so it goes.
    identity="drawing initials",
    blanked="drawing initials",
)
register(
    FundCard,
    _("Gift cards that were handed out"),
    whose=AGENCYS,
    kept=within("fund"),
    nothing="serial value",
)
