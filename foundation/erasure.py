"""A person's words can be taken out of the history tables, which nothing else ever changes."""

from typing import Any

from foundation.models import TenantModel


def overwrite_history(row: TenantModel, **values: Any) -> int:
    """Put these values over the fields of all that history keeps of a row; returns how many."""
    history: Any = row.history  # type: ignore[attr-defined]
    changed: int = history.update(**values)
    return changed
