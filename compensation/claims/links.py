"""Links to lines, and the words of messages about them."""

from django.utils.translation import gettext_lazy as _

from compensation.claims.models import Claim
from compensation.offers.links import of_money
from foundation import links
from notifications import notices
from notifications.topics import Topic

notices.register(
    "payment.returned", _("There is a question about money you asked back."), Topic.PAYMENTS
)
notices.register(
    "payment.refused", _("Money you asked back was not approved. You can read why."), Topic.PAYMENTS
)
notices.register(
    "payment.corrected", _("What you earned at a meeting was corrected."), Topic.PAYMENTS
)
notices.register(
    "payment.forgiven",
    _("A correction of your pay was dropped. It costs you nothing."),
    Topic.PAYMENTS,
)
notices.register(
    "payment.capped",
    _("Your time on one day was worth more than we pay for a day."),
    Topic.PAYMENTS,
)
links.register_named("claim", of_money(Claim))
