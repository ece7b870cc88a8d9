"""Words about pay that waits because its member asked for parts, for those who pay."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import ngettext

from compensation.claims.models import Claim
from foundation.templatetags.components import dollars


def later_shown(lines: Iterable[Claim]) -> list[str]:
    """One sentence for each person of whom lines are left for a later month."""
    found: dict[str, list[Decimal]] = {}
    for line in lines:
        found.setdefault(line.member.full_name, []).append(line.amount)
    return [
        ngettext("%(name)s: %(n)d line, %(amount)s", "%(name)s: %(n)d lines, %(amount)s", len(sums))
        % {"name": name, "n": len(sums), "amount": dollars(sum(sums, Decimal(0)))}
        for name, sums in found.items()
    ]
