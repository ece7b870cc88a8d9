"""The log holds no code that grants access or stands for an anonymous person, and no data."""

import io
import json
import logging
from collections.abc import Iterator
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

from foundation.logs import JsonLines, only_allowed

CODE = "ABCD-EFGH-JKMN-PQRS"
LOGGING: dict[str, Any] = settings.LOGGING


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the product's handler writes about requests."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(import_string(LOGGING["filters"]["codes"]["()"])())
    logger = logging.getLogger("django")
    logger.addHandler(handler)
    yield written
    logger.removeHandler(handler)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        f"/o/accounts/invitation/{CODE}/",
        f"/o/satisfaction/survey/{CODE}/",
        f"/o/dialogues/voice/{CODE}/",
        f"/o/nowhere/{CODE}/",
    ],
)
def test_an_open_page_that_is_not_found_is_logged_without_its_code(
    path: str, log: io.StringIO
) -> None:
    assert Client().get(path).status_code in {404, 410}
    assert "/o/…" in log.getvalue()
    assert CODE not in log.getvalue()


@pytest.mark.django_db
def test_so_is_one_that_was_sent_from_elsewhere(log: io.StringIO) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(f"/o/satisfaction/survey/{CODE}/").status_code == 403
    assert "Forbidden" in log.getvalue()
    assert CODE not in log.getvalue()


def test_every_handler_leaves_codes_out() -> None:
    for handler in LOGGING["handlers"].values():
        assert "codes" in handler["filters"]


ADDRESS = "rosa@riverside.example"


@pytest.fixture
def lines() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """A logger, and what the product's formatter makes of its records."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("tests.lines")
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, written
    logger.removeHandler(handler)


type Logged = tuple[logging.Logger, io.StringIO]


def test_the_products_log_is_made_of_these_lines() -> None:
    from cqi_portal import settings as product

    logging_of_product: dict[str, Any] = product.LOGGING
    formatters = [each["()"] for each in logging_of_product["formatters"].values()]
    assert formatters == ["foundation.logs.JsonLines"]
    assert {each["formatter"] for each in logging_of_product["handlers"].values()} == {"line"}


def test_an_error_is_told_by_type_and_place_and_never_by_its_message(lines: Logged) -> None:
    logger, written = lines
    try:
        try:
            raise SMTPRecipientsRefused({ADDRESS: (550, b"unknown")})
        except SMTPRecipientsRefused as error:
            raise ValueError(f"Key (email)=({ADDRESS}) already exists.") from error
    except ValueError as error:
        # As Celery tells of a task that broke: the error's own words stand in the sentence.
        logger.exception("Task accounts.send raised unexpected: %r, %s", error, error)
    line = json.loads(written.getvalue())
    assert ADDRESS not in written.getvalue()
    assert line["event"].startswith("Task accounts.send raised unexpected: builtins.ValueError")
    assert line["error"]["type"] == "builtins.ValueError"
    assert "test_an_error_is_told_by_type" in line["error"]["at"][-1]
    assert [each["type"] for each in line["caused_by"]] == ["smtplib.SMTPRecipientsRefused"]
    assert "Traceback" not in written.getvalue()


def test_only_listed_keys_are_written(lines: Logged) -> None:
    logger, written = lines
    logger.warning("Not Found: %s", "/x", extra={"status_code": 404, "person": "Rosa"})
    line = json.loads(written.getvalue())
    assert set(line) == {"timestamp", "level", "logger", "event", "status_code"}
    assert line["status_code"] == 404
    assert "Rosa" not in written.getvalue()


def test_what_is_not_listed_is_dropped_wherever_it_comes_from() -> None:
    assert only_allowed(None, "", {"event": "x", "name": "Rosa", "caused_by": []}) == {"event": "x"}
