"""Signing in wears the portal's own pages and words."""

import pytest
from django.test import Client


@pytest.mark.parametrize(
    "path",
    [
        "/account/login/",
        "/account/login/code/",
        "/account/password/reset/",
        "/account/password/reset/done/",
        "/account/signup/",
        "/account/inactive/",
    ],
)
@pytest.mark.django_db
def test_an_open_account_page_has_one_heading_and_our_header(path: str) -> None:
    response = Client().get(path)
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<h1") == 1
    assert "app-header__product" in page
    assert "988" in page
