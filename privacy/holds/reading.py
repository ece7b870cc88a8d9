"""What legal holds keep."""

from datetime import date, timedelta

from foundation.holding import Holds
from foundation.models import Agency
from privacy.holds.models import HoldScope, LegalHold

A_DAY = timedelta(days=1)


def held(agency: Agency, on: date) -> Holds:
    """Everything that the agency's legal holds keep on that day."""
    rows = LegalHold.objects.within(agency).on(on)
    found = list(rows.values_list("scope", "member_id", "group_id", "first", "last"))
    return Holds(
        frozenset(member for scope, member, *_ in found if scope == HoldScope.PERSON),
        frozenset(group for scope, _, group, *_rest in found if scope == HoldScope.GROUP),
        tuple(
            (first, None if last is None else last + A_DAY)
            for scope, _, _, first, last in found
            if scope == HoldScope.PERIOD and first is not None
        ),
    )
