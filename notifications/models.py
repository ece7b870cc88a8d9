"""Messages to members, and the e-mails that announce them without their content."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.models import Door, Key, TenantModel, TenantQuerySet


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
