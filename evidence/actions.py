"""Sealing days and proving the record: the only write path of the seals."""

import logging
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from evidence.checking import NotWhole, check
from evidence.models import RecordHead, RecordProof
from evidence.policies import AFTER, TOLD, WHOLE
from evidence.reading import newest
from foundation import events
from foundation.models import Agency

log = logging.getLogger(__name__)

# As many findings are kept; the first ones say where it began.
KEPT = 20


def seal(agency: Agency, day: date, *, whole: bool = False) -> RecordHead:
    """Take the heads of all days after the last one sealed up to this one (first of all, its own).

    `whole` looks among all rows for some that are not sealed, not only among recent ones. The
    database refuses a day that is sealed, and one whose next day is not over.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT evidence_seal(%s, %s)", [day, whole])
    return RecordHead.objects.within(agency).get(day=day)


def may_begin(agency: Agency) -> bool:
    """Whether a day of the agency is over for long enough to be its first one sealed."""
    return agency.date_of(agency.opened) <= agency.today() - AFTER.span


@transaction.atomic
def seal_due(agency: Agency, *, whole: bool = False) -> int:
    """Take the heads of all days that are over for long enough; returns how many."""
    until, last = agency.today() - AFTER.span, newest(agency)
    if (last is None and not may_begin(agency)) or (last is not None and last.day >= until):
        return 0
    seal(agency, until, whole=whole)
    return 1 if last is None else (until - last.day).days


@transaction.atomic
def prove(agency: Agency, *, whole: bool = True) -> list[NotWhole]:
    """Read the sealed rows again (of the last days, unless `whole`), and keep what was found.

    What was found once is read as a whole each night, until it fits again.
    """
    proof = RecordProof.objects.within(agency).select_for_update().first()
    proof = proof or RecordProof(agency=agency)
    today, head = agency.today(), newest(agency)
    whole = whole or bool(proof.findings) or proof.whole_on is None
    found = check(agency, None if whole else today - WHOLE.span)
    alarming = [each for each in found if each.code != "late" or each.day >= today - TOLD.span]
    was_whole = not proof.findings
    proof.on, proof.at = today, timezone.now()
    if whole:
        proof.whole_on = today
    if head is not None and not any(each.code in ("rewritten", "printed") for each in found):
        proof.day, proof.digest = head.day, head.digest
    proof.count = len(alarming)
    proof.findings = [
        [each.code, each.kind, each.number, each.day.isoformat()] for each in alarming[:KEPT]
    ]
    proof.since = None if not alarming else (today if was_whole else proof.since)
    proof.save()
    if alarming:
        log.error("The record of %s does not fit in %s places", agency.slug, len(alarming))
        if was_whole:
            events.record("record.broken", proof, by=None)
    return found


def keep(agency: Agency) -> None:
    """The night's work: seal the days that are over, and prove the last days, or everything."""
    proof = RecordProof.objects.within(agency).first()
    last_whole = None if proof is None else proof.whole_on
    whole = last_whole is None or last_whole <= agency.today() - WHOLE.span
    seal_due(agency, whole=whole)
    prove(agency, whole=whole)
