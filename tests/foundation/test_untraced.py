"""Open pages leave no trace; counts against floods are in no database."""

import logging
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation import codes, flood
from foundation.untraced import untraced


@pytest.fixture
def request_of_somebody(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/o/")
    request.session = SessionStore()
    return request


@pytest.mark.promise("unnamed")
def test_an_untraced_page_writes_no_session_and_is_not_kept(
    request_of_somebody: HttpRequest,
) -> None:
    @untraced
    def page(request: HttpRequest) -> HttpResponse:
        request.session["seen"] = str(timezone.now() - timedelta(days=1))
        return HttpResponse("ok")

    response = page(request_of_somebody)
    assert not request_of_somebody.session.modified
    assert "no-store" in response["Cache-Control"]
    assert page.login_required is False  # type: ignore[attr-defined]


@pytest.mark.promise("unnamed")
def test_a_form_with_errors_on_an_open_page_is_not_logged(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    assert Client().post("/o/satisfaction/survey/", {"code": "x"}).status_code == 422
    assert not [record for record in caplog.records if "/o/" in record.getMessage()]


def test_floods_are_counted_by_place_and_kind_without_a_query(db: None, rf: RequestFactory) -> None:
    flood.forget()
    here, there = rf.get("/", REMOTE_ADDR="10.0.0.1"), rf.get("/", REMOTE_ADDR="10.0.0.2")
    with CaptureQueriesContext(connection) as queries:
        assert [flood.too_many(here, "a", limit=2) for _ in range(3)] == [False, False, True]
        assert not flood.too_many(here, "b", limit=2)
        assert not flood.too_many(there, "a", limit=2)
    assert len(queries) == 0
    kept = "".join(str(key) for key in vars(flood._counts)["_cache"])
    assert "10.0.0" not in kept
    flood.forget()


def test_codes_are_read_as_people_type_them() -> None:
    code = codes.random_code(12)
    assert codes.typed(f" {codes.shown(code).lower()} ") == code
    assert codes.from_bytes(b"some digest", 12) == codes.from_bytes(b"some digest", 12)
    assert len({codes.random_code(12) for _ in range(1000)}) == 1000
