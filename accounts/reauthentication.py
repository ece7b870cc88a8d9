"""Requires proof of identity before people change how they sign in.

allauth asks people with a password or a second step for it, unless they showed it just now by
setting up a second step or signing in with one. People who sign in with e-mailed or printed codes
have nothing else to show, so they sign in again. Otherwise anybody who finds an open session could
set a password and come back at any time.
"""

from time import time

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import pauses, second_factor
from accounts.models import User
from accounts.policies import FRESH
from foundation.refusals import Refusal

# Names of addresses that change how people sign in.
CHANGES = frozenset(
    {
        "account_email",
        "account_print_codes",
        "account_set_password",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_generate_recovery_codes",
    }
)
# Names of further addresses that remove or show part of it.
FURTHER = frozenset(
    {
        "account_change_password",
        "mfa_deactivate_totp",
        "mfa_download_recovery_codes",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "mfa_view_recovery_codes",
    }
)
CLOSED = Refusal(
    _("You can’t change how you sign in while your access is paused."),
    _("Ask an administrator of your program."),
)


def closed(request: HttpRequest, name: str) -> bool:
    """Whether this page is closed because the account may be in other hands."""
    user = request.user
    if name not in CHANGES | FURTHER or not isinstance(user, User):
        return False
    return pauses.may_be_anothers(user)


def wanted(request: HttpRequest, name: str) -> bool:
    """Whether the person must sign in again before using this page."""
    user = request.user
    if name not in CHANGES or not isinstance(user, User) or _is_fresh(request, user):
        return False
    if name == "account_set_password":
        return not user.has_usable_password()
    return not user.has_usable_password() and not _has_second_step(user)


def has_just_shown(request: HttpRequest, user: User) -> bool:
    """Whether the person gave their strongest proof only just now in this session."""
    return _is_fresh(request, user, method=second_factor.METHOD) or (
        user.has_usable_password()
        and _is_fresh(request, user, method="password")
        and not _has_second_step(user)
    )


def _is_fresh(request: HttpRequest, user: User, *, method: str = "") -> bool:
    return any(
        time() - record["at"] < FRESH.span.total_seconds()
        for record in get_authentication_records(request, user)
        if not method or record.get("method") == method
    )


def _has_second_step(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user).exists())
