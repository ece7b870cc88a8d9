"""Fields that are made during tests leave their class as it is."""

from collections.abc import Callable
from types import FunctionType

import pytest
from django.db.models import Field, IntegerField
from django.db.models import fields as of_django


def changes_its_class(make: Callable[[], object]) -> bool:
    before = dict(vars(Field))
    make()
    return dict(vars(Field)) != before


def test_a_field_leaves_its_class_as_it_is() -> None:
    assert not changes_its_class(IntegerField)
    assert not changes_its_class(lambda: IntegerField(auto_created=True))


def test_a_field_that_counts_at_its_class_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    code = Field.__init__.__code__
    kwargs = Field.__init__.__defaults__
    monkeypatch.setattr(
        Field, "__init__", FunctionType(code, vars(of_django), argdefs=kwargs), raising=True
    )
    monkeypatch.setattr(Field, "creation_counter", Field.creation_counter)
    assert changes_its_class(IntegerField)


def test_fields_are_in_the_order_in_which_they_were_made() -> None:
    first, second = IntegerField(), IntegerField()
    assert first < second
    assert second.creation_counter == first.creation_counter + 1
    made = [IntegerField(auto_created=True).creation_counter for _number in range(2)]
    assert made[1] == made[0] - 1
