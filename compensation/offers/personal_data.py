"""Personal data of offers: who was offered pay, and what they chose."""

from django.utils.translation import gettext_lazy as _

from compensation.offers.models import Election, Offer, Organization
from foundation.kept import always, since
from foundation.personal_data import AGENCYS, of, register
from foundation.retention import AGENCY, PAY

register(
    Offer,
    _("Offers of payment"),
    whose=of("member"),
    # As long as somebody takes part, they have been offered pay.
    kept=since(PAY, "on", ties="member"),
    read_as="payments",
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
