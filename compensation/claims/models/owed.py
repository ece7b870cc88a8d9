"""The days on which a line was owed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.dated import DatedQuerySet, ends_after_start, no_overlap
from compensation.claims.models.choices import ClaimStatus
from foundation.models import Door, Key, TenantModel

if TYPE_CHECKING:
    from compensation.claims.models.lines import Claim

# Rows in one statement.
BATCH = 500


class Owed(TenantModel):
    """Days on which a line was owed: earned or approved, with its clock running, and unpaid.

    These rows keep the answer for a past day when the line is sent back, or a payment reversed. A
    trigger ensures that a row only ever gets its end.
    """

    claim = Key("compensation.Claim", related_name="owed")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    clock_since = models.DateField()
    due_on = models.DateField()

    objects: ClassVar[Door[DatedQuerySet["Owed"]]] = Door(DatedQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            ends_after_start("owed_period"),
            no_overlap("owed_no_overlap", "claim"),
            models.CheckConstraint(
                condition=Q(since__gte=F("clock_since")), name="owed_since_its_clock"
            ),
        ]
        indexes = [models.Index(fields=["agency", "since"], name="owed_since")]

    def __str__(self) -> str:
        return f"owed since {self.since}"

    @property
    def clock(self) -> tuple[date, date]:
        return (self.clock_since, self.due_on)


def keep_owed(claims: Sequence["Claim"]) -> None:
    """Update the owed days of these lines without changing past ones; three queries at most.

    A change takes effect today, except for a payment, which counts from the day it was made.
    """
    agency = claims[0].agency
    held: dict[int, list[Owed]] = defaultdict(list)
    for each in Owed.objects.within(agency).filter(claim__in=claims).order_by("-since", "-pk"):
        held[each.claim_id].append(each)
    today = agency.today()
    ended, begun = [], []
    for claim in claims:
        running = next((each for each in held[claim.pk] if each.until is None), None)
        clock = (claim.clock_since, claim.due_on)
        if running is not None and claim.is_open and running.clock == clock:
            continue
        if running is not None:
            ends = today
            if claim.status == ClaimStatus.PAID and claim.payment is not None:
                ends = claim.payment.paid_on
            running.until = max(ends, running.since)
            ended.append(running)
        if claim.is_open:
            since = max(claim.clock_since, today) if held[claim.pk] else claim.clock_since
            begun.append(
                Owed(
                    agency=agency,
                    claim=claim,
                    since=since,
                    clock_since=claim.clock_since,
                    due_on=claim.due_on,
                )
            )
    if ended:
        Owed.objects.within(agency).bulk_update(ended, ["until"], batch_size=BATCH)
    if begun:
        Owed.objects.within(agency).bulk_create(begun)
