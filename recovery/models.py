"""What was done for the day on which the database is lost: dated facts, of all agencies at once."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FactKind(models.TextChoices):
    BACKED_UP = "backed_up", _("A backup was written")
    PROVED = "proved", _("A backup was restored elsewhere, and compared")
    RESTORED = "restored", _("This database was restored from a backup")


class RecoveryFact(models.Model):
    """A backup, a proof or a restore. Only the owner's login adds rows; nothing changes them.

    `of`: the moment whose rows the backup holds. `sha256`: the checksum of the encrypted file.
    """

    kind = models.CharField(max_length=10, choices=FactKind.choices)
    at = models.DateTimeField()
    of = models.DateTimeField()
    rows = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = "recovery_fact"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=FactKind.values), name="recovery_fact_kind"
            ),
            models.CheckConstraint(
                condition=Q(at__gte=models.F("of")), name="recovery_fact_in_order"
            ),
        ]
        indexes = [models.Index(fields=["kind", "-at"], name="recovery_fact_latest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
