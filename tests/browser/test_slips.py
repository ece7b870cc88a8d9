"""Traces of assembled sentences are found; what people write is not."""

import pytest

from tests.browser.slips import slips_in


@pytest.mark.parametrize(
    "planted",
    [
        "Worked out May 4, 2026, 5:41 a.m..",
        "From <strong>Rosa</strong> , Sam and Mei.",
        "It has %(n)s lines.",
        "Hello, {{ name }}",
        "Paid by None.",
        "Due <time>False</time>",
        "At 2026-05-04 10:30:00",
        "<p>By &lt;bound method Member.name&gt;</p>",
    ],
)
def test_a_slip_is_found(planted: str) -> None:
    assert list(slips_in(f"<main><p>{planted}</p></main>"))


@pytest.mark.parametrize(
    "words",
    [
        "Worked out at 5:41 a.m. on May 4, 2026.",
        "And so on ... or not…",
        "None of them came.",
        "<svg><title>None</title></svg> Rosa, Sam",
        "10:30 a.m., room 3",
    ],
)
def test_a_sentence_is_none(words: str) -> None:
    assert not list(slips_in(f"<main><p>{words}</p></main>"))
