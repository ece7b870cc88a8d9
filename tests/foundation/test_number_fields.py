"""Forms ask back about ambiguous and unusual numbers, and lose no input."""

import ast
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.utils.translation import override

from foundation.fields import DecimalField, HoursField, MoneyField, WholeField
from foundation.forms import PortalForm
from tests.foundation.test_source import APPS, ROOT
from tests.sources import nodes

PLAIN = frozenset(
    {"DecimalField", "FloatField", "IntegerField", "DateTimeField", "SplitDateTimeField"}
)


class ClaimForm(PortalForm):
    why = forms.CharField()
    amount = MoneyField(min_value=Decimal("0.01"), max_digits=8)
    hours = HoursField(min_value=Decimal("0.01"), max_value=24, max_digits=4, required=False)
    people = WholeField(min_value=0, max_value=5000, required=False)
    level = DecimalField(max_digits=14, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].doubt = self._much  # type: ignore[attr-defined]

    def _much(self, value: Decimal) -> str:
        return "That is a lot." if value > 500 else ""


def sent(**answers: str) -> ClaimForm:
    data = QueryDict(mutable=True)
    data.update({"submission": str(uuid.uuid4()), "why": "A bus ticket", "amount": "5"} | answers)
    return ClaimForm(data)


def test_two_readings_are_asked_back_with_a_button_each_and_nothing_is_lost() -> None:
    form = sent(amount="12,50", people="3")
    assert not form.is_valid()
    assert form["amount"].readings == [("12.50", "$12.50"), ("1250.00", "$1,250.00")]  # type: ignore[attr-defined]
    page = str(form)
    assert 'value="12,50"' in page
    assert 'value="A bus ticket"' in page
    assert page.count('name="amount-meant"') == 2
    first_button = page.index("<button")
    assert "name=" not in page[first_button : page.index(">", first_button)], "Enter chooses none"


@pytest.mark.parametrize(("meant", "amount"), [("12.50", "12.5"), ("1250.00", "1250")])
def test_one_tap_chooses(meant: str, amount: str) -> None:
    sure = {"amount-sure": "1250.00"}
    form = sent(amount="12,50", **{"amount-meant": meant}, **sure)
    assert form.is_valid(), form.errors
    assert form.answers["amount"] == Decimal(amount)


def test_a_choice_stays_when_something_else_is_wrong() -> None:
    form = sent(amount="12,50", why="", **{"amount-meant": "12.50"})
    assert set(form.errors) == {"why"}
    assert 'value="12.50"' in str(form["amount"])


def test_a_choice_that_the_text_never_had_counts_for_nothing() -> None:
    form = sent(amount="12,50", **{"amount-meant": "999.00"})
    assert set(form.errors) == {"amount"}
    form = sent(amount="80", **{"amount-meant": "12.50"})
    assert form.is_valid()
    assert form.answers["amount"] == 80


def test_a_count_is_asked_back_with_the_only_reading_it_can_have() -> None:
    form = sent(people="12,50")
    assert form["people"].readings == [("1250", "1,250")]  # type: ignore[attr-defined]
    assert sent(people="12.5").errors["people"] == ["Use a whole number for “People”, like 12."]
    form = sent(people="1,250")
    assert form.is_valid()
    assert form.answers["people"] == 1250


def test_hours_with_a_comma_are_asked_back_in_hours_and_minutes() -> None:
    form = sent(hours="1,5")
    assert form["hours"].readings == [("1.5", "1 h 30 min"), ("15", "15 h")]  # type: ignore[attr-defined]
    form = sent(hours="1 h 30 min")
    assert form.is_valid()
    assert form.answers["hours"] == Decimal("1.5")


def test_far_from_usual_is_confirmed_for_that_value_alone() -> None:
    form = sent(amount="900", people="3")
    assert form.errors["amount"] == ["That is a lot."]
    check = form["amount"].check  # type: ignore[attr-defined]
    assert (check.value, check.checked) == ("900.00", False)
    assert f'name="{check.name}"' in str(form)
    assert 'value="A bus ticket"' in str(form)
    assert sent(amount="$900", **{check.name: check.value}).is_valid()
    again = sent(amount="9000", **{check.name: check.value})
    assert set(again.errors) == {"amount"}
    with_another = sent(amount="900", why="", **{check.name: check.value})
    assert set(with_another.errors) == {"why"}
    assert with_another["amount"].check.checked  # type: ignore[attr-defined]


def test_what_a_form_shows_first_is_read_back_in_each_language() -> None:
    shown = {"amount": Decimal("1250.5"), "hours": Decimal("1.15"), "level": Decimal("1.234")}
    for language in ("en", "es"):
        with override(language):
            fresh = ClaimForm(initial=shown)
            texts = {name: str(fresh[name].value()) for name in shown}
            again = sent(**texts, **{"amount-sure": texts["amount"]})
            assert again.is_valid(), again.errors
            assert {name: again.answers[name] for name in shown} == shown
            assert not [
                name for name in shown if fresh.fields[name].has_changed(shown[name], texts[name])
            ]


def plain_number_fields(source: str) -> list[int]:
    """Lines where a form asks for a number with Django's own field, unless it is hidden."""
    found = []
    for node in nodes(source):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        owner = getattr(getattr(node.func, "value", None), "id", "")
        if name not in PLAIN or owner == "models":
            continue
        widget = next((each.value for each in node.keywords if each.arg == "widget"), None)
        if owner == "forms" and not (widget is not None and _is_hidden(widget)):
            found.append(node.lineno)
    return found


def _is_hidden(widget: ast.expr) -> bool:
    return any(word in ast.unparse(widget) for word in ("HiddenInput", "_KEY"))


def imports_of_plain_fields(source: str) -> list[int]:
    """Lines that import those fields from Django by name, which hides their origin."""
    return [
        node.lineno
        for node in nodes(source)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("django.forms")
        and PLAIN & {each.name for each in node.names}
    ]


@pytest.mark.parametrize("app", [*APPS, "foundation"])
def test_numbers_and_hours_that_people_type_are_asked_for_with_our_own_fields(app: str) -> None:
    for path in sorted((ROOT / app).rglob("*.py")):
        source = path.read_text()
        assert not plain_number_fields(source), path
        assert not imports_of_plain_fields(source), path
        assert '.replace(",", "")' not in source, f"{path}: a comma is never taken out"


def test_the_ban_on_plain_fields_finds_one() -> None:
    assert plain_number_fields("x = forms.DecimalField(label='A')") == [1]
    assert plain_number_fields("x = forms.IntegerField(widget=NumberInput())") == [1]
    assert not plain_number_fields("x = forms.IntegerField(widget=HiddenInput())")
    assert not plain_number_fields("x = models.IntegerField()")
    assert imports_of_plain_fields("from django.forms import FloatField") == [1]
