"""The second factor for members with power over money, people or settings."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import Member, User
from accounts.permissions import SECOND_FACTOR

METHOD = "mfa"
KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_required(member: Member) -> bool:
    return bool(member.roles & SECOND_FACTOR)


def is_set_up(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type__in=KINDS).exists())


def passed(request: HttpRequest) -> bool:
    """Whether this session used a second factor; no query."""
    assert isinstance(request.user, User)
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == METHOD for record in records)


@receiver(authenticator_added)
def _used_while_set_up(request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    """Count setup as use: it has just shown that the person holds the factor."""
    if authenticator.type in KINDS:
        record_authentication(
            request, authenticator.user, METHOD, id=authenticator.pk, type=authenticator.type
        )


@receiver(authenticator_removed)
def _no_longer_held(request: HttpRequest, **_: Any) -> None:
    """Stop counting a removed factor in this session; another one must be used."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    kept = [record for record in records if record.get("method") != METHOD]
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = kept
