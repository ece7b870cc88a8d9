"""Django's counters of fields, kept away from the class of fields.

Each new field adds one to `Field.creation_counter`, and queries make fields all the time. Python
remembers where a class has its attributes until one of them changes, and gives up on a class and
its subclasses after a thousand changes. Then each attribute of each field is searched for again.
"""

from types import FunctionType, SimpleNamespace

from django.db.models import Field


def keep_apart() -> None:
    """Let fields count elsewhere; call this before there are models."""
    counts: FunctionType = Field.__init__  # type: ignore[assignment]
    # Raises an AttributeError if Django asks its class for anything else.
    counters = SimpleNamespace(
        creation_counter=Field.creation_counter, auto_creation_counter=Field.auto_creation_counter
    )
    apart = FunctionType(
        counts.__code__,
        {**counts.__globals__, "Field": counters},
        counts.__name__,
        counts.__defaults__,
        counts.__closure__,
    )
    apart.__kwdefaults__ = counts.__kwdefaults__
    Field.__init__ = apart  # type: ignore[method-assign]
