"""Wherever people write freely, the page says whom to call and what the law requires."""

import ast
import re
from pathlib import Path

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from dialogues.dialogue.models import VoiceDoor
from foundation import tenancy
from foundation.forms import PlainForm, PortalForm
from foundation.models import Agency
from foundation.widgets import Textarea
from tests.browser.crawl import crawled
from tests.sources import nodes

pytestmark = pytest.mark.xdist_group("demo")
ROOT = Path(__file__).resolve().parents[2]
NOTICE = "app-danger"
# Consumers and people who work with them; without a role, one sees what anybody sees.
WHO = ("rosa", "june", "mei", "femi")
# Texts about no person, written only by people who run something.
ABOUT_NOBODY = {
    "TakeOutForm.cards",
    "ContactForm.address",
    "ReportingForm.rule",
    "PlanForm.text",
    "EmploymentForm.words",
    "SpecialCaseForm.words",
    # The page says what of a list is kept.
    "PeopleListForm.pasted",
    # Numbers of checks, by name.
    "PayForm.pasted",
    "DraftForm.text",
    "DraftForm.text_equivalent",
    # Roles and groups of a process, not persons.
    *(
        f"ProcessStepForm.{name}"
        for name in ("who_decides", "consumers", "feedback", "appeal", "measure")
    ),
    "ValuesField.widget",
    "LocalIndicatorForm.definition",
    "MeasureForm.inclusion",
    "MeasureForm.exclusion",
}


def without_notice(html: str) -> bool:
    return "<textarea" in html and NOTICE not in html


@pytest.mark.parametrize("person", WHO)
def test_every_box_that_somebody_is_led_to_has_the_notice(person: str, demo: Agency) -> None:
    about_nobody = {"/payments/plan", "/documents/", "/measures/"}
    bare = [
        found.url
        for found in crawled(person).found
        if without_notice(found.html) and not any(each in found.url for each in about_nobody)
    ]
    assert bare == []


def test_the_open_page_for_voices_has_it(demo: Agency) -> None:
    with tenancy.entering(demo):
        door = VoiceDoor.objects.within(demo).filter(closed_on=None).order_by("pk").first()
    assert door is not None
    html = Client().get(reverse("dialogues_open:voice", args=[door.code])).content.decode()
    assert "<textarea" in html
    assert not without_notice(html)


class Planted(PlainForm):
    words = forms.CharField(widget=Textarea())
    more = forms.CharField(widget=Textarea())


class Definition(PlainForm):
    words = forms.CharField(widget=Textarea(free=False))


class Asked(PortalForm):
    words = forms.CharField(widget=forms.Textarea())


def test_a_form_has_it_once_however_it_is_drawn_and_of_whatever_box() -> None:
    assert Planted().render().count(NOTICE) == 1
    assert Planted()["words"].as_field_group().count(NOTICE) == 1
    assert NOTICE in Asked().render()
    assert NOTICE not in Definition().render()
    assert without_notice("<form><textarea></textarea></form>")


def exceptions(source: str) -> set[str]:
    """`Class.field` of each box in a module without the notice."""
    found = set()
    for each in nodes(source):
        if not isinstance(each, ast.ClassDef):
            continue
        for line in each.body:
            if not isinstance(line, ast.Assign | ast.AnnAssign) or line.value is None:
                continue
            if any(
                isinstance(part, ast.keyword) and part.arg == "free"
                for part in ast.walk(line.value)
            ):
                target = line.targets[0] if isinstance(line, ast.Assign) else line.target
                found.add(f"{each.name}.{getattr(target, 'id', '')}")
    return found


def test_only_texts_about_nobody_go_without_it() -> None:
    apps = [path.parent for path in ROOT.glob("*/apps.py")]
    modules = [path for app in apps for path in app.rglob("*.py")]
    assert set().union(*(exceptions(path.read_text()) for path in modules)) == ABOUT_NOBODY
    planted = "class F:\n    words = CharField(widget=Textarea(free=False))\n"
    assert exceptions(planted) == {"F.words"}


ONLY = re.compile(r"\b[Oo]nly\b(?! read| if)[^.]*\b(?:reads?|sees?|seen|know that)\b[^.]*\.?")
# About numbers and drafts, not about a person's words or standing.
NOT_OF_A_PERSON = {"templates/indicators/dashboard.html", "templates/indicators/print.html"}
NOT_OF_A_PERSON |= {"templates/documents/version.html"}


def promises(text: str) -> list[str]:
    """Sentences that promise who reads something, and leave out the courts."""
    # Sentences in code are broken into lines.
    broken = re.findall(r"(?:translate|_\()\s*(\"[^\"]+\"(?:\s+\"[^\"]+\")*)", text)
    said = [re.sub(r"\"\s+\"", "", each) for each in broken]
    said += re.findall(r"blocktranslate[^%]*%\}(.*?)\{% endblocktranslate", text, re.DOTALL)
    found = [match[0] for each in said for match in ONLY.finditer(each)]
    return [each for each in found if "court or law" not in each and "Others see only" not in each]


def test_who_promises_that_only_some_read_it_says_unless_a_court_or_law_requires_it() -> None:
    apps = [path.parent for path in ROOT.glob("*/apps.py")]
    files = [*(ROOT / "templates").rglob("*.html")]
    # A refusal's words are no promise: its readers may not read the text.
    files += [path for app in apps for path in app.rglob("*forms*.py")]
    files += [path for app in apps for path in app.rglob("forms/*.py")]
    # The words of a page that asks one thing are in its view.
    files += [path for app in apps for path in app.rglob("*views*.py")]
    files += [path for app in apps for path in app.rglob("views/*.py")]
    bare = {
        name: found
        for path in files
        if (name := str(path.relative_to(ROOT))) not in NOT_OF_A_PERSON
        if (found := promises(path.read_text()))
    }
    assert bare == {}
    assert promises('{% translate "Only staff can see it." %}')
    assert promises('help_text=_("Only the ones you choose read it.")')
    assert promises('text=[_(\n"You choose. " "Only staff "\n"read it.")]')
    assert not promises('text=[_(\n"Only staff read it, unless a court or "\n"law requires it.")]')
    assert not promises('{% translate "Only staff see it, unless a court or law requires it." %}')
