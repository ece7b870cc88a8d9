"""The log holds no code that grants access or stands for an anonymous person."""

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

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
