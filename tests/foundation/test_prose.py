"""Texts that people write, as HTML."""

import pytest

from foundation.prose import open_blanks, prose


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\nTwo.\n\nThree.", ["<p>One.<br>Two.</p>", "<p>Three.</p>"]),
        ("## First\n\nWords\n### Second", ["<h2>First</h2>", "<p>Words</p>", "<h3>Second</h3>"]),
        ("# Sheet\n## Part", ["<h2>Sheet</h2>", "<h3>Part</h3>"]),
        ("Do this:\n- one\n* two", ["<p>Do this:</p>", "<ul><li>one</li><li>two</li></ul>"]),
        ("1. one\n2) two", ["<ol><li>one</li><li>two</li></ol>"]),
        ("3. three", ['<ol start="3"><li>three</li></ol>']),
        ("**You** are", ["<p><strong>You</strong> are</p>"]),
        ("2 ** 3 ** 4, #1, -5", ["<p>2 ** 3 ** 4, #1, -5</p>"]),
        ("Call [[Who?]].", ["<p>Call <mark>Who?</mark>.</p>"]),
        ("<b>a</b> & **<i>**", ["<p>&lt;b&gt;a&lt;/b&gt; &amp; <strong>&lt;i&gt;</strong></p>"]),
        ("", [""]),
    ],
)
def test_a_text_becomes_html(text: str, html: list[str]) -> None:
    import re

    assert re.sub(r' class="[^"]*"', "", prose(text)).split("\n") == html


def test_headings_begin_below_those_of_the_page() -> None:
    assert "<h3" in prose("## One", 3)
    assert "<h4" in prose("# One\n## Two", 3)


def test_nothing_that_a_person_writes_becomes_markup_of_its_own() -> None:
    shown = prose('[[<script>alert("1")</script>]]\n- **"><img src=x onerror=y>**')
    assert "<script" not in shown
    assert "<img" not in shown


def test_open_blanks_are_told_once_in_their_order() -> None:
    assert open_blanks("[[B]] and [[ A ]], again [[B]]", "[[C]] [D] [[]]") == ["B", "A", "C"]
