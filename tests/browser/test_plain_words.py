"""What consumers read in the demo: at grade 6 or below, and without certain words."""

import re

import pytest
import textstat

from foundation.models import Agency
from tests.accounts.test_plain_words import GRADE, NEVER, sentences
from tests.browser.crawl import crawled

pytestmark = pytest.mark.xdist_group("demo")
# A grade is meaningless over fewer words.
ENOUGH = 30


def not_plain(html: str) -> list[str]:
    text = sentences(html)
    grade = textstat.flesch_kincaid_grade(text) if len(text.split()) >= ENOUGH else 0
    found = [word for word in NEVER if re.search(rf"\b{word}s?\b", text.lower())]
    return [*found, *([f"grade {grade:.1f}: {text[:600]}"] if grade > GRADE else [])]


@pytest.mark.parametrize("person", ["rosa", "walter", "mei"])
def test_a_consumer_s_pages_are_plain(person: str, demo: Agency) -> None:
    problems = [
        f"{found.url}: {each}" for found in crawled(person).found for each in not_plain(found.html)
    ]
    assert not problems, "\n".join(problems)
