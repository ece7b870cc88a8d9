"""Before somebody changes how they get in: was it they who signed in, and only just now?

Who has a password or a second step is asked for it by allauth, unless they have only just shown
it: setting up a second step or signing in with it. Who signs in with codes by e-mail
or from paper has nothing else to show, so they sign in again. Else whoever finds their session
open could give themselves a password, and come back at any time.
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

# Addresses, by name, on which the ways to sign in are changed.
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
# Further ones on which something of it is taken away, or shown.
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
    """Whether the page of this name is closed, since the account may be in other hands."""
    user = request.user
    if name not in CHANGES | FURTHER or not isinstance(user, User):
        return False
    return pauses.may_be_anothers(user)


def wanted(request: HttpRequest, name: str) -> bool:
    """Whether the person has to sign in again before they use the page of this name."""
    user = request.user
    if name not in CHANGES or not isinstance(user, User) or _is_fresh(request, user):
        return False
    if name == "account_set_password":
        return not user.has_usable_password()
    return not user.has_usable_password() and not _has_second_step(user)


def has_just_shown(request: HttpRequest, user: User) -> bool:
    """Whether the strongest proof that the person has was given only just now in this session."""
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
