"""allauth's adapters: no self-service sign-up, and refusals in our words."""

import base64
import logging
import secrets
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts import limits, reauthentication, sessions
from accounts.models import User
from accounts.policies import CODE_BY_EMAIL, NEW_PASSWORD
from accounts.sign_in_messages import ACCOUNT_MESSAGES, MFA_MESSAGES

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {**DefaultAccountAdapter.error_messages, **ACCOUNT_MESSAGES}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Leave the member name to the person, rather than derive it from the e-mail address."""

    def get_login_stages(self) -> list[str]:
        """Require a confirmed address only from people who have one."""
        stages: list[str] = super().get_login_stages()
        return [stage for stage in stages if not stage.endswith(".EmailVerificationStage")]

    def login(self, request: HttpRequest, user: User) -> None:
        """Finish signing in, after any second factor; all ways to sign in end here."""
        super().login(request, user)
        limits.remember(request, user)
        # The session is saved now anyway, so the next page needn't save it again.
        sessions.touch(request.session)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether to ask again; not right after a code was typed."""
        request = context.request
        user = request.user
        return not (isinstance(user, User) and reauthentication.has_just_shown(request, user))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Key attempts by account, spelled the same way on every page."""
        login = credentials.get("email") or credentials.get("username") or ""
        return str(login).strip().lower()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Answer alike for known and unknown addresses, even if no mail can be sent."""
        context |= {"code_works": CODE_BY_EMAIL.words, "link_works": NEW_PASSWORD.words}
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.warning("%s could not be sent", template_prefix, exc_info=True)
            messages.error(
                self.request, _("We can’t send e-mail right now. Try again in a few minutes.")
            )


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {**DefaultMFAAdapter.error_messages, **MFA_MESSAGES}

    def encrypt(self, text: str) -> str:
        """Encrypt authenticator secrets, so that a stolen database can't use them."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a secret; with the key lost, return one that matches no code.

        The person then has to set up a new authenticator.
        """
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            logger.error("a second factor was encrypted with a key that is not known any more")
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _cipher() -> MultiFernet:
    """Encrypt with the current secret key, and also read what earlier ones encrypted."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    mixed = (salted_hmac("accounts.second_factor", "", key, algorithm="sha256") for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(each.digest())) for each in mixed])
