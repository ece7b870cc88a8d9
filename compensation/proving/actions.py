"""Proving the ledger: the only write path for what a proof found."""

import logging
from collections import Counter

from django.db import transaction
from django.utils import timezone

from compensation.ledger.models import Posting
from compensation.periods.models import LedgerProof
from compensation.proving.checking import Disagreement, findings
from foundation import events
from foundation.models import Agency

log = logging.getLogger(__name__)


@transaction.atomic
def prove(agency: Agency, *, periods: int | None = None) -> list[Disagreement]:
    """Hold the ledger against claims, payments and closed books, and keep what was found.

    `periods`: how many closed books have their file read again; None: all.
    """
    before = LedgerProof.objects.within(agency).select_for_update().first()
    found = list(findings(agency, periods))
    proof = before or LedgerProof(agency=agency)
    today = agency.today()
    was_whole = before is None or not before.findings
    proof.on, proof.at = today, timezone.now()
    proof.postings = Posting.objects.within(agency).count()
    proof.findings = sorted(Counter(each.code for each in found).items())
    proof.since = None if not found else (today if was_whole else proof.since)
    proof.save()
    if found:
        log.error("The ledger of %s does not agree in %s places", agency.slug, len(found))
        if was_whole:
            events.record("books.disagree", proof, by=None)
    return found
