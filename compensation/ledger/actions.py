"""Posting to the ledger, inside an action; postings balance and never change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.models import Member
from compensation.ledger.models import Account, Entry, Posting, PostingKind

Sides = Mapping[Account, Decimal]


@dataclass(frozen=True)
class Transfer:
    """What happened to one claim or payment; sides without an amount are left out."""

    member: Member
    debits: Sides
    credited: Sides
    claim_id: int | None = None
    payment_id: int | None = None


def post_all(
    kind: PostingKind, transfers: Sequence[Transfer], *, on: date, by: Member
) -> list[Posting]:
    """Post each of these; two queries for all."""
    made = Posting.objects.within(by.agency).bulk_create(
        Posting(
            agency=by.agency,
            kind=kind,
            on=on,
            claim_id=each.claim_id,
            payment_id=each.payment_id,
            by=by,
        )
        for each in transfers
    )
    Entry.objects.within(by.agency).bulk_create(
        entry
        for posting, each in zip(made, transfers, strict=True)
        for entry in _entries(posting, each.member, each.debits, each.credited)
    )
    return made


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
    debits = {Account(each.account): each.credit for each in entries if each.credit}
    credited = {Account(each.account): each.debit for each in entries if each.debit}
    Entry.objects.within(by.agency).bulk_create(
        _entries(mirror, entries[0].member, debits, credited)
    )


def _entries(
    posting: Posting, member: Member | None, debits: Sides, credited: Sides
) -> list[Entry]:
    """All sides of a posting; the database rejects one that does not balance."""
    common = {"agency": posting.agency, "posting": posting, "member": member}
    entries = [Entry(account=key, debit=value, **common) for key, value in debits.items()]
    entries += [Entry(account=key, credit=value, **common) for key, value in credited.items()]
    return [entry for entry in entries if entry.debit or entry.credit]
