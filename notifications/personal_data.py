"""Personal data of messages and the outbox: who was told, when, and whether they read it."""

from django.utils.translation import gettext_lazy as _

from foundation.kept import since
from foundation.personal_data import of, register
from foundation.retention import CONSENTS, MESSAGES, SENT_MAIL
from notifications.models import Email, Message, TextMessage, TextNumber

register(
    Message,
    _("Messages"),
    whose=of("member"),
    kept=since(MESSAGES, "at"),
    goes=True,
    key="subject_type subject_id",
    subject="subject_type subject_id",
    # `data` holds ids, codes and numbers.
    fact="code data",
    # A copy of the subject's title, which is a name if the subject is a person.
    record="title",
    copies="title",
)
register(
    Email,
    _("E-mail to be sent"),
    whose=of("member"),
    kept=since(SENT_MAIL, "sent_at"),
    goes=True,
    # Which message, or which week.
    fact="reason even_away",
    key="message_id",
    nothing="attempts",
)
register(
    TextNumber,
    _("Consents to texts, and the number"),
    whose=of("member"),
    kept=since(CONSENTS, "stopped_at"),
    read_as="profile",
    contact="number",
    fact="shared meetings payments messages often quiet_from quiet_until stopped_why",
    blanked="number",
)
register(
    TextMessage,
    _("Texts to be sent"),
    whose=of("member"),
    kept=since(SENT_MAIL, "created_at"),
    goes=True,
    fact="kind given_up_why",
    key="key",
    nothing="attempts",
)
