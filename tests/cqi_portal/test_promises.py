"""Each promise is held by tests, and the page says by which."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from cqi_portal.promises import AREAS, HELD, PROMISES, sentence
from devtools import promises


def test_each_promise_has_tests_and_each_mark_a_promise() -> None:
    held = promises.held()
    codes = [promise.code for promise in PROMISES]
    assert len(set(codes)) == len(codes)
    assert {*held} == {*codes}
    assert all(len(tests) > 1 for tests in held.values())


def test_the_page_reads_what_the_command_writes() -> None:
    """Otherwise run `manage.py promises` (with DJANGO_SETTINGS_MODULE=devtools.settings)."""
    assert HELD.read_text("utf-8") == promises.written()


def test_a_test_that_lost_its_mark_holds_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    file = folder / "test_it.py"
    file.write_text('@pytest.mark.promise("mail")\ndef test_it_holds() -> None: ...\n')
    assert promises.held(folder) == {"mail": ["tests/test_it.py::test_it_holds"]}
    file.write_text("def test_it_holds() -> None: ...\n")
    assert promises.held(folder) == {}


@pytest.mark.django_db
def test_anybody_reads_each_promise_with_what_it_does_not_cover() -> None:
    page = Client().get(reverse("promises")).content.decode()
    assert reverse("promises") in Client().get(reverse("privacy")).content.decode()
    for area in AREAS:
        assert str(area.title) in page
    for promise in PROMISES:
        assert f'id="{promise.code}"' in page
        for words in (promise.title, promise.text, promise.limits):
            assert str(words) in page
    for test in promises.held()["books"]:
        assert sentence(test) in page


def test_a_name_becomes_a_sentence() -> None:
    assert sentence("a/test_b.py::test_somebody_s_pay_stays") == "Somebody’s pay stays."
