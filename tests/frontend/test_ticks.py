"""Ticks are visible and kept: boxes and radios come from one place, beside their words."""

import re
from pathlib import Path
from typing import Any

from django import forms
from django.template import engines
from django.test import RequestFactory

from foundation.forms import PortalForm
from foundation.widgets import CheckboxSelectMultiple
from tests.frontend.markup import read

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
# The one place, for whole forms and for single boxes in a list.
DRAWN_BY = ("django/forms/", "components/choice.html")
BY_HAND = re.compile(r"type=.?(?:checkbox|radio)\b|govuk-(?:checkboxes|radios)__(?:input|label)")


class LinesForm(PortalForm):
    lines = forms.MultipleChoiceField(
        label="Lines",
        choices=[(each, f"Line {each}") for each in "123"],
        widget=CheckboxSelectMultiple(),
    )
    words = forms.CharField(label="Why?")


def drawn_by_hand(folder: Path) -> list[str]:
    return [
        name
        for path in sorted(folder.rglob("*.html"))
        if not (name := path.relative_to(folder).as_posix()).startswith(DRAWN_BY)
        and BY_HAND.search(path.read_text())
    ]


def test_no_template_draws_a_box_or_a_radio_by_hand(tmp_path: Path) -> None:
    assert drawn_by_hand(TEMPLATES) == []
    (tmp_path / "planted.html").write_text('<input type="checkbox" name="claims">')
    (tmp_path / "harmless.html").write_text("{% tick form.claims claim.pk %}x{% endtick %}")
    assert drawn_by_hand(tmp_path) == ["planted.html"]


def ticked(form: LinesForm) -> list[str]:
    """Which lines are ticked, in a list as well as in a whole form."""
    source = (
        "{% load components %}{% for n in numbers %}{% tick form.lines n %}<b>{{ n }}</b>"
        "{% endtick %}{% endfor %}"
    )
    context: dict[str, Any] = {"form": form, "numbers": (1, 2, 3)}
    one, whole = engines["django"].from_string(source).render(context), str(form["lines"])
    found = [
        [
            each.attributes["value"]
            for each in read(html).all()
            if each.tag == "input" and "checked" in each.attributes
        ]
        for html in (one, whole)
    ]
    assert found[0] == found[1]
    return found[0]


def test_a_list_begins_as_its_form_says_and_stays_as_it_was_sent() -> None:
    assert ticked(LinesForm()) == []
    assert ticked(LinesForm(initial={"lines": [1, 3]})) == ["1", "3"]
    sent = LinesForm.from_request(
        RequestFactory().post("/", {"lines": ["2"]}), initial={"lines": [1, 3]}
    )
    assert not sent.is_valid()
    assert ticked(sent) == ["2"]
    none = LinesForm.from_request(RequestFactory().post("/", {}), initial={"lines": [1, 3]})
    assert ticked(none) == []


def test_nothing_comes_between_a_box_and_its_words() -> None:
    html = (
        engines["django"]
        .from_string("{% load components %}{% tick form.lines 1 %}<b>One</b>{% endtick %}")
        .render({"form": LinesForm()})
    )
    box, label = (each for each in read(html).children if not isinstance(each, str))
    assert (box.tag, label.tag) == ("input", "label")
    assert box.attributes["id"] == label.attributes["for"]
    assert "<b>One</b>" in html
