"""Personal data of claims: what somebody earned or claims back, and when it was owed."""

from django.utils.translation import gettext_lazy as _

from compensation.claims.models import Claim, Owed, SetOff
from foundation.kept import since, within
from foundation.personal_data import InExport, of, register
from foundation.retention import PAY

register(
    Claim,
    _("What was earned or is asked back"),
    whose=of("member"),
    # The books that lead to it are kept from the day of payment, and so is the claim.
    kept=since(
        PAY,
        "service_on",
        ties="payment",
        unless="kept.status IN ('waiting', 'earned', 'approved', 'returned')",
    ),
    read_as="payments",
    groups="attendance__meeting__group other_work__group",
    fact="kind status hours cost miles in_advance",
    money="rate amount before_cap per_mile",
    words={"what_for": "member", "no_receipt": "member"},
    redacted="what_for no_receipt",
    record="returned_reason",
    # It was addressed to them.
    export={InExport.YES: "returned_reason"},
)
register(
    SetOff,
    _("What a payment took off"),
    whose=of("claim__member"),
    kept=within("payment", ties="claim"),
    read_as="payments",
    money="amount",
)
register(
    Owed,
    _("Days on which money was owed"),
    whose=of("claim__member"),
    kept=within("claim"),
    read_as="payments",
)
