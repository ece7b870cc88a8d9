"""Members named to read what people say to the whole program."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.dated import DatedQuerySet, ends_after_start, holding, no_overlap
from accounts.models import Member, RoleGrant
from accounts.permissions import ROLES, Permission
from dialogues.dialogue.models import FACILITATING_OFFICES
from foundation.models import Door, Key, TenantModel
from groups.models import GroupKind, Seat

_FACILITATING_ROLES = [role for role, may in ROLES.items() if Permission.FACILITATE in may]


class ReaderSide(models.TextChoices):
    CONSUMER = "consumer", _("People who use services")
    STAFF = "staff", _("Staff")


class ProgramReaderQuerySet(DatedQuerySet["ProgramReader"]):
    def reading(self, on: date) -> "ProgramReaderQuerySet":
        """Rows in force that day whose member is still here and still facilitates."""
        assert self.agency is not None, "reading() needs within(agency)"
        member = OuterRef("member")
        grants = RoleGrant.objects.within(self.agency).on(on)
        seats = Seat.objects.within(self.agency).on(on)
        by_role = grants.filter(member=member, role__in=_FACILITATING_ROLES)
        by_office = seats.filter(
            member=member, office__in=FACILITATING_OFFICES, group__kind=GroupKind.DIALOGUE
        )
        return self.filter(
            holding(on), holding(on, "member__"), Exists(by_role) | Exists(by_office)
        )


class ProgramReader(TenantModel):
    """A member's time as reader of words to the whole program.

    `shows_name`: this person lets anybody who wants to speak see their name.
    """

    subject_code = "program_reader"

    member = Key(Member, related_name="+")
    side = models.CharField(max_length=10, choices=ReaderSide.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    named_by = Key(Member, related_name="+")
    shows_name = models.BooleanField(default=False, db_default=False)

    objects: ClassVar[Door[ProgramReaderQuerySet]] = Door(ProgramReaderQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=ReaderSide.values), name="program_reader_side"
            ),
            ends_after_start("program_reader_period"),
            no_overlap("program_reader_no_overlap", "member"),
        ]

    def __str__(self) -> str:
        return f"reader {self.pk}"
