"""The only write path for who gets what an erased member is still owed."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from compensation.offers.actions import locked
from compensation.payees import rules
from compensation.payees.models import NamedPayee
from compensation.payees.reading import owed_still, paid_last
from compensation.policies import PAYEE_AFTER, PAYEE_MOST
from foundation import events, holding
from foundation.models import Agency
from foundation.refusals import enforce


@transaction.atomic
def name_payee(member: Member, *, name: str, reaches: str, by: Member) -> NamedPayee:
    """Name who gets what is owed if the member is erased, instead of whoever was named before.

    ValidationError: something is missing.
    """
    member = locked(member)
    enforce(rules.naming(member, by))
    given = {"name": name, "reaches": reaches}
    missing = {key: _("Write something here.") for key, said in given.items() if not said.strip()}
    if missing:
        raise ValidationError(missing)
    today = by.agency.today()
    limit = today + PAYEE_MOST.span(by.agency, today)
    rows = NamedPayee.objects.within(by.agency)
    if before := rows.filter(member=member).first():
        _delete(before, by)
    made: NamedPayee = rows.create(
        member=member,
        name=name.strip(),
        reaches=reaches.strip(),
        entered_by=None if by.pk == member.pk else by,
        named_on=today,
        limit_on=limit,
        kept_until=limit,
    )
    events.record("named_payee.named", made, by=by)
    return made


@transaction.atomic
def take_back(member: Member, *, by: Member) -> None:
    """Take back who was named; the money goes to the member as ever."""
    member = locked(member)
    enforce(rules.taking_back(member, by))
    row = NamedPayee.objects.within(by.agency).get(member=member)
    events.record("named_payee.taken_back", row, by=by)
    _delete(row, by)


def _delete(row: NamedPayee, by: Member) -> None:
    """Delete what its member takes back or replaces. Refused: a legal hold covers them."""
    today = by.agency.today()
    enforce(holding.deleting(by.agency, today, people=[row.member_id], day=row.named_on))
    row.delete()


@transaction.atomic
def settle(agency: Agency, *, on: date) -> None:
    """Set until when each is kept, and delete what is over, unless a legal hold covers it.

    Some days after all was paid, else up to its limit; a payment that is undone makes money owed
    again.
    """
    after = PAYEE_AFTER.span(agency, on)
    held = holding.in_force(agency, on)
    rows = NamedPayee.objects.within(agency).in_use().select_related("member")
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        row.member.agency = agency
        owed = owed_still(row.member)
        paid = None if owed else paid_last(row.member)
        until = row.limit_on
        if not owed:
            until = min(row.limit_on, max(paid or row.named_on, row.named_on) + after)
        if until != row.kept_until:
            row.kept_until = until
            row.save(update_fields=["kept_until"])
            events.record("named_payee.settled" if not owed else "named_payee.owed", row, by=None)
        if row.kept_until < on and not held.keep(people=[row.member_id], day=row.named_on):
            row.delete()
