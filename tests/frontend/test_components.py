"""Every shared component documents its use, can be drawn, and has only valid markup."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string

from cqi_portal.navigation import LinkGroup, ShownLink
from foundation.forms import PortalForm
from foundation.paging import Few
from foundation.presenting import PageLink
from foundation.refusals import Refusal
from foundation.renderer import Check
from foundation.writing import Contact, Outside
from tests.frontend.markup import read

ROOT = Path(__file__).resolve().parents[2]
OUTSIDE = Outside(
    contacts=(Contact("Ombuds", "Mae Whitlock", "555-0142", "12 Court Street"),),
    rule="Staff report at once.",
    hotline=Contact("Hotline", "State hotline", "555-0100"),
)
CELL = ShownLink("Calm and Safe", "/cells/1/")
NAVIGATION = [LinkGroup("Work", (ShownLink("Cells", "/cells/", current=True, own=(CELL,)),))]
COMPONENTS = ROOT / "templates" / "components"
SPRITE = (ROOT / "static" / "icons.svg").read_text()

EXAMPLES: dict[str, dict[str, Any]] = {
    "action_button": {"form": PortalForm(), "text": "Close it", "about": "Front door"},
    "back_link": {"href": "/cells/", "text": "Back to my cells"},
    "breadcrumbs": {"items": [{"text": "Cells", "href": "/cells/"}]},
    "button": {"text": "Save it", "name": "go", "value": "1"},
    "card": {"title": "Answer seven questions", "href": "/x/", "meta": "About 3 minutes"},
    "check_value": {"check": Check("pay-sure", "id_pay-sure", "900", "I checked it", checked=True)},
    "choice": {"kind": "radios", "name": "day", "value": "1", "id": "day-1", "words": "Monday"},
    "crisis_line": {},
    "danger": {"outside": OUTSIDE},
    "date": {"value": date(2026, 11, 30), "weekday": True},
    "details": {"summary": "Show the numbers", "text": "7 of 9"},
    "empty_state": {"heading": "No payments yet", "text": "They show here.", "icon": "wallet"},
    "error_summary": {"mistakes": [{"message": "Fill in “Name”", "target": "id_name"}]},
    "footer": {"help_url": "/help/"},
    "form": {"form": PortalForm(), "submit": "Send it", "cancel_url": "/"},
    "header": {"navigation": NAVIGATION, "desk": True},
    "icon": {"name": "lock"},
    "idle_dialog": {},
    "inset_text": {"text": "They never ask me.", "by": "someone in the dialogue"},
    "kept": {},
    "link_button": {"text": "Go on", "href": "/next/"},
    "link_list": {"links": [PageLink("Add a number", "/add/")]},
    "money": {"value": Decimal("1234.5")},
    "not_ready": {
        "refusal": Refusal("Something is missing.", "Mend it.", "/agreements/", "See what")
    },
    "navigation": {"navigation": NAVIGATION},
    "notification_banner": {"text": "Your answer is in.", "kind": "success"},
    "outside": {"subject": OUTSIDE},
    "pagination": {"page": Paginator(range(30), 10).page(2)},
    "panel": {"heading": "You are in", "text": "We meet on Tuesday."},
    "person": {"name": "Rosa", "role": "Co-chair", "you": True},
    "progress": {"value": 2, "total": 10, "text": "2 of 10 results so far"},
    "readings": {
        "field": {
            "readings": [("12.50", "$12.50"), ("1250.00", "$1,250.00")],
            "meant_name": "a-meant",
        }
    },
    "search": {"search": "Name"},
    "shown_of": {"few": Few(["a", "b"], 9), "href": "/all/"},
    "status": {"status": "met"},
    "summary_list": {"rows": [{"key": "Name", "value": "Front door", "href": "/edit/"}]},
    "table": {"caption": "Payments", "head": [{"text": "For"}], "rows": [[{"text": "Cell"}]]},
    "tag": {"text": "Planned", "tone": "quiet"},
    "task_list": {"items": [{"title": "Choose a name", "href": "/name/", "hint": "Any name."}]},
    "tick_all": {},
    "timeline": {"items": [{"title": "Said", "when": "March 3", "quote": "x", "now": True}]},
    "warning_text": {"text": "It can not be opened again."},
    "ways_on": {"links": [PageLink("See all of them", "/all/", "steps")]},
}


def test_every_component_has_an_example_here() -> None:
    assert {path.stem for path in COMPONENTS.glob("*.html")} == set(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_component_says_what_it_takes_and_is_drawn(name: str) -> None:
    source = (COMPONENTS / f"{name}.html").read_text()
    assert source.startswith("{# "), "its first line says what it is for and what it takes"
    html = render_to_string(f"components/{name}.html", EXAMPLES[name])
    root = read(html)
    assert root.children
    for element in root.all():
        assert "style" not in element.attributes
        assert not any(attribute.startswith("on") for attribute in element.attributes)


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("met", "On track"),
        ("at_risk", "Watch"),
        ("not_met", "Act"),
        ("no_data", "Not enough data"),
        ("something else", "Not enough data"),
    ],
)
def test_a_status_is_an_icon_and_a_word(code: str, word: str) -> None:
    html = render_to_string("components/status.html", {"status": code})
    root = read(html)
    assert any(element.tag == "svg" for element in root.all())
    assert word in html


def test_components_in_a_sentence_leave_no_gap_before_the_full_stop() -> None:
    source = (
        "{% load components %}{% money paid %}, {% day on %}, {% tag word %},"
        " {% person name you=True %}."
    )
    html = (
        engines["django"]
        .from_string(source)
        .render({"paid": Decimal(57), "on": date(2026, 11, 30), "word": "Paid", "name": "Rosa"})
    )
    text = re.sub(r"<[^>]+>", "", html)
    assert text == "$57.00, November 30, 2026, Paid, Rosa (you)."


@pytest.mark.parametrize(
    ("amount", "said"), [("1234.5", "$1,234.50"), ("-12.5", "−$12.50"), ("0", "$0.00")]
)
def test_an_amount_has_its_sign_before_the_currency(amount: str, said: str) -> None:
    for source in ("{{ amount|dollars }}", "{% money amount %}"):
        template = engines["django"].from_string("{% load components %}" + source)
        html = template.render({"amount": Decimal(amount)})
        assert re.sub(r"<[^>]+>", "", html).strip() == said


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    there = set(re.findall(r'<symbol id="([^"]+)"', SPRITE))
    named = set()
    for path in (ROOT / "templates").rglob("*.html"):
        named |= set(re.findall(r'{% icon "([^"]+)" %}', path.read_text()))
        named |= set(re.findall(r'\bicon="([^"]+)"', path.read_text()))
    assert named <= there


def test_words_from_a_caller_are_escaped() -> None:
    html = render_to_string("components/card.html", {"title": "<b>x</b>", "href": '"><script>'})
    assert "<b>" not in html
    assert "<script>" not in html


# A code whose letters are as wide as they like can be wider than a phone.
CODE = re.compile(r"<(\w+)([^>]*)>\s*\{\{ *(?:\w+\.)?code *\}\}")


def codes_elsewhere(text: str) -> list[str]:
    """The elements that show a code to copy in letters of different widths."""
    return [found[0] for found in CODE.finditer(text) if "app-code" not in found[2]]


def test_a_code_to_copy_is_set_in_letters_of_one_width() -> None:
    templates = [*(ROOT / "templates").rglob("*.html")]
    found = {str(each): codes_elsewhere(each.read_text()) for each in templates}
    assert {name: these for name, these in found.items() if these} == {}
    assert codes_elsewhere('<strong class="app-number">{{ letter.code }}</strong>')
