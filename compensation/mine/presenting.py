"""Rows of the tables of a statement."""

from collections.abc import Sequence

from django.utils import formats
from django.utils.translation import gettext as _

from compensation.claims.words import cut
from compensation.mine.reading import PayStatement, StatementLine
from compensation.payments.presenting import what_for
from foundation.presenting import written
from foundation.templatetags.components import dollars


def lines_shown(statement: PayStatement) -> list[Sequence[str]]:
    """Day of payment, how, what for, month of the work, and the amount as pay or as money back."""
    return [
        (
            written(line.payment.paid_on),
            _how(line),
            _what_for(line),
            formats.date_format(line.claim.service_on, "F Y"),
            "" if line.is_cost else dollars(line.amount),
            dollars(line.amount) if line.is_cost else "",
        )
        for line in statement.lines
    ]


def _what_for(line: StatementLine) -> str:
    said, capped = what_for(line.claim), cut(line.claim)
    return _("%(what)s (%(capped)s)") % {"what": said, "capped": capped} if capped else said


def _how(line: StatementLine) -> str:
    donated_to = line.payment.donated_to
    if donated_to is not None:
        return _("Donated to %(organization)s") % {"organization": donated_to.name}
    return line.payment.get_method_display()


def months_shown(statement: PayStatement) -> list[Sequence[str]]:
    """The month, pay for work in it, and pay that came in it."""
    return [
        (formats.date_format(each.first, "F Y"), dollars(each.worked), dollars(each.received))
        for each in statement.months
    ]
