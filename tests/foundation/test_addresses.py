"""Every address is an agency's, open, or an account's; outsiders find no agency pages."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver
from django.urls.converters import get_converters

from accounts.models import Member
from foundation.addresses import at
from foundation.keys import KeyConverter
from foundation.models import Agency
from tests.conftest import Login

FOREIGN = 987654321
NO_ROW = {"year": "1999", "uuid": "00000000-0000-4000-8000-000000000000"}
OF_EVERYBODY = {"", "healthz", "healthz/ready", "privacy/", "privacy/promises/"}


def addresses(
    patterns: list[URLPattern | URLResolver] | None = None, prefix: str = ""
) -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern).lstrip("^").rstrip("$")
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        else:
            yield route


def filled(route: str, slug: str) -> str:
    """The route with this agency and keys that none of its rows has."""
    parts = []
    for part in route.replace("<slug:agency>", slug).split("/"):
        kind = part.strip("<>").partition(":")[0] if part.startswith("<") else ""
        converter = get_converters().get(kind)
        if isinstance(converter, KeyConverter):
            parts.append(converter.to_url(FOREIGN))
        else:
            parts.append(NO_ROW.get(kind, "unknown") if kind else part)
    return "/" + "/".join(parts)


def test_every_address_is_classed_by_where_it_begins() -> None:
    strays = [
        route
        for route in addresses()
        if not route.startswith(("a/<slug:agency>/", "o/", "account/"))
        and route not in OF_EVERYBODY
        and not route.startswith(("demo/", "static/"))
    ]
    assert strays == []


@pytest.fixture
def agency_routes() -> list[str]:
    return [route for route in addresses() if route.startswith("a/")]


def test_an_outsider_finds_no_page_of_an_agency(
    agency_routes: list[str], outsider: Member, consumer: Member, login: Login
) -> None:
    client = login(outsider)
    answers = {route: client.get(filled(route, "riverside")).status_code for route in agency_routes}
    assert {route: status for route, status in answers.items() if status != 404} == {}


def test_an_outsider_can_post_nothing_to_an_agency(
    agency_routes: list[str], outsider: Member, consumer: Member, login: Login
) -> None:
    client = login(outsider)
    answers = {
        route: client.post(filled(route, "riverside")).status_code for route in agency_routes
    }
    assert {route: status for route, status in answers.items() if status != 404} == {}


def test_nobody_without_a_sign_in_sees_a_page_of_an_agency(
    agency_routes: list[str], consumer: Member
) -> None:
    client = Client()
    answers = {route: client.get(filled(route, "riverside")) for route in agency_routes}
    shown = {
        route: answer.status_code
        for route, answer in answers.items()
        if answer.status_code != 302 or not answer["Location"].startswith("/account/login/")
    }
    assert shown == {}


@pytest.mark.parametrize("person", ["consumer", "administrator", "facilitator", "committee_chair"])
def test_a_key_that_no_row_of_the_agency_has_is_not_found(
    person: str, agency_routes: list[str], login: Login, request: pytest.FixtureRequest
) -> None:
    client = login(request.getfixturevalue(person))
    keyed = [route for route in agency_routes if "<" in route.removeprefix("a/<slug:agency>/")]
    answers = {route: client.get(filled(route, "riverside")).status_code for route in keyed}
    # 403: the rule refuses before looking for a row; 405: the address accepts only POST.
    assert {
        route: status for route, status in answers.items() if status not in {403, 404, 405}
    } == {}


def test_a_kept_address_changes_with_the_slug_and_the_secret(agency: Agency, settings: Any) -> None:
    first = at(agency, "groups:group", pk=1)
    assert at(agency, "groups:group", pk=1) == first != at(agency, "groups:group", pk=2)
    with pytest.raises(NoReverseMatch):
        at(agency, "groups:group", pk=True)
    old, agency.slug = agency.slug, "elsewhere"
    assert at(agency, "groups:group", pk=1) == first.replace(f"/{old}/", "/elsewhere/")
    agency.slug, settings.SECRET_KEY = old, "another" * 9
    assert at(agency, "groups:group", pk=1) != first
