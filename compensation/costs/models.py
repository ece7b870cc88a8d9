"""Receipts for costs of taking part."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Member
from compensation.claims.models import Claim, ReceiptMedia
from foundation.models import Key, TenantModel


class Receipt(TenantModel):
    """The photo or file of a receipt for a cost; the last one of a line counts.

    Rows are never changed. A photo was made anew from its pixels: nothing in it tells of the place
    or of the phone.
    """

    claim = Key(Claim, related_name="receipts")
    content = models.BinaryField()
    media = models.CharField(max_length=20, choices=ReceiptMedia.choices)
    by = Key(Member, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(media__in=ReceiptMedia.values), name="receipt_media"
            ),
        ]

    def __str__(self) -> str:
        return f"receipt {self.pk}"
