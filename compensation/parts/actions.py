"""The only write path for wishes to be paid in parts."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from compensation.claims.models import Claim, save_all
from compensation.offers.actions import locked
from compensation.parts import rules
from compensation.parts.models import PartsWish
from compensation.parts.reading import held_back, next_month
from foundation import events
from foundation.refusals import enforce


@transaction.atomic
def wish(member: Member, *, per_month: Decimal | None, by: Member) -> PartsWish:
    """Ask for at most so much pay in a month; None: all at once again.

    Raises ValidationError for nothing or less.
    """
    member = locked(member)
    enforce(rules.wishing(member, by))
    if per_month is not None and per_month <= 0:
        raise ValidationError({"per_month": _("Enter an amount above 0.")})
    row = PartsWish.objects.within(by.agency).filter(member=member).first()
    row = row or PartsWish(agency=by.agency, member=member)
    row.per_month, row.changed_on = per_month, by.agency.today()
    row.entered_by = None if by.pk == member.pk else by
    row.save()
    events.record("parts_wish.changed", row, by=by)
    return row


def leave_for_later(wishes: Mapping[int, Decimal], *, paid_on: date, by: Member) -> list[Claim]:
    """Start anew the clock of lines that had no room in the month of that payment.

    `wishes`: by member who was paid, how much they want in a month at most.
    They count from the first day of the next month and are due by its end, so that what waits at
    its member's wish is not late. Within the transaction that pays.
    """
    if not wishes:
        return []
    rows = Claim.objects.within(by.agency).unpaid().select_for_update(of=("self",))
    waiting = list(rows.filter(member__in=wishes).order_by("pk"))
    held = held_back(by.agency, waiting, paid_on=paid_on, wishes=wishes)
    since = next_month(paid_on)
    due = next_month(since) - timedelta(days=1)
    left = [line for line in waiting if line.pk in held and line.due_on < due]
    for line in left:
        line.clock_since, line.due_on = since, due
    save_all(left, ["clock_since", "due_on"])
    events.record_all("payment.left_for_later", left, by=None)
    return left
