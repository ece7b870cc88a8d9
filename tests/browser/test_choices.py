"""Choices that read the same are found on any page."""

import pytest

from tests.browser.choices import alike_in

BOX = (
    '<input type="{kind}" name="{name}" value="{value}" id="{value}">'
    '<label for="{value}">{words}</label>'
)


def boxes(*words: str, kind: str = "checkbox", name: str = "who") -> str:
    return "".join(
        BOX.format(kind=kind, name=name, value=f"{name}{number}", words=each)
        for number, each in enumerate(words)
    )


@pytest.mark.parametrize(
    "planted",
    [
        boxes("Maria", "Zoe", "Maria"),
        boxes("Maria", "<strong>Maria</strong>", kind="radio"),
        boxes("Maria", name="here-1") + boxes("Maria", name="here-2"),
        "<select name=a><option value=1>Maria</option><option value=2>Maria </option></select>",
    ],
)
def test_two_that_read_the_same_are_found(planted: str) -> None:
    assert [*alike_in(f"<form>{planted}</form>")] == ["Maria"]


@pytest.mark.parametrize(
    "fine",
    [
        boxes("Maria #482", "Maria (red hat)"),
        boxes("Yes", "No", kind="radio") + boxes("Yes", "No", kind="radio", name="paid"),
        f"<fieldset><legend>Maria</legend>{boxes('Came')}</fieldset>"
        f"<fieldset><legend>Zoe</legend>{boxes('Came', name='zoe')}</fieldset>",
        f"<table><tr><th>Maria</th><td>{boxes('Pay')}</td></tr>"
        f"<tr><th>Zoe</th><td>{boxes('Pay', name='zoe')}</td></tr></table>",
    ],
)
def test_those_that_differ_are_not(fine: str) -> None:
    assert not [*alike_in(f"<form>{fine}</form>")]
