"""Fields for choosing rows; forms offer and send a row's code, never its key.

Values are of any type here, as in Django's own fields: the text that was sent, a row, or its key.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from foundation import keys


class _Coded:
    """Translate between a form, which knows codes, and the database, which knows keys."""

    queryset: Any

    def coded(self, value: Any) -> Any:
        """The code of a row or key, for a form; text that was sent is left alone."""
        if isinstance(value, Model):
            return keys.code_of(value)
        is_key = isinstance(value, int) and self.queryset is not None
        return keys.code(keys.kind_of(self.queryset.model), value) if is_key else value

    def key_of(self, value: Any) -> Any:
        """The key for a code that was sent; None if it is no code of such a row."""
        if not isinstance(value, str):
            return value
        return keys.key(keys.kind_of(self.queryset.model), value)


class RowField[M: Model](_Coded, forms.ModelChoiceField[M]):
    """One row."""

    def prepare_value(self, value: Any) -> Any:
        return self.coded(value)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        found = self.key_of(value)
        if found is None:
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": value},
            )
        return super().to_python(found)


class RowsField[M: Model](_Coded, forms.ModelMultipleChoiceField[M]):
    """Several rows."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str | Model) or not hasattr(value, "__iter__"):
            return self.coded(value)
        return [self.coded(each) for each in value]

    def _check_values(self, value: Any) -> Any:
        found = []
        for each in value if isinstance(value, list | tuple) else ():
            key = self.key_of(each)
            if key is None:
                raise ValidationError(
                    self.error_messages["invalid_pk_value"],
                    code="invalid_pk_value",
                    params={"pk": each},
                )
            found.append(key)
        # Django's own, which its stubs leave out.
        return super()._check_values(found)  # type: ignore[misc]


def offer(
    form: forms.Form, name: str, rows: Iterable[Any], words: Callable[[Any], Any] = str
) -> None:
    """Let the field offer these rows; they are read once, however many fields use them.

    Without a query set, it accepts what its own one contains.
    """
    field: Any = form.fields[name]
    if isinstance(rows, QuerySet):
        field.queryset = rows
    blank = [] if field.empty_label is None else [("", field.empty_label)]
    field.choices = [*blank, *((field.coded(row), words(row)) for row in rows)]
