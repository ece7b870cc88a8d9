"""Whom to pay instead of people who were erased, for those who pay."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import Member
from compensation.payees.reading import payees_of
from foundation.templatetags.components import dollars


def instead_shown(sums: Iterable[tuple[Member, Decimal]], reader: Member) -> list[str]:
    """One sentence for each payment to a former member; one query, none without such people."""
    erased = [(member, amount) for member, amount in sums if member.erased_at is not None]
    found = payees_of((member.pk for member, _amount in erased), reader) if erased else {}
    said = _("%(amount)s: pay %(name)s (%(reaches)s)")
    return [
        said % {"amount": dollars(amount), "name": row.name, "reaches": row.reaches}
        for member, amount in erased
        if (row := found.get(member.pk)) is not None
    ]
