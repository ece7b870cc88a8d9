"""Which Accounts a member may read."""

from datetime import date

from django.db.models import Exists, Q

from accounts.models import Member
from accounts.permissions import Permission
from oversight import rules as oversight_rules
from quarterly.models import AccountQuerySet, AccountStatus, QuarterlyAccount, overdue


def readable(reader: Member, on: date | None = None) -> AccountQuerySet:
    """As `rules.reading`; without a day, an overdue one only once it is marked as out."""
    rows = QuarterlyAccount.objects.within(reader.agency)
    if reader.may(Permission.OVERSEE):
        return rows
    seen = Q(status=AccountStatus.OUT) | Q(Exists(oversight_rules.committee_seats(reader)))
    if reader.may(Permission.ANSWER_FOR_MANAGEMENT):
        seen |= Q(status=AccountStatus.RELEASED)
    if on is not None:
        seen |= overdue(on)
    return rows.filter(seen)
