"""Who holds a key, and concerns of which only those can read anything."""

import secrets
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractIsoWeekDay, Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from concerns.envelopes import MESSAGE, RECEIPT_BOX, SEAL
from concerns.locking import locked_size
from foundation.anonymity import AnonymousModel, random_key
from foundation.models import Door, Key, OneKey, TenantModel, TenantQuerySet
from foundation.sealing import PRIVATE

LOCKED = locked_size(PRIVATE)
MONDAY = 1


def random_mark() -> str:
    return secrets.token_hex(16)


class HolderKind(models.TextChoices):
    READER = "reader", _("Reader")
    SHEET = "sheet", _("Sheet of paper outside")


class KeyHolderQuerySet(TenantQuerySet["KeyHolder"]):
    def lasting(self) -> "KeyHolderQuerySet":
        """Those who have not stopped."""
        return self.filter(ended_on=None)

    def keyed(self) -> "KeyHolderQuerySet":
        """Those to whom a concern can be sealed."""
        return self.lasting().exclude(public_key="")

    def readers(self) -> "KeyHolderQuerySet":
        return self.filter(kind=HolderKind.READER)


class KeyHolder(TenantModel):
    """A member who reads concerns, or the sheet of paper that is kept outside.

    The private key is locked with the reading code, which is stored nowhere. `mark` stands for the
    reader inside concerns whose writer named them; it stays the same if the member reads again.
    """

    subject_code = "concern_reader"

    kind = models.CharField(max_length=10, choices=HolderKind.choices)
    member = Key(Member, null=True, blank=True, related_name="+")
    mark = models.CharField(max_length=32, default=random_mark, editable=False)
    trained_on = models.DateField(null=True, blank=True)
    asked_on = models.DateField()
    by = Key(Member, related_name="+")
    shown_since = models.DateField(
        null=True,
        blank=True,
        help_text=_("Since when everybody here may read their name as a reader’s."),
    )
    public_key = models.TextField(blank=True, default="", db_default="", editable=False)
    locked_key = models.BinaryField(null=True, editable=False)
    renewed_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = Key(Member, null=True, blank=True, related_name="+")

    objects: ClassVar[Door[KeyHolderQuerySet]] = Door(KeyHolderQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="reader", member__isnull=False, trained_on__isnull=False)
                | Q(kind="sheet", member=None, trained_on=None),
                name="key_holder_kind",
            ),
            models.CheckConstraint(
                condition=Q(member=None) | ~Q(by=F("member")), name="key_holder_asked_by_another"
            ),
            models.CheckConstraint(
                condition=Q(trained_on=None) | Q(trained_on__lte=F("asked_on")),
                name="key_holder_trained_before",
            ),
            models.CheckConstraint(
                condition=Q(public_key="", locked_key=None)
                | (
                    ~Q(public_key="")
                    & Q(locked_key__isnull=False, ended_on=None, shown_since__isnull=False)
                ),
                name="key_holder_keys",
            ),
            models.CheckConstraint(
                condition=Exact(Length("locked_key"), LOCKED), name="key_holder_lock_size"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_by=None)
                | Q(ended_on__isnull=False, ended_by__isnull=False),
                name="key_holder_ended_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["agency", "member"],
                condition=Q(ended_on=None, kind="reader"),
                name="key_holder_once",
            ),
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(ended_on=None, kind="sheet"),
                name="key_holder_one_sheet",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ConcernQuerySet(TenantQuerySet["Concern"]):
    def open(self) -> "ConcernQuerySet":
        """Concerns that the readers have not closed."""
        return self.filter(closed_on=None)

    def to_hand_in(self) -> "ConcernQuerySet":
        """Concerns that the writer wants as a formal complaint, which nobody has handed in."""
        return self.filter(complaint=True, complaint_on=None)


class Concern(AnonymousModel):
    """What somebody wrote in confidence: the week, and a key that only a code opens.

    `receipt` is made of the writer's code by a slow hash, `receipt_key` has the concern's key for
    it. `week` is the Monday of the week in which it was written.
    """

    week = models.DateField()
    receipt = models.CharField(max_length=64, unique=True)
    receipt_key = models.BinaryField()
    may_go_on = models.BooleanField(default=False, db_default=False)
    complaint = models.BooleanField(default=False, db_default=False)
    complaint_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Door[ConcernQuerySet]] = Door(ConcernQuerySet)

    class Meta(AnonymousModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Exact(ExtractIsoWeekDay("week"), MONDAY), name="concern_week_only"
            ),
            models.CheckConstraint(
                condition=Exact(Length("receipt_key"), RECEIPT_BOX), name="concern_receipt_size"
            ),
            models.CheckConstraint(
                condition=Q(complaint_on=None) | Q(complaint=True),
                name="concern_complaint_was_asked_for",
            ),
        ]
        indexes = [models.Index(fields=["agency", "week"], name="concern_week")]

    def __str__(self) -> str:
        return "a concern"


class ConcernSeal(TenantModel):
    """A concern's key for one reader. Without an envelope it is lost to them: see `KeyHolder`.

    Keys are random: sequential ones would reveal the order in which concerns came.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    concern = Key(Concern, related_name="seals")
    holder = Key(KeyHolder, related_name="+")
    envelope = models.BinaryField(null=True)
    read_on = models.DateField(null=True, blank=True)
    passed_on_by = Key(Member, null=True, blank=True, related_name="+")
    passed_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "concern", "holder"], name="concern_seal_once"
            ),
            models.CheckConstraint(
                condition=Exact(Length("envelope"), SEAL), name="concern_seal_size"
            ),
            models.CheckConstraint(
                condition=Q(passed_on=None, passed_on_by=None)
                | Q(passed_on__isnull=False, passed_on_by__isnull=False),
                name="concern_seal_passed_on_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return "a seal"


class MessageKind(models.TextChoices):
    WRITER = "writer", _("From the person who wrote")
    REPLY = "reply", _("Reply")
    NOTE = "note", _("Note among the readers")


class ConcernMessage(AnonymousModel):
    """One message of a concern, closed with its key; number 1 is the concern itself.

    Which reader wrote a reply or a note is closed with its words.
    """

    concern = Key(Concern, related_name="messages")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=MessageKind.choices)
    envelope = models.BinaryField()
    week = models.DateField()

    class Meta(AnonymousModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "concern", "number"], name="concern_message_number"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MessageKind.values), name="concern_message_kind"
            ),
            models.CheckConstraint(
                condition=Exact(ExtractIsoWeekDay("week"), MONDAY), name="concern_message_week_only"
            ),
            models.CheckConstraint(
                condition=Exact(Length("envelope"), MESSAGE), name="concern_message_size"
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.number}"


class TakenTo(models.TextChoices):
    CHAIR = "chair", _("The chair of the governing body")
    RIGHTS = "rights", _("The rights officer")


class TakenOnQuerySet(TenantQuerySet["TakenOn"]):
    def unanswered(self) -> "TakenOnQuerySet":
        return self.filter(answered_on=None)


class TakenOn(TenantModel):
    """A concern that readers took further, with the writer's consent, and the day of an answer."""

    concern = OneKey(Concern, related_name="taken")
    to = models.CharField(max_length=10, choices=TakenTo.choices)
    chair = Key(Member, null=True, blank=True, related_name="+")
    by = Key(Member, related_name="+")
    on = models.DateField()
    answer_by = models.DateField()
    answered_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Door[TakenOnQuerySet]] = Door(TakenOnQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(to="chair", chair__isnull=False) | Q(to="rights", chair=None),
                name="taken_on_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answer_by__gt=F("on"))
                & (Q(answered_on=None) | Q(answered_on__gte=F("on"))),
                name="taken_on_days",
            ),
        ]

    def __str__(self) -> str:
        return f"taken on {self.pk}"


class ConcernPresenceQuerySet(TenantQuerySet["ConcernPresence"]):
    def at(self, moment: datetime) -> "ConcernPresenceQuerySet":
        """Readers who are there at that moment."""
        return self.filter(until__gt=moment)


class ConcernPresence(TenantModel):
    """A reader who has a concern open until a moment; nobody reads unless a second one has."""

    concern = Key(Concern, related_name="+")
    holder = Key(KeyHolder, related_name="+")
    until = models.DateTimeField()

    objects: ClassVar[Door[ConcernPresenceQuerySet]] = Door(ConcernPresenceQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "concern", "holder"], name="concern_presence_once"
            ),
        ]

    def __str__(self) -> str:
        return f"presence {self.pk}"
