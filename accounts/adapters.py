"""allauth's adapters: nobody signs up by themselves, and refusals are in our words."""

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
        """A member name is chosen by the person, never made up from the e-mail."""

    def get_login_stages(self) -> list[str]:
        """An address counts once its code was typed; people without one sign in all the same."""
        stages: list[str] = super().get_login_stages()
        return [stage for stage in stages if not stage.endswith(".EmailVerificationStage")]

    def login(self, request: HttpRequest, user: User) -> None:
        """All ways to sign in end here, after the second factor."""
        super().login(request, user)
        limits.remember(request, user)
        # The session is written now in any case; so the next page does not write it again.
        sessions.touch(request.session)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """The code that has just been typed is not asked for once more."""
        request = context.request
        user = request.user
        return not (isinstance(user, User) and reauthentication.has_just_shown(request, user))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """The account that is tried, written the same way on every page."""
        login = credentials.get("email") or credentials.get("username") or ""
        return str(login).strip().lower()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Known and unknown addresses get the same answer, also while no mail can be sent."""
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
        """The secrets of authenticator apps: a stolen copy of the database can't use them."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """With the key lost, a secret that fits no code: the person has to set up a new one."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            logger.error("a second factor was encrypted with a key that is not known any more")
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _cipher() -> MultiFernet:
    """Encrypts with the secret key, reads what an earlier one encrypted too."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    mixed = (salted_hmac("accounts.second_factor", "", key, algorithm="sha256") for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(each.digest())) for each in mixed])
