"""Messages to members, and the e-mails and texts that announce them without their content."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.models import Door, Key, TenantModel, TenantQuerySet
from notifications.policies import QUIET_FROM, QUIET_UNTIL


class MessageQuerySet(TenantQuerySet["Message"]):
    def unread(self) -> "MessageQuerySet":
        return self.filter(read_at=None)


class Message(TenantModel):
    """A message to a member; its words are made when it is read, in the member's language.

    The subject's title is stored as it was at the time; its address is looked up when it is opened.
    """

    member = Key(Member, related_name="+")
    code = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    title = models.CharField(max_length=200, blank=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Door[MessageQuerySet]] = Door(MessageQuerySet)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["agency", "member", "-at"], name="message_member_at"),
            models.Index(
                fields=["agency", "member"], condition=Q(read_at=None), name="message_unread"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class EmailQuerySet(TenantQuerySet["Email"]):
    def due(self, moment: Any) -> "EmailQuerySet":
        """E-mails to send or retry at that moment."""
        return self.filter(sent_at=None, given_up_at=None, try_at__lte=moment)


class Email(TenantModel):
    """The outbox: each e-mail is sent once, even if a worker dies while sending it.

    `reason` makes it unique: a message's key, or a week's digest. One to somebody who is away is
    given up, not held back: their messages wait in the portal. `message_id` is the same at every
    attempt, so that mail servers drop a copy sent just before a crash.
    """

    subject_code = "email"

    member = Key(Member, related_name="+")
    reason = models.CharField(max_length=60)
    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    try_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    even_away = models.BooleanField(
        default=False, db_default=False, help_text=_("Sent even to somebody who is away.")
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Door[EmailQuerySet]] = Door(EmailQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "member", "reason"], name="email_once_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(given_up_at=None), name="email_sent_or_given_up"
            ),
        ]
        indexes = [
            models.Index(
                fields=["try_at"],
                condition=Q(sent_at=None, given_up_at=None),
                name="email_to_send",
            )
        ]

    def __str__(self) -> str:
        return self.reason


CODE_DIGITS = 6


class Often(models.TextChoices):
    """How many texts somebody wants at most; what comes in between is one text."""

    HOUR = "hour", _("One text an hour, if there is news")
    DAY = "day", _("One text a day, if there is news")


class Stopped(models.TextChoices):
    """Why there are no more texts to a number."""

    PAGE = "page", _("The person said so here")
    REPLY = "reply", _("STOP was sent from the phone")
    REPLACED = "replaced", _("There is another number")
    UNREACHABLE = "unreachable", _("No text reached the number")
    UNCONFIRMED = "unconfirmed", _("The code was not entered in time")
    LEFT = "left", _("The person left")


class TextNumberQuerySet(TenantQuerySet["TextNumber"]):
    def live(self) -> "TextNumberQuerySet":
        """Numbers whose owners entered the code and still want texts."""
        return self.filter(confirmed_at__isnull=False, stopped_at=None).exclude(number="")

    def asked(self) -> "TextNumberQuerySet":
        """Numbers to which a code was sent that nobody entered yet."""
        return self.filter(confirmed_at=None, stopped_at=None).exclude(number="")


class TextNumber(TenantModel):
    """A person's consent to texts, from the code they entered to the day it ended.

    The number is emptied when it ends. `shared`: somebody else may read texts on that phone.
    """

    subject_code = "text_number"

    member = Key(Member, related_name="text_numbers")
    number = models.CharField(max_length=16, blank=True)
    shared = models.BooleanField()
    meetings = models.BooleanField(default=True)
    payments = models.BooleanField(default=True)
    messages = models.BooleanField(default=True)
    often = models.CharField(max_length=10, choices=Often.choices, default=Often.HOUR)
    quiet_from = models.PositiveSmallIntegerField(default=QUIET_FROM.value)
    quiet_until = models.PositiveSmallIntegerField(default=QUIET_UNTIL.value)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # Up to when messages were announced.
    texted_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_why = models.CharField(max_length=20, choices=Stopped.choices, blank=True)

    objects: ClassVar[Door[TextNumberQuerySet]] = Door(TextNumberQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(often__in=Often.values), name="text_number_often"),
            models.CheckConstraint(
                condition=Q(quiet_from__lt=24, quiet_until__lt=24), name="text_number_hours"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None, stopped_why="")
                | Q(stopped_at__isnull=False, stopped_why__in=Stopped.values, number=""),
                name="text_number_forgotten_when_stopped",
            ),
            models.UniqueConstraint(
                fields=["agency", "member"],
                condition=Q(stopped_at=None, confirmed_at__isnull=False),
                name="text_number_one_live",
            ),
            models.UniqueConstraint(
                fields=["agency", "member"],
                condition=Q(stopped_at=None, confirmed_at=None),
                name="text_number_one_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"text number {self.pk}"

    @property
    def code(self) -> str:
        """The code to confirm it; it follows from the secret key, so the database holds none."""
        seed = f"{self.pk} {self.asked_at.isoformat()}"
        digest = salted_hmac("notifications.text_code", seed, algorithm="sha256").digest()
        return f"{int.from_bytes(digest) % 10**CODE_DIGITS:0{CODE_DIGITS}}"


class TextKind(models.TextChoices):
    CODE = "code", _("A code to confirm the number")
    NEWS = "news", _("That there is a message")


class Unsent(models.TextChoices):
    """Why a text was not sent."""

    TRIES = "tries", _("The gateway did not take it")
    NUMBER = "number", _("There are no more texts to the number")
    NEEDLESS = "needless", _("It said nothing new any more")


class TextMessageQuerySet(TenantQuerySet["TextMessage"]):
    def due(self, moment: Any) -> "TextMessageQuerySet":
        """Texts to send or retry at that moment."""
        return self.filter(sent_at=None, given_up_at=None, try_at__lte=moment)


class TextMessage(TenantModel):
    """The outbox of texts: who, when and of which kind, never the words.

    `key` is the same at every attempt, so that the gateway drops a copy sent before a crash.
    """

    subject_code = "text_message"

    member = Key(Member, related_name="+")
    number = Key(TextNumber, related_name="sent")
    kind = models.CharField(max_length=10, choices=TextKind.choices)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    try_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    given_up_why = models.CharField(max_length=10, choices=Unsent.choices, blank=True)

    objects: ClassVar[Door[TextMessageQuerySet]] = Door(TextMessageQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TextKind.values), name="text_kind"),
            models.CheckConstraint(
                condition=Q(given_up_at=None, given_up_why="")
                | Q(sent_at=None, given_up_at__isnull=False, given_up_why__in=Unsent.values),
                name="text_sent_or_given_up",
            ),
            models.UniqueConstraint(
                fields=["agency", "number"],
                condition=Q(kind="news", sent_at=None, given_up_at=None),
                name="text_one_waiting",
            ),
        ]
        indexes = [
            models.Index(
                fields=["try_at"],
                condition=Q(sent_at=None, given_up_at=None),
                name="text_to_send",
            )
        ]

    def __str__(self) -> str:
        return self.kind
