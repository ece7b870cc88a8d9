"""Account pages that allauth lacks, or that replace its own."""

from collections.abc import Iterable
from typing import Any

from django.urls import URLPattern, URLResolver, include, path
from django.urls.resolvers import RoutePattern

from accounts.views import account, codes

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "login/code/confirm/",
        codes.ConfirmLoginCodeView.as_view(),
        name="account_confirm_login_code",
    ),
    path(
        "confirm-email/",
        codes.ConfirmEmailCodeView.as_view(),
        name="account_email_verification_sent",
    ),
    path("stay/", account.stay, name="account_stay"),
    path("again/", account.sign_in_again, name="account_again"),
    path("second-factor/", account.second_factor_needed, name="account_second_factor"),
    path("codes/", account.sign_in_with_code, name="account_codes"),
    path("codes/print/", account.print_codes, name="account_print_codes"),
    path("ways/", account.ways_to_sign_in, name="account_ways"),
    path("agencies/", account.agencies, name="account_agencies"),
]


def _coded(patterns: Iterable[Any]) -> None:
    """Let allauth's addresses of a security key use its code, as all our addresses do."""
    for each in patterns:
        route = str(each.pattern)
        if isinstance(each.pattern, RoutePattern) and "<int:pk>" in route:
            each.pattern = RoutePattern(
                route.replace("<int:pk>", "<mfa.authenticator:pk>"),
                name=each.pattern.name,
                is_endpoint=not isinstance(each, URLResolver),
            )
        if isinstance(each, URLResolver):
            _coded(each.url_patterns)


allauth = path("", include("allauth.urls"))
_coded([allauth])
urlpatterns.append(allauth)
