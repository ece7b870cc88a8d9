"""Money before a meeting: asked for, and settled once it was spent."""

from decimal import Decimal

from django.db import transaction

from accounts.models import Member
from compensation.advances import rules
from compensation.advances.models import SpentAdvance
from compensation.claims import rules as claim_rules
from compensation.claims.models import Claim, ClaimKind, ClaimStatus
from compensation.claims.receipts import ReceiptFile
from compensation.policies import COST_DUE
from foundation import events
from foundation.refusals import enforce
from groups.models import Meeting


@transaction.atomic
def ask(
    *, member: Member, meeting: Meeting, cost: str, what_for: str, amount: Decimal, by: Member
) -> Claim:
    """Ask for a fare or childcare before a meeting; it is due by then."""
    today = member.agency.today()
    Member.objects.within(member.agency).select_for_update(no_key=True).get(pk=member.pk)
    enforce(rules.asking_for(meeting, cost, member, by, today))
    other = None if by == member else member
    claim = Claim(
        agency=member.agency,
        member=member,
        kind=ClaimKind.REIMBURSEMENT,
        cost=cost,
        in_advance=True,
        status=ClaimStatus.EARNED,
        service_on=meeting.on,
        amount=amount,
        what_for=what_for,
        entered_by=None if other is None else by,
    )
    days = min(COST_DUE.value(member.agency, today), (meeting.on - today).days)
    claim.start_clock(today, days)
    claim.save()
    events.record("payment.advance_asked", claim, by=by, on_behalf_of=other)
    return claim


@transaction.atomic
def settle(
    claim: Claim,
    *,
    spent: Decimal,
    by: Member,
    receipt: ReceiptFile | None = None,
    no_receipt: str = "",
) -> Claim | None:
    """Say what was spent; the line of the difference, if there is one.

    What is left is a downward correction, set off against later pay; what is missing is a cost.
    Both are approved like any other line.
    """
    rows = Claim.objects.within(by.agency).select_for_update(of=("self",))
    claim = rows.select_related("member").get(pk=claim.pk)
    claim.member.agency = by.agency
    enforce(rules.settling(claim, by))
    enforce(claim_rules.proving(has_receipt=receipt is not None, why_not=no_receipt))
    today, reason = by.agency.today(), "" if receipt else no_receipt.strip()
    if receipt is not None:
        claim.receipts.create(agency=by.agency, content=receipt.content, media=receipt.media, by=by)
    SpentAdvance.objects.within(by.agency).create(
        claim=claim, spent=spent, no_receipt=reason, settled_on=today, by=by
    )
    difference = None
    if spent != claim.amount:
        difference = Claim(
            agency=by.agency,
            member=claim.member,
            kind=ClaimKind.REIMBURSEMENT,
            cost=claim.cost,
            settles=claim,
            status=ClaimStatus.EARNED,
            service_on=claim.service_on,
            amount=spent - claim.amount,
            what_for=claim.what_for,
            no_receipt=reason,
            entered_by=None if by == claim.member else by,
        )
        difference.start_clock(today, COST_DUE.value(by.agency, today))
        difference.save()
    other = None if by == claim.member else claim.member
    events.record("payment.advance_settled", claim, by=by, on_behalf_of=other)
    return difference
