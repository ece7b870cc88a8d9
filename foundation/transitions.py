"""What may become of a row, from which state: one table for each model that has states.

A rule asks the table (`may_become`), an action moves the row by it (`become`), `manage.py states`
draws it. Nothing else writes a state.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models

from foundation.models import TenantModel


class WrongTransition(AssertionError):
    """A row was to come to a state that its table does not lead to: no rule stood before it."""


@dataclass(frozen=True)
class Transitions[S: models.TextChoices]:
    """A model's table: the states in which a row may begin, and by state what may follow on it.

    A state that is left out of `moves` is the last one.
    """

    first: frozenset[S]
    moves: Mapping[S, frozenset[S]]
    field: str = "status"

    @property
    def states(self) -> type[S]:
        """All that there are, in their order."""
        return type(next(iter(self.first)))

    def after(self, state: str) -> frozenset[S]:
        return next((to for each, to in self.moves.items() if each == state), frozenset())


class StatefulModel(TenantModel):
    """A tenant's table whose rows go from state to state, by its table of transitions."""

    moves: ClassVar[Transitions[Any]]

    class Meta(TenantModel.Meta):
        abstract = True

    def may_become(self, state: models.TextChoices) -> bool:
        """Whether it can come to that state from the one that it is in; never to that itself."""
        return state in self.moves.after(self._now)

    def become(self, state: models.TextChoices) -> None:
        """Bring the (locked) row to a state, without saving it; to the one it is in: no move.

        WrongTransition: the table does not lead there, or no row begins so.
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
