"""Posting to the ledger, inside an action; postings balance and never change."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from accounts.models import Member
from compensation.ledger.models import Account, Entry, Posting, PostingKind

Sides = Mapping[Account, Decimal]


def post(
    kind: PostingKind,
    *,
    on: date,
    by: Member,
    member: Member,
    debits: Sides,
    credited: Sides,
    claim_id: int | None = None,
    payment_id: int | None = None,
) -> Posting:
    """Post what happened to one claim or payment; sides without an amount are left out."""
    postings = Posting.objects.within(by.agency)
    posting: Posting = postings.create(
        kind=kind, on=on, claim_id=claim_id, payment_id=payment_id, by=by
    )
    _write(posting, member, debits=debits, credited=credited)
    return posting


def reverse_posting(posting: Posting, *, by: Member, on: date) -> None:
    """Post the mirror image of a posting."""
    mirror = Posting.objects.within(by.agency).create(
        kind=PostingKind.REVERSED,
        on=on,
        claim_id=posting.claim_id,
        payment_id=posting.payment_id,
        reverses=posting,
        by=by,
    )
    entries = list(posting.entries.order_by("pk").select_related("member"))
    _write(
        mirror,
        entries[0].member,
        debits={Account(each.account): each.credit for each in entries if each.credit},
        credited={Account(each.account): each.debit for each in entries if each.debit},
    )


def _write(posting: Posting, member: Member | None, *, debits: Sides, credited: Sides) -> None:
    """Write all sides of a posting; the database rejects one that does not balance."""
    common = {"agency": posting.agency, "posting": posting, "member": member}
    entries = [Entry(account=key, debit=value, **common) for key, value in debits.items()]
    entries += [Entry(account=key, credit=value, **common) for key, value in credited.items()]
    Entry.objects.within(posting.agency).bulk_create(
        [entry for entry in entries if entry.debit or entry.credit]
    )
