"""Links to lines, the words of messages about them, and who is still owed something."""

from django.utils.translation import gettext_lazy as _

from accounts import unsettled
from compensation.claims import rules
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
unsettled.register(
    unsettled.Settling(
        leaving=_(
            "What they earned and was not paid yet is still paid to them. If they have not said "
            "whether they want to be paid, ask them now: you can write it down for them later too."
        ),
        erasing=_(
            "Nobody is erased while they are owed money, or can still take back that they turned "
            "it down. Whether that is so is not shown here: it is private who takes pay."
        ),
        open=rules.unsettled,
    )
)
