"""One template draws every page that asks one thing; one tag draws every link button."""

import re
from pathlib import Path

from tests.foundation.test_source import ROOT

TEMPLATES = ROOT / "templates"

# They only appear to ask one thing, and stay.
STAY = {
    # allauth renders them by name, and adds hidden fields of its own.
    "account/password_change.html",
    "account/password_reset.html",
    "account/password_set.html",
    "account/request_login_code.html",
    "mfa/recovery_codes/generate.html",
    "mfa/totp/deactivate_form.html",
    "mfa/webauthn/edit_form.html",
    # Its form is sent to another address than its own.
    "accounts/lists/columns.html",
    # Two pages in one: they ask, or say why there is nothing to ask.
    "compensation/choosing/donate.html",
    "groups/arrange.html",
    # Between two sentences it says what was learned before.
    "cells/plans/plan_cycle.html",
    # Its question depends on the kind of the measure.
    "measures/numbers/correct.html",
    # The next action of one call, or that it is over.
    "safety/call.html",
}

CONTENT = re.compile(r"\{% block content %\}(.*)\{% endblock content %\}", re.DOTALL)
FORM = re.compile(r'\{% include "components/(?:form|action_button)\.html"')
# The parts of such a page besides its form.
PARTS = [
    re.compile(each, re.DOTALL)
    for each in (
        r"\{#.*?#\}",
        r"<h1[^>]*>.*?</h1>",
        r'<span class="govuk-caption-l">.*?</span>',
        r'<p class="govuk-(?:body|body-l|inset-text)">(?:(?!<a ).)*?</p>',
        r'<div class="(?:app-paper|govuk-inset-text|govuk-body)">(?:(?!<a ).)*?</div>',
        r'\{% include "components/(?:form|action_button|warning_text|inset_text)\.html".*?%\}',
        r"\{% blocktranslate[^%]* asvar .*?\{% endblocktranslate %\}",
        r"\{% (?:translate|at|url) [^%]* as \w+ %\}",
        r"\{% (?:if|elif|else|endif|for|endfor|with|endwith)\b[^%]*%\}",
    )
]


def only_asks(source: str) -> bool:
    """Whether a page has only a title, sentences, their subject, and a form.

    One of two forms with the same fields counts, too.
    """
    content = CONTENT.search(source)
    if content is None or not FORM.search(content[1]):
        return False
    rest = content[1]
    for part in PARTS:
        rest = part.sub("", rest)
    return not rest.strip()


def asking(folder: Path) -> set[str]:
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*.html")
        if only_asks(path.read_text())
    }


def test_what_asks_one_thing_has_no_template_of_its_own() -> None:
    """Its view calls `foundation.asking`; what is removed from the list stays off it."""
    assert asking(TEMPLATES) == STAY


def test_a_template_that_only_asks_one_thing_is_found(tmp_path: Path) -> None:
    asks = (
        '{% block content %}<h1 class="govuk-heading-l">{% translate "End it" %}</h1>'
        '{% if plan %}<p class="govuk-body-l">{{ plan.title }}</p>{% endif %}'
        '<div class="app-paper">{{ plan.text|linebreaks }}</div>'
        '<p class="govuk-body">{% blocktranslate %}It ends.{% endblocktranslate %}</p>%s'
        '{% translate "End it" as submit %}'
        '{% include "components/form.html" with form=form submit=submit only %}'
        "{% endblock content %}"
    )
    (tmp_path / "planted.html").write_text(asks.replace("%s", ""))
    more = '<p class="govuk-body"><a href="/more/">{% translate "More" %}</a></p>'
    (tmp_path / "more.html").write_text(asks.replace("%s", more))
    (tmp_path / "shows.html").write_text("{% block content %}<h1>x</h1>{% endblock content %}")
    assert asking(tmp_path) == {"planted.html"}


BY_HAND = re.compile(
    r'<a\b[^>]*\bclass="[^"]*\bgovuk-button(?!-)[^>]*>|include "components/link_button\.html"'
)


def link_buttons_by_hand(folder: Path) -> set[str]:
    """Where one is written by hand, or its partial included without the tag."""
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*.html")
        if BY_HAND.search(path.read_text())
    } - {"components/link_button.html"}


def test_a_link_button_is_drawn_by_its_tag() -> None:
    assert link_buttons_by_hand(TEMPLATES) == set()


def test_a_link_button_written_by_hand_is_found(tmp_path: Path) -> None:
    for name, source in {
        "written": '<a href="/x/" class="app-wide govuk-button govuk-button--secondary">x</a>',
        "included": '{% include "components/link_button.html" with href=href text=text only %}',
        "tag": "{% load components %}{% link_button href text %}",
        "group": '<div class="govuk-button-group"><a class="govuk-link" href="/x/">x</a></div>',
        "button": '<button type="submit" class="govuk-button">x</button>',
    }.items():
        (tmp_path / f"{name}.html").write_text(source)
    assert link_buttons_by_hand(tmp_path) == {"written.html", "included.html"}
