"""Forms keep bad input out, say in plain words how to fix it, and never lose input."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from foundation import widgets
from foundation.fields import MoneyField, WholeField
from foundation.forms import EditForm, PlainForm, PortalForm
from foundation.models import Agency
from tests.frontend.markup import Element, read


class IdeaForm(PortalForm):
    title = forms.CharField(label="Name it at 100%")
    story = forms.CharField(
        label="What happens now?",
        help_text="Say it as you would to a friend.",
        widget=widgets.Textarea(warn_private=True, count=True),
        max_length=200,
    )
    kind = forms.ChoiceField(
        label="What is it?",
        choices=[("problem", "Something to make better"), ("strength", "Something to build on")],
        widget=widgets.RadioSelect(hints={"strength": "What works well."}),
    )
    due = forms.DateField(label="By when?")
    people = WholeField(label="How many people?")
    rate = MoneyField(label="Dollars an hour")
    paper = forms.FileField(label="A file", required=False)
    agreed = forms.BooleanField(label="I agree")


def answers(**changed: Any) -> dict[str, Any]:
    given = {
        "submission": str(uuid.uuid4()),
        "title": "Shorter waits",
        "story": "People wait for weeks.",
        "kind": "problem",
        "due": "2026-11-30",
        "people": "1,200",
        "rate": "$1,057.50",
        "agreed": "on",
    }
    return {**given, **changed}


def elements(html: str, name: str) -> list[Element]:
    return [each for each in read(html).all() if each.attributes.get("name") == name]


def test_answers_are_parsed_as_people_write_them() -> None:
    form = IdeaForm(answers())
    assert form.is_valid(), form.errors
    assert form.answers == {
        "title": "Shorter waits",
        "story": "People wait for weeks.",
        "kind": "problem",
        "due": date(2026, 11, 30),
        "people": 1200,
        "rate": Decimal("1057.50"),
        "paper": None,
        "agreed": True,
    }


@pytest.mark.parametrize("written", ["11/30/2026", "2026-11-30", "Nov 30, 2026"])
def test_a_date_is_understood_where_there_is_no_picker(written: str) -> None:
    form = IdeaForm(answers(due=written))
    assert form.is_valid(), form.errors
    assert form.answers["due"] == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("title", "", "Fill in “Name it at 100%”"),
        (
            "title",
            "x" * 501,
            "“Name it at 100%” can have at most 500 characters. You wrote 501.",
        ),
        (
            "title",
            "a\0b",
            "“Name it at 100%” holds a character that cannot be kept. Please write it again.",
        ),
        (
            "story",
            "x" * 201,
            "“What happens now?” can have at most 200 characters. You wrote 201.",
        ),
        ("kind", "", "Choose an answer for “What is it?”"),
        ("kind", "other", "Choose from the answers that are listed for “What is it?”"),
        ("due", "", "Choose a date for “By when?”"),
        ("due", "soon", "Use a real date for “By when?”, like 11/30/2026."),
        ("due", "2026-02-30", "Use a real date for “By when?”, like 11/30/2026."),
        ("due", "9999-12-31", "Use a year from 1900 to 2100 for “By when?”"),
        ("people", "many", "Use a whole number for “How many people?”, like 12."),
        ("people", "9" * 30, "Use a smaller number for “How many people?”"),
        ("people", "-" + "9" * 30, "Use a bigger number for “How many people?”"),
        ("people", "9" * 5000, "Use a whole number for “How many people?”, like 12."),
        ("rate", "free", "Use a number for “Dollars an hour”, like 12.5."),
        ("rate", "NaN", "Use a number for “Dollars an hour”, like 12.5."),
        ("rate", "1e999999", "Use a number for “Dollars an hour”, like 12.5."),
        ("rate", "9" * 30, "Use fewer digits for “Dollars an hour”"),
        ("rate", "€5", "Write “Dollars an hour” in dollars, like 12.50."),
        ("rate", "5 10", "Write “Dollars an hour” as one number, like 1,250 or 12.50."),
        ("rate", "⅓", "Write “Dollars an hour” with decimals, like 1.5."),
        ("people", "$5", "Write “How many people?” without a currency sign."),
        ("people", "5%", "Write “How many people?” without a percent sign."),
        ("rate", "0.0000001", "Use at most 2 decimal places for “Dollars an hour”"),
        ("agreed", "", "Check the box “I agree” to go on."),
        ("submission", "", "Something was missing when this was sent. Please send it again."),
        ("submission", "7", "Something was missing when this was sent. Please send it again."),
    ],
)
def test_what_is_wrong_is_said_in_words_that_name_the_field(
    name: str, sent: str, said: str
) -> None:
    form = IdeaForm(answers(**{name: sent}))
    assert not form.is_valid()
    assert form.errors[name] == [said]


def test_a_file_that_is_too_big_or_empty_is_refused() -> None:
    big = SimpleUploadedFile("numbers.csv", b"1" * (5 * 1024 * 1024 + 1))
    form = IdeaForm(answers(), {"paper": big})
    assert form.errors["paper"] == ["The file for “A file” is too big. Choose one of 5 MB or less."]
    form = IdeaForm(answers(), {"paper": SimpleUploadedFile("numbers.csv", b"")})
    assert form.errors["paper"] == ["The file for “A file” is empty. Please choose another one."]


def test_line_breaks_count_once_as_in_the_browser() -> None:
    class Telling(PlainForm):
        words = forms.CharField(max_length=7, widget=widgets.Textarea(count=True))

    form = Telling({"words": "one\r\ntwo"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"words": "one\ntwo"}
    assert not Telling({"words": "one\r\ntwo!"}).is_valid()


def test_words_that_a_form_chose_itself_stay() -> None:
    class OwnWords(PlainForm):
        name = forms.CharField(error_messages={"required": "Please say who you are."})

    assert OwnWords({}).errors["name"] == ["Please say who you are."]


def test_a_list_to_choose_from_begins_in_our_words_unless_it_has_its_own() -> None:
    class Choosing(PlainForm):
        who = forms.ModelChoiceField(queryset=Agency.objects.none())
        why = forms.ModelChoiceField(queryset=Agency.objects.none(), empty_label="No reason")

    fields: Any = Choosing().fields
    assert [fields[name].empty_label for name in ("who", "why")] == ["Choose one", "No reason"]


def test_every_fresh_form_has_a_key_of_its_own() -> None:
    first, second = (elements(str(IdeaForm()), "submission")[0] for _ in range(2))
    keys = {first.attributes["value"], second.attributes["value"]}
    assert len(keys) == 2
    assert {str(uuid.UUID(key)) for key in keys} == keys


def test_a_form_sent_without_its_key_gets_a_new_one_and_keeps_the_rest() -> None:
    form = IdeaForm(answers(submission="gone"))
    assert not form.is_valid()
    page = str(form)
    key = elements(page, "submission")[0].attributes["value"]
    assert str(uuid.UUID(key)) == key
    assert elements(page, "title")[0].attributes["value"] == "Shorter waits"


def test_an_edit_carries_the_version_that_was_shown() -> None:
    page = str(EditForm(initial={"version": 3}))
    assert elements(page, "version")[0].attributes["value"] == "3"
    form = EditForm({"submission": str(uuid.uuid4()), "version": "x"})
    assert form.errors["version"] == [
        "Something was missing when this was sent. Please open the page again."
    ]


def test_an_empty_post_is_bound_and_a_get_is_not() -> None:
    requests = RequestFactory()
    assert IdeaForm.from_request(requests.post("/")).errors
    assert not IdeaForm.from_request(requests.get("/")).is_bound


def test_the_summary_links_to_each_field_and_is_shown_once() -> None:
    form = IdeaForm(answers(title="", kind="", agreed=""))
    summary = read(form.error_summary())
    links = [each.attributes["href"] for each in summary.all() if each.tag == "a"]
    assert links == ["#id_title", "#id_kind_0", "#id_agreed"]
    page = str(form)
    assert "govuk-error-summary" not in page
    ids = {each.attributes.get("id") for each in read(page).all()}
    assert {link[1:] for link in links} <= ids


def test_a_form_under_another_name_shows_its_own_summary() -> None:
    form = IdeaForm(answers(title=""))
    assert str(form).count('class="govuk-error-summary"') == 1


def test_hints_warnings_and_errors_are_read_with_their_field() -> None:
    page = str(IdeaForm(answers(story="")))
    described = elements(page, "story")[0].attributes["aria-describedby"].split()
    assert described == ["id_story-hint", "id_story-private", "id_story-error", "id_story-info"]
    ids = {each.attributes.get("id") for each in read(page).all()}
    assert set(described) <= ids
    assert "diagnosis, medication or legal details here." in page


def test_choices_stand_in_a_fieldset_with_their_question() -> None:
    root = read(str(IdeaForm()))
    fieldset = next(each for each in root.all() if each.tag == "fieldset")
    assert [each.children for each in fieldset.all() if each.tag == "legend"] == [["What is it?"]]
    hints = [each for each in fieldset.all() if "govuk-radios__hint" in each.classes]
    assert [each.children for each in hints] == [["What works well."]]


def test_the_browser_neither_cuts_text_short_nor_argues() -> None:
    for element in read(str(IdeaForm())).all():
        assert not {"maxlength", "required", "min", "max", "step"} & set(element.attributes)


def test_optional_fields_say_so() -> None:
    assert "A file (optional)" in str(IdeaForm())
    assert "(optional)" not in str(read(str(IdeaForm()["title"].as_field_group())))


def test_keyboards_fit_what_is_asked() -> None:
    page = str(IdeaForm())
    assert elements(page, "people")[0].attributes["inputmode"] == "numeric"
    assert elements(page, "rate")[0].attributes["inputmode"] == "decimal"
    assert elements(page, "due")[0].attributes["type"] == "date"


def test_a_date_that_is_there_is_shown_so_that_the_picker_understands_it() -> None:
    page = str(IdeaForm(initial={"due": date(2026, 11, 30)}))
    assert elements(page, "due")[0].attributes["value"] == "2026-11-30"


def test_markup_in_what_people_type_stays_text() -> None:
    form = IdeaForm(answers(title="<script>x</script>", story="</textarea><b>", due=""))
    page = str(form)
    assert "<script>" not in page
    assert "</textarea><b>" not in page


def test_two_forms_on_a_page_share_no_id() -> None:
    root = read(str(EditForm(initial={"version": 1})) + str(EditForm(initial={"version": 2})))
    ids = [each.attributes["id"] for each in root.all() if "id" in each.attributes]
    assert ids == []
