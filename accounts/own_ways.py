"""Record sign-in changes that people make on allauth's pages, like any other change."""

from typing import Any

from allauth.account.signals import (
    email_changed,
    email_confirmed,
    email_removed,
    password_changed,
    password_reset,
    password_set,
)
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.dispatch import receiver

from accounts import actions
from accounts.changes import EMAIL, PASSWORD, SECOND_FACTOR
from accounts.models import User


@receiver([password_changed, password_reset, password_set])
def _password(user: User, **_: Any) -> None:
    actions.note_own(user, PASSWORD)


@receiver([email_changed, email_removed])
def _email(user: User, **_: Any) -> None:
    actions.note_own(user, EMAIL)


@receiver(email_confirmed)
def _first_email(email_address: Any, **_: Any) -> None:
    """Record an address once it is confirmed."""
    actions.note_own(email_address.user, EMAIL)


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def _second_factor(user: User, **_: Any) -> None:
    actions.note_own(user, SECOND_FACTOR)
