"""Password sign-in that looks up one account and hashes one password."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import filter_users_by_email
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import User
from foundation import prepared


class OneLook(AuthenticationBackend):  # type: ignore[misc]
    """allauth's backend, except that it looks up and hashes once even for a known address.

    A wrong password, an account without one and an unknown name all take the time of one hash.
    """

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        login = credentials.get("email") or credentials.get("username") or ""
        password = credentials.get("password") or ""
        found: User | None = self._check_password(_user_of(login), password)
        return found

    def get_user(self, user_id: int) -> User | None:
        """The account of a session, with a query that is built once: each request asks it."""
        asked = prepared.prepared("accounts.user", _any_user, {prepared.USER: "user"})
        found = asked.models({"user": user_id})
        return found[0] if found and self.user_can_authenticate(found[0]) else None


def _any_user() -> QuerySet[User]:
    return User.objects.filter(pk=prepared.USER)


def _user_of(login: str) -> User | None:
    if "@" in login:
        users: list[User] = filter_users_by_email(login, prefer_verified=True, for_login=True)
        return users[0] if users else None
    return User.objects.filter(member_name=login.lower()).first()
