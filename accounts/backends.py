"""Password sign-in that looks up one account and hashes one password."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import filter_users_by_email
from django.http import HttpRequest

from accounts.models import User


class OneLook(AuthenticationBackend):  # type: ignore[misc]
    """allauth's backend, except that it looks up and hashes once even for a known address.

    A wrong password, an account without one and an unknown name all take the time of one hash.
    """

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        login = credentials.get("email") or credentials.get("username") or ""
        password = credentials.get("password") or ""
        found: User | None = self._check_password(_user_of(login), password)
        return found


def _user_of(login: str) -> User | None:
    if "@" in login:
        users: list[User] = filter_users_by_email(login, prefer_verified=True, for_login=True)
        return users[0] if users else None
    return User.objects.filter(member_name=login.lower()).first()
