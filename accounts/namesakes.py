"""What tells people of one name apart: an addition of their own choosing, else a number by chance.

The number is drawn, so that it tells nothing: not who came first, not what somebody is here.
"""

from typing import Any

from django.core.checks import CheckMessage
from django.db.models import Case, CharField, F, Func, GeneratedField, TextField, Value, When
from django.db.models.functions import Concat

# Without those that read like a letter.
DIGITS = "23456789"


class NameKey(Func):
    """A name as people read it: without case, accents, spaces, and signs; look-alikes are one."""

    function = "accounts_name_key"
    arity = 1
    output_field = TextField()


class Stored(GeneratedField):
    """A column that the database works out; PostgreSQL can, and is not asked whether it can."""

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return super().check(**{**kwargs, "databases": None})


def told_apart(name: str, number: str, addition: str = "") -> Stored:
    """The name with what tells its bearer apart; the database makes it, so nobody leaves it out."""
    numbered = Case(
        When(**{number: ""}, then=F(name)), default=Concat(F(name), Value(" #"), F(number))
    )
    if addition:
        added = Concat(F(name), Value(" ("), F(addition), Value(")"))
        numbered = Case(When(**{addition: ""}, then=numbered), default=added)
    return Stored(expression=numbered, output_field=CharField(max_length=200), db_persist=True)
