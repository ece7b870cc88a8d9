"""The one e-mail and the two texts to members: they name no agency, role or topic."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from notifications.models import Email, TextKind, TextMessage


def send(email: Email) -> None:
    """Hand the e-mail to the mail server; raise OSError or SMTPException if it is not accepted."""
    member = email.member
    assert member.user is not None
    with translation.override(member.language):
        letter = EmailMessage(
            subject=_("You have a message"),
            body=_("You have a message. Read it here:\n\n%(url)s\n")
            % {"url": settings.BASE_URL + reverse("home")},
            to=[member.user.email or ""],
            headers={"Message-ID": f"<{email.message_id}@{settings.ALLOWED_HOSTS[0]}>"},
        )
    letter.send()


def text(message: TextMessage) -> str:
    """The words of a text; on a phone that others read, without the address of the portal."""
    number = message.number
    with translation.override(message.member.language):
        if message.kind == TextKind.CODE:
            words = _("Your code is %(code)s. Reply STOP and you get no texts.")
            return words % {"code": number.code}
        if number.shared:
            return _("You have a message.")
        return _("You have a message. Read it here: %(url)s") % {
            "url": settings.BASE_URL + reverse("home")
        }
