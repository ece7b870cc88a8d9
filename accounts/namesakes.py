"""What tells people of one name apart: an addition they choose, else a random number.

The number is random, so that it reveals nothing about who came first or who is what.
"""

from typing import Any

from django.core.checks import CheckMessage
from django.db.models import Case, CharField, F, Func, GeneratedField, TextField, Value, When
from django.db.models.functions import Concat

# Without the digits that look like letters.
DIGITS = "23456789"


class NameKey(Func):
    """A name as people read it, ignoring case, accents, spaces, signs and look-alike letters."""

    function = "accounts_name_key"
    arity = 1
    output_field = TextField()


class Stored(GeneratedField):
    """A generated column, without Django's check whether the database supports it."""

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return super().check(**{**kwargs, "databases": None})


def told_apart(name: str, number: str, addition: str = "") -> Stored:
    """The name with what tells its bearer apart; generated, so that no code can omit it."""
    numbered = Case(
        When(**{number: ""}, then=F(name)), default=Concat(F(name), Value(" #"), F(number))
    )
    if addition:
        added = Concat(F(name), Value(" ("), F(addition), Value(")"))
        numbered = Case(When(**{addition: ""}, then=numbered), default=added)
    return Stored(expression=numbered, output_field=CharField(max_length=200), db_persist=True)
