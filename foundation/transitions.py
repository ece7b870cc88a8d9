"""Which states may follow which: one table for each model with states.

A rule consults the table (`may_become`), an action moves the row by it (`become`), and `manage.py
states` draws it. Nothing else writes a state.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models

from foundation.models import TenantModel


class WrongTransition(AssertionError):
    """Raised for a move that the table does not allow, which a rule should have refused."""


@dataclass(frozen=True)
class Transitions[S: models.TextChoices]:
    """A model's table: the states a row may begin in, and the states that may follow each.

    A state without an entry in `moves` is final.
    """

    first: frozenset[S]
    moves: Mapping[S, frozenset[S]]
    field: str = "status"

    @property
    def states(self) -> type[S]:
        """All states, in order."""
        return type(next(iter(self.first)))

    def after(self, state: str) -> frozenset[S]:
        return next((to for each, to in self.moves.items() if each == state), frozenset())


class StatefulModel(TenantModel):
    """A tenant model whose rows change state according to a table of transitions."""

    moves: ClassVar[Transitions[Any]]

    class Meta(TenantModel.Meta):
        abstract = True

    def may_become(self, state: models.TextChoices) -> bool:
        """Whether the row may move from its state to this one; never to its own."""
        return state in self.moves.after(self._now)

    def become(self, state: models.TextChoices) -> None:
        """Move the (locked) row to a state, without saving; staying in its state is no move.

        WrongTransition: the table does not lead there, or no row begins in that state.
        """
        if self._state.adding:
            self._begins(state)
        elif state != self._now and not self.may_become(state):
            raise WrongTransition(f"{self._meta.label}: {self._now} does not become {state}")
        setattr(self, self.moves.field, state)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self._begins(self._now)
        super().save(*args, **kwargs)

    @property
    def _now(self) -> str:
        return str(getattr(self, self.moves.field))

    def _begins(self, state: str) -> None:
        if state not in self.moves.first:
            raise WrongTransition(f"{self._meta.label}: no row begins as {state}")
