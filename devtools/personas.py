"""Signing in as somebody at once: for demo personas and tests, never in the product."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import login
from django.http import HttpRequest

from accounts import second_factor
from accounts.models import Member

BACKEND = "accounts.backends.OneLook"
# The same for every persona, so that people can try the demo with a phone.
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105


def sign_in(request: HttpRequest, member: Member) -> None:
    """Sign this member in, with a second factor if their roles require one.

    The factor is real: an authenticator app is set up for the user, and the session records its use
    as allauth does. Call it with the member's agency entered.
    """
    assert member.user is not None
    login(request, member.user, backend=BACKEND)
    record_authentication(request, member.user, method="persona")
    if second_factor.is_required(member):
        app = _authenticator_app(member)
        record_authentication(request, member.user, second_factor.METHOD, id=app.pk, type=app.type)


def _authenticator_app(member: Member) -> Authenticator:
    assert member.user is not None
    found = Authenticator.objects.filter(user=member.user, type=Authenticator.Type.TOTP).first()
    return found or TOTP.activate(member.user, SECRET).instance
