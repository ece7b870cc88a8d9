"""The invitation e-mail; it names no agency, role or topic."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import invitation_codes
from accounts.models import Invitation
from foundation import codes


def address_of(invitation: Invitation) -> str:
    """The full address in the invitation's link."""
    code = codes.shown(invitation_codes.code_of(invitation))
    return settings.BASE_URL + reverse("invitations:invitation", kwargs={"token": code})


def _once(invitation: Invitation) -> str:
    """Names the e-mail; a reminder is another one, which mail programs must not merge."""
    again = invitation.reminded_at
    return f"{invitation.seed}.{again:%Y%m%d%H%M}" if again is not None else str(invitation.seed)


def send(invitation: Invitation) -> None:
    """Hand it to the mail server; raise OSError or SMTPException if it is not accepted."""
    with translation.override(invitation.member.language):
        letter = EmailMessage(
            subject=_("You have a message"),
            body=_("You have a message. Read it here:\n\n%(url)s\n")
            % {"url": address_of(invitation)},
            to=[invitation.email],
            headers={"Message-ID": f"<{_once(invitation)}@{settings.ALLOWED_HOSTS[0]}>"},
        )
    letter.send()


def address_to_type() -> str:
    """Where a printed letter's code is typed; printed without "https://"."""
    return (settings.BASE_URL + reverse("invitations:code")).partition("://")[2]


def sign_in_address() -> str:
    return settings.BASE_URL + reverse("account_login")
