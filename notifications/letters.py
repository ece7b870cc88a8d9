"""The one e-mail the portal sends to members: it names no agency, role or topic."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from notifications.models import Email


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
