"""Kinds and states of claim lines and their costs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClaimKind(models.TextChoices):
    PAY = "pay", _("For your time")
    REIMBURSEMENT = "reimbursement", _("Money back for a cost")
    ADJUSTMENT = "adjustment", _("Correction of a payment")


class CostKind(models.TextChoices):
    MILES = "miles", _("Miles in my own car")
    FARE = "fare", _("A bus, train or taxi")
    CHILDCARE = "childcare", _("Childcare, or care for somebody")
    MEAL = "meal", _("A meal")
    OTHER = "other", _("Something else")


class ReceiptMedia(models.TextChoices):
    JPEG = "image/jpeg", _("Photo")
    PDF = "application/pdf", _("PDF file")


class ClaimStatus(models.TextChoices):
    WAITING = "waiting", _("Waits for your choice")
    EARNED = "earned", _("Earned")
    APPROVED = "approved", _("Approved")
    PAID = "paid", _("Paid")
    RETURNED = "returned", _("Sent back")
    WAIVED = "waived", _("You turned it down")
    NOTHING = "nothing", _("Nothing to pay")
    WITHDRAWN = "withdrawn", _("You took it back")
    REFUSED = "refused", _("Not approved")


# By the member's choice, and by what the hours come to.
BEGINS = frozenset(
    {ClaimStatus.WAITING, ClaimStatus.EARNED, ClaimStatus.WAIVED, ClaimStatus.NOTHING}
)
OPEN = (ClaimStatus.WAITING, ClaimStatus.EARNED, ClaimStatus.APPROVED, ClaimStatus.RETURNED)
