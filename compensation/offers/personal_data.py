"""Personal data of offers: who was offered pay, and what they chose."""

from django.utils.translation import gettext_lazy as _

from compensation.offers.models import Election, Offer, Organization
from foundation.personal_data import AGENCYS, always, of, register, since
from foundation.retention import AGENCY, PAY

register(
    Offer, _("Offers of payment"), whose=of("member"), kept=since(PAY, "on"), read_as="payments"
)
# Outside organizations, not people.
register(
    Organization,
    _("Organizations to donate to"),
    whose=AGENCYS,
    kept=always(AGENCY),
    nothing="name",
)
register(
    Election,
    _("Choices about payment"),
    whose=of("member"),
    kept=since(PAY, "until"),
    read_as="payments",
    money="choice",
    fact="agreed_how",
)
