"""Where the subjects of this app's events and messages are shown, and the words of its messages."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation import links
from foundation.addresses import at
from foundation.links import Link
from notifications import notices

# A message never names an amount.
notices.register(
    "payment.offered", _("You can be paid for the time you give. Tell us if you want that.")
)
notices.register("payment.paid", _("A payment was made to you."))
notices.register("payment.reversed", _("A payment to you did not arrive. It will be made again."))
notices.register("payment.returned", _("There is a question about money you asked back."))


def _my_payments(subject_id: int, reader: Member) -> Link:
    return Link(_("My payments"), at(reader.agency, "compensation:my_payments"))


def _plan(subject_id: int, reader: Member) -> Link:
    return Link(
        _("The payment plan"),
        at(reader.agency, "compensation:plan_version", pk=subject_id),
    )


def _claim(subject_id: int, reader: Member) -> Link | None:
    if reader.may(Permission.SEE_PAYMENTS):
        return Link(_("A payment line"), at(reader.agency, "compensation:payments"))
    return _my_payments(subject_id, reader)


links.register("compensation.offer", _my_payments)
links.register("compensation.payment", _my_payments)
links.register("compensation.claim", _claim)
links.register("compensation.planversion", _plan)
