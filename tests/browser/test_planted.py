"""Each check of the crawl finds its fault when one is planted."""

import json
from collections.abc import Callable
from io import BytesIO
from itertools import takewhile
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from openpyxl import Workbook
from playwright.sync_api import Page
from reportlab.pdfgen.canvas import Canvas

from devtools.browser import Watch
from devtools.demo.database import KEYS_FROM, SMALL_KEYS_FROM
from devtools.parts import LookedAt, parts_of
from foundation.models import Agency
from tests.browser.covering import Candidate, covering
from tests.browser.crawl import HOME, Crawl, Found, crawled, pages, signed_in
from tests.browser.forms import forms
from tests.browser.looks import wrong
from tests.browser.mistakes import lost, untold
from tests.browser.offered import hollow, numbering, refused, refusing
from tests.browser.running import in_body
from tests.browser.shelf import Answer, Shelf

pytestmark = pytest.mark.xdist_group("demo")
Near = Callable[[str, str], Crawl]
OnHome = Callable[[str, str], Found]
TICKS = f"{HOME}compensation/to-pay/"
# The page as it was when a mark was drawn only if the label directly follows the box.
ONLY_AT_ONCE = """() => {
  for (const sheet of document.styleSheets) {
    for (let place = sheet.cssRules.length - 1; place >= 0; place--) {
      const drawn = /^\\.govuk-(radios|checkboxes)__input:\\w+ ~/;
      if (drawn.test(sheet.cssRules[place].selectorText || "")) sheet.deleteRule(place);
    }
  }
}"""
HIDDEN_BETWEEN = """() => {
  for (const box of document.querySelectorAll("main input[type=checkbox]")) {
    const between = document.createElement("input");
    between.type = "hidden";
    box.after(between);
  }
}"""


def rule(text: str) -> str:
    """A script that appends the rule to the page's style sheet."""
    return f"""() => {{
      const sheet = document.styleSheets[0];
      sheet.insertRule({json.dumps(text)}, sheet.cssRules.length);
    }}"""


IMAGE = "() => document.querySelector('h1').append(new Image())"
IMAGE_ON_A_DESK = f"""() => {{
  ({IMAGE})();
  ({rule("@media (max-width: 900px) {h1 img {display: none}}")})();
}}"""


@pytest.fixture
def ticks(demo: Agency, shelf: Shelf, on_shelf: Page) -> Page:
    """A page with a list of checkboxes and no faults."""
    answer = next(each.answer for each in crawled("paula").found if each.url == TICKS)
    on_shelf.goto(shelf.put(TICKS, answer))
    assert on_shelf.locator("main input[type=checkbox]").count() > 1
    return on_shelf


def test_a_hidden_field_between_a_box_and_its_words_hides_no_state(
    ticks: Page, watch: Watch
) -> None:
    assert wrong(ticks, watch) == []
    ticks.evaluate(HIDDEN_BETWEEN)
    assert wrong(ticks, watch) == []
    ticks.evaluate(ONLY_AT_ONCE)
    found = wrong(ticks, watch)
    for state in ("ticked", "focused", "disabled"):
        for width in (320, 1280):
            start = f"at {width} px unseen: looks the same {state} and not: <input"
            assert [each for each in found if each.startswith(start)], (start, found)


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        (
            rule(
                ".govuk-checkboxes__input:focus ~ .govuk-checkboxes__label::before"
                "{box-shadow: none !important; border-width: 2px !important}"
            ),
            "unseen: looks the same focused and not: <input",
        ),
        (
            rule("a:focus {background: none !important; box-shadow: none !important}"),
            "unseen: looks the same focused and not: <a",
        ),
        (
            rule("main button:disabled {background: #1f5a7a !important; opacity: 1 !important}"),
            "unseen: looks the same disabled and not: <button",
        ),
        (
            rule(
                ".govuk-checkboxes__label::after"
                "{border-color: transparent !important; background: none !important}"
            ),
            "unseen: looks the same ticked and not: <input",
        ),
        ("() => { document.querySelector('h1').style.width = '1500px'; }", "px wider"),
        (rule("body, body * {overflow-wrap: normal !important}"), "px wider with long words"),
        (rule("h1 {width: 20px}"), "broken in two: "),
        (rule("@media print {body {overflow-wrap: normal !important}}"), "on paper "),
        (rule("main .govuk-button {min-height: 0; height: 20px; padding: 0}"), "too small"),
        (IMAGE, "at 320 px image-alt"),
        (IMAGE_ON_A_DESK, "at 1280 px image-alt"),
        (
            "() => { document.querySelector('h1').innerHTML = '<b style=\"top: 0\">Pay</b>'; }",
            "policy: style-src-attr refused inline",
        ),
    ],
)
def test_what_is_wrong_with_a_page_is_found(
    planted: str, said: str, ticks: Page, watch: Watch
) -> None:
    ticks.evaluate(planted)
    assert [each for each in wrong(ticks, watch) if said in each]


def candidate(html: str) -> Candidate:
    return Candidate("/", "", Answer(html, ""), parts_of(html))


def test_a_page_is_looked_at_as_long_as_a_part_of_it_was_not() -> None:
    looked_at = LookedAt()
    small = candidate("<main><p>One</p></main>")
    large = candidate("<main><p>Two</p><label>Three</label></main>")
    assert [*covering([small, large], looked_at)] == [large]
    others = [
        candidate(f"<main><p>Two</p>{part}</main>")
        for part in (
            '<p class="x">Two</p>',
            "<p hidden>Two</p>",
            '<p aria-describedby="x">Two</p>',
            '<input type="checkbox"><label>Two</label>',
            '<input type="checkbox" id="x"><label for="x">Two</label>',
            "<div><p>Two</p></div>",
        )
    ]
    assert {*covering(others, looked_at)} == {*others}
    assert [*covering([small, large, *others], looked_at)] == []


class Planting(Client):
    """The portal with something planted at the end of the home page."""

    def __init__(self, planted: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.planted = planted

    def request(self, **request: Any) -> Any:
        answer = super().request(**request)
        if request["PATH_INFO"] == HOME:
            answer.content = answer.content.replace(b"</main>", f"{self.planted}</main>".encode())
        return answer


def planting(person: str, planted: str) -> Planting:
    """This person signed in, and something planted on their home page."""
    client = Planting(planted)
    client.cookies = signed_in(person).cookies
    return client


@pytest.fixture
def on_home(demo: Agency) -> OnHome:
    """Somebody's home page, with something planted."""
    return lambda person, planted: next(pages(planting(person, planted), HOME, demo.today()))


@pytest.fixture
def near(demo: Agency) -> Near:
    """The same, and what it directly leads to."""

    def near(person: str, planted: str) -> Crawl:
        client = planting(person, planted)
        found = takewhile(
            lambda each: each.passing or each.offered_on in ("", HOME),
            pages(client, HOME, demo.today()),
        )
        return Crawl(client, tuple(found))

    return near


def test_a_link_that_is_refused_or_leads_nowhere_is_found(near: Near) -> None:
    harmless, closed, nothing = f"{HOME}help/", f"{HOME}settings/", f"{HOME}cells/{uuid4()}/"
    planted = "".join(f'<a href="{url}">Go</a>' for url in (harmless, closed, nothing))
    assert [*refused(near("rosa", planted).found)] == [
        f"{closed} is offered on {HOME} and answers 403",
        f"{nothing} is offered on {HOME} and answers 404",
    ]


def test_a_form_that_refuses_who_filled_it_in_is_found(near: Near) -> None:
    action = f"{HOME}groups/add/"
    planted = (
        f'<form method="post" action="{action}"><input name="name"><button>Add</button></form>'
    )
    assert [*refusing(near("rosa", planted).found)] == [
        f"{action} is offered on {HOME} and answers 403 when it is sent"
    ]


@pytest.mark.parametrize(
    "planted",
    [
        '<a href="/a/riverside/groups/{key}/">Go</a>',
        '<a href="{home}help/?after={key}">Go</a>',
        '<form method="post" action="{home}x/{key}/"></form>',
        '<input type="hidden" name="shown" value="{key}">',
        '<input type="checkbox" name="here_{key}">',
        '<input type="radio" name="who" value="{key}">',
        '<select name="who"><option value="{key}">Rosa</option></select>',
        '<label for="who-{key}">Rosa</label>',
        '<p aria-describedby="hint-{key}">Words</p>',
        '<p id="voice-{key}">Words</p>',
        '<div data-keeper="{key}"></div>',
    ],
)
@pytest.mark.parametrize("start", [KEYS_FROM, SMALL_KEYS_FROM])
def test_a_running_key_is_found_wherever_it_stands(
    planted: str, start: int, on_home: OnHome
) -> None:
    found = on_home("rosa", planted.format(home=HOME, key=start + 41))
    assert f"{HOME} carries a running key" in " ".join(numbering([found]))
    assert [*numbering([on_home("rosa", planted.format(home=HOME, key=41))])] == []


def workbook(words: str) -> bytes:
    """A file with these words in a cell."""
    book, file = Workbook(), BytesIO()
    book.create_sheet("Rows").append(["Which", words])
    book.save(file)
    return file.getvalue()


def paper(words: str) -> bytes:
    """A file with these words on a page."""
    file = BytesIO()
    canvas = Canvas(file)
    canvas.drawString(72, 720, words)
    canvas.save()
    return file.getvalue()


@pytest.mark.parametrize("made", [workbook, paper])
def test_a_running_key_is_found_in_what_is_packed(made: Callable[[str], bytes]) -> None:
    assert [each for each in in_body(made(f"number {KEYS_FROM + 41}")) if "number" in each]
    assert in_body(made("number 41")) == ()


def test_a_heading_under_which_nothing_stands_is_found() -> None:
    said = "<main><h1>All</h1><h2>One</h2><p>Words</p><h2>Two</h2><input></main>"
    assert [*hollow(said)] == []
    assert [*hollow(said.replace("<p>Words</p>", "<p></p>"))] == ["One"]
    assert [*hollow(said.replace("<input>", "<ul></ul>"))] == ["Two"]


BOXES = """<form method="post" action="{home}x/"><input type="hidden" name="submission">
  <input type="checkbox" name="lines" value="1"{one}><input type="checkbox" name="lines" value="2">
  <input type="radio" name="how" value="check"{check}><textarea name="why">{why}</textarea>
</form>"""


def test_a_tick_or_a_word_that_a_mistake_has_cost_is_found() -> None:
    (form,) = forms(HOME, BOXES.format(home=HOME, one="", check="", why=""))
    sent = {"lines": ["1"], "how": ["check"], "why": "Because"}
    kept = BOXES.format(home=HOME, one=" checked", check=" checked", why="\nBecause")
    assert [*lost(form, sent, kept)] == []
    assert len([*lost(form, sent, BOXES.format(home=HOME, one="", check="", why=""))]) == 3
    assert [*lost(form, sent, "<p>Something went wrong.</p>")] == ["the form is gone"]


def test_a_mistake_that_is_not_told_is_found() -> None:
    told = (
        "<html><title>Error: Pay</title><body><div class='govuk-error-summary'>"
        "<a href='#id_why'>Say why</a></div>{field}</body></html>"
    )
    assert [*untold(told.format(field="<input id='id_why'>"))] == []
    assert [*untold(told.format(field=""))] == ["an error leads nowhere: #id_why"]
    twice = told.replace("</a>", "</a><a href='#id_why'>Say why</a>")
    said = "two errors can't be told apart: Say why"
    assert [*untold(twice.format(field="<input id='id_why'>"))] == [said]
    assert len([*untold("<html><title>Pay</title><body><p>x</p></body></html>")]) == 2
